"""How each kind of case becomes a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote, urlencode

import httpx

from benchmarks.fuzz.cases import INVENTED, NONE, OTHERS, Case
from benchmarks.fuzz.visitors import Visitor, encoded

Send = Callable[[Visitor, Visitor, Case], httpx.Response]


def _one_of(ids: Sequence[str]) -> str:
    return ids[-1] if ids else "aaaaaaaaaaaaaaaaaaaaaa"


def _chosen(case: Case, own: Sequence[str], others: Sequence[str]) -> str:
    return {OTHERS: _one_of(others), INVENTED: "bbbbbbbbbbbbbbbbbbbbbb", NONE: ""}.get(
        case.given["whose"], _one_of(own)
    )


def _token(case: Case, sender: Visitor, other: Visitor) -> dict[str, str]:
    chosen = {OTHERS: other.hidden, INVENTED: {**sender.hidden, "csrf": "c" * 64, "form": "d" * 22}, NONE: {}}
    return dict(chosen.get(case.given["whose"], sender.hidden))


def _message(sender: Visitor, _other: Visitor, case: Case) -> httpx.Response:
    return sender.say({"text": case.given["text"], "key": case.given["key"]})


def _button(sender: Visitor, other: Visitor, case: Case) -> httpx.Response:
    return sender.say({"button": _chosen(case, sender.buttons, other.buttons)})


def _body(sender: Visitor, _other: Visitor, case: Case) -> httpx.Response:
    body, headers = case.given["body"], {"Content-Type": case.given["type"]}
    if isinstance(body, bytes):
        return sender.client.post("/api/chat", content=body, headers=headers)
    return sender.post("/api/chat", body, headers)


def _feedback(sender: Visitor, other: Visitor, case: Case) -> httpx.Response:
    rated = _chosen(case, sender.replies, other.replies)
    return sender.post(
        "/api/feedback", {"message_id": rated, "helpful": case.given["helpful"], "reason": case.given["reason"]}
    )


def _page_form(sender: Visitor, other: Visitor, case: Case) -> httpx.Response:
    sent = {
        "csrf": _token(case, sender, other).get("csrf", ""),
        "text": case.given["text"],
        "button": case.given["button"],
    }
    return sender.client.post("/chat", data=sent)


def _contact_form(sender: Visitor, other: Visitor, case: Case) -> httpx.Response:
    typed = {
        name: value for name, value in case.given.items() if name not in ("whose", "is_honest", "file", "file_name")
    }
    if case.given["is_honest"]:
        typed |= {"name": "Ane", "email": "ane@nowhere.example", "topic": sender.topic}
    has_file = case.given["file"] and not case.given["is_honest"]
    files = {"files": (case.given["file_name"] or "x.pdf", case.given["file"])} if has_file else None
    return sender.client.post("/contact", data={**typed, **_token(case, sender, other)}, files=files)


def _search(sender: Visitor, _other: Visitor, case: Case) -> httpx.Response:
    return sender.client.get("/", params={"q": case.given["text"]})


def _address(sender: Visitor, _other: Visitor, case: Case) -> httpx.Response:
    path = quote(case.given["path"], safe="/%@:;!$&'()*+,=~")
    url = sender.client.base_url.copy_with(raw_path=f"{path}?{urlencode(case.given['query'])}".encode())
    return sender.client.request(case.given["method"], url)


def _cookie(sender: Visitor, _other: Visitor, case: Case) -> httpx.Response:
    own = next(iter(sender.client.cookies.values()), "")
    value = own[: len(own) // 2] + case.given["value"] if case.given["is_cut"] else case.given["value"]
    headers = encoded({"Cookie": f"desk-session={value}; desk-agent={value}; __Host-desk-session={value}"})
    with httpx.Client(base_url=sender.client.base_url, timeout=sender.client.timeout, trust_env=False) as stranger:
        return stranger.get("/api/chat/history", headers=headers)


def _headers(sender: Visitor, _other: Visitor, case: Case) -> httpx.Response:
    headers = encoded(case.given["headers"])
    return sender.client.request(case.given["method"], case.given["path"].replace("/events", ""), headers=headers)


def _assistant(sender: Visitor, _other: Visitor, case: Case) -> httpx.Response:
    key = {INVENTED: case.given["key"], NONE: ""}.get(case.given["whose"], sender.key)
    return sender.post("/api/assist", case.given["body"], {"Authorization": f"Bearer {key}".strip()})


def _sign_in(sender: Visitor, _other: Visitor, case: Case) -> httpx.Response:
    return sender.client.post("/desk/sign-in", data={**case.given, "csrf": sender.hidden.get("csrf", "")})


SENDERS: Mapping[str, Send] = {
    "message": _message, "button": _button, "body": _body, "feedback": _feedback, "page form": _page_form,
    "contact form": _contact_form, "search": _search, "address": _address, "cookie": _cookie, "headers": _headers,
    "assistant": _assistant, "sign-in": _sign_in,
}  # fmt: skip
