"""Every kind of request that is tried, each as a strategy that Hypothesis draws from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from benchmarks.fuzz.words import HOSTILE, IN_A_FORM, IN_A_HEADER, TEXTS

OWN, OTHERS, INVENTED, NONE = "own", "the other's", "invented", "none"
_WHOSE = st.sampled_from([OWN, OWN, OWN, OTHERS, INVENTED, NONE])
_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)
_PLACES = (
    "/", "/chat", "/contact", "/contact/sent", "/embed", "/healthz", "/readyz", "/metrics", "/openapi.json", "/api/openapi.json", "/docs", "/static/",
    "/static/promo-chat.js", "/api/chat", "/api/chat/history", "/api/chat/interface", "/api/feedback", "/api/assist", "/api/chatwoot",
    "/desk", "/desk/sign-in", "/desk/sign-in/code", "/desk/link/x", "/desk/account", "/desk/team", "/desk/tickets", "/desk/tickets/events",
    "/desk/tickets/T-2023-000001", "/desk/tickets/T-2023-000001/files/aaaaaaaaaaaaaaaaaaaa", "/desk/claims", "/desk/claims/LEN-000001", "/desk/audit",
    "/desk/audit.csv", "/desk/gaps", "/desk/insights", "/desk/assist", "/webhooks/desk/turn", "/webhooks/rest/webhook", "/conversations/x/tracker", "/model/parse",
)  # fmt: skip
_NAMES = (
    "q",
    "next",
    "keys",
    "lang",
    "conversation",
    "reference",
    "seal",
    "since",
    "before",
    "day",
    "agent",
    "done",
    "page",
    "token",
    "why",
)


@dataclass(frozen=True)
class Case:
    """One request: its kind, who sends it (two visitors, or a stranger), and what is in it."""

    kind: str
    visitor: int
    given: Mapping[str, Any] = field(default_factory=dict)


def _kind(kind: str, /, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Case]:
    return st.builds(Case, st.just(kind), st.integers(0, 1), st.fixed_dictionaries(given))


_PATHS = st.one_of(
    st.sampled_from(_PLACES),
    st.builds(lambda place, tail: place.rstrip("/") + "/" + tail, st.sampled_from(_PLACES), IN_A_FORM),
    IN_A_FORM.map(lambda text: "/" + text),
)
_QUERIES = st.dictionaries(st.sampled_from(_NAMES), IN_A_FORM, max_size=3)
_HEADERS = st.dictionaries(
    st.sampled_from(
        ["Host", "Origin", "Referer", "User-Agent", "Accept-Language", "Accept-Encoding", "Content-Type", "X-Chat-In-Frame", "X-Forwarded-Host", "X-Forwarded-Proto",
         "X-Desk-Key", "X-Desk-Token", "Authorization", "Range", "If-None-Match", "Last-Event-ID", "Sec-Fetch-Site", "X-HTTP-Method-Override", "Forwarded"]
    ),
    IN_A_HEADER,
    min_size=1,
    max_size=4,
)  # fmt: skip
_FIELDS = {
    name: IN_A_FORM
    for name in ("name", "email", "company", "claim_reference", "topic", "message", "keep", "shown_until", "opened")
}
_MANGLED = st.builds(
    lambda line, host, more, body: f"{line}\r\nHost: {host}\r\n{more}\r\n\r\n{body}",
    st.sampled_from(
        ["GET / HTTP/1.1", "POST /api/chat HTTP/1.1", "GET //evil.example/ HTTP/1.1", "GET http://evil.example/ HTTP/1.1", "GET /\x00 HTTP/1.1", "GET / HTTP/9.9",
         "FOO / HTTP/1.1", "GET /%ff%00%2e%2e HTTP/1.1", "GET @evil.example HTTP/1.1", "GET  /  HTTP/1.1", "get / http/1.1", "", "\x16\x03\x01", "OPTIONS * HTTP/1.1"]
    ),
    st.sampled_from(["127.0.0.1", "evil.example", "a/b?c#d", "127.0.0.1\r\nHost: evil.example", "", "[::1", "x" * 500]),
    st.sampled_from(
        ["Content-Length: 5", "Content-Length: -1", "Content-Length: 5\r\nContent-Length: 50", "Transfer-Encoding: chunked", "Content-Length: 4\r\nTransfer-Encoding: chunked",
         "Transfer-Encoding: chunked, identity", "Content-Type: application/json\r\nContent-Length: 99999999999999999999", "X: " + "y" * 70_000, "Cookie: " + "a=b; " * 2000,
         ": nothing", "A\x00B: c", " folded: x", "Expect: 100-continue", "Upgrade: websocket\r\nConnection: Upgrade", "Connection: close"]
    ),
    st.sampled_from(["", "0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n", "ffffffffffffffff\r\n", "hello", "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n"]),
)  # fmt: skip

_KINDS = (
    (8, _kind("message", text=TEXTS, key=st.sampled_from(["", "", "a-key", "k" * 64]))),
    (2, _kind("button", whose=_WHOSE)),
    (1, _kind("body", body=st.one_of(st.binary(max_size=400), _JSON), type=st.sampled_from(["application/json", "text/plain", "", "application/json; charset=utf-7"]))),
    (1, _kind("feedback", whose=_WHOSE, helpful=st.sampled_from([True, False, True, False, None, "yes", 1, [], {}]), reason=TEXTS)),
    (2, _kind("page form", whose=_WHOSE, text=IN_A_FORM, button=st.sampled_from(["", "", "x", *HOSTILE[:6]]))),
    (1, _kind("contact form", whose=_WHOSE, is_honest=st.booleans(), **_FIELDS, file=st.binary(max_size=60), file_name=IN_A_FORM)),
    (1, _kind("search", text=IN_A_FORM)),
    (2, _kind("address", path=_PATHS, query=_QUERIES, method=st.sampled_from(["GET", "GET", "GET", "POST", "HEAD", "PUT", "OPTIONS"]))),
    (1, _kind("cookie", value=IN_A_HEADER, is_cut=st.booleans())),
    (2, _kind("headers", headers=_HEADERS, path=st.sampled_from(_PLACES), method=st.sampled_from(["GET", "POST"]))),
    (1, _kind("assistant", body=st.one_of(_JSON, st.fixed_dictionaries({"question": TEXTS, "limit": st.integers(0, 11)})), whose=_WHOSE, key=IN_A_HEADER)),
    (1, _kind("sign-in", email=IN_A_FORM, password=IN_A_FORM, next=IN_A_FORM)),
    (1, _kind("bytes", sent=_MANGLED)),
)  # fmt: skip
"""Each kind, and how often it comes up; messages most often, because the most lies behind them."""

CASES: st.SearchStrategy[Case] = st.sampled_from(
    [number for number, (weight, _) in enumerate(_KINDS) for _ in range(weight)]
).flatmap(lambda number: _KINDS[number][1])
"""What is drawn from."""
