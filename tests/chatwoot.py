"""Chatwoot as the desk meets it: the events of its webhooks in their documented shape, and its API on a real port."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bot.core.webhooks import signature_of

ACCOUNT, CONVERSATION = 3, 1307
SECRET = "a secret that Chatwoot has made"
TOKEN = "the access token of the bot"


def message(content: str | None = "How long does the payment take?", **changes: Any) -> dict[str, Any]:
    """A customer's message in the chat of a site, as an agent bot's webhook gets it."""
    event = {
        "event": "message_created",
        "id": 77287,
        "content": content,
        "content_type": "text",
        "content_attributes": {"in_reply_to": None},
        "additional_attributes": {},
        "created_at": "2023-12-15T09:36:22.262Z",
        "message_type": "incoming",
        "private": False,
        "source_id": None,
        "account": {"id": ACCOUNT, "name": "Promotion desk"},
        "inbox": {"id": 58, "name": "Website"},
        "sender": {
            "account": {"id": ACCOUNT, "name": "Promotion desk"},
            "additional_attributes": {},
            "avatar": "",
            "custom_attributes": {},
            "email": "ida@lund.example",
            "id": 52870,
            "identifier": None,
            "name": "quiet-forest-412",
            "phone_number": None,
            "thumbnail": "",
            "type": "contact",
        },
        "conversation": {
            "additional_attributes": {
                "browser": {"device_name": "Unknown", "browser_name": "Firefox", "platform_name": "Linux"},
                "referer": "https://shop.example/cashback",
                "initiated_at": {"timestamp": "Fri Dec 15 2023 10:36:02 GMT+0100"},
                "browser_language": "en",
            },
            "can_reply": True,
            "channel": "Channel::WebWidget",
            "contact_inbox": {
                "id": 62117,
                "contact_id": 52870,
                "inbox_id": 58,
                "source_id": "96e55744-0000-4000-8000-000000000000",
                "hmac_verified": False,
            },
            "id": CONVERSATION,
            "inbox_id": 58,
            "messages": [{"id": 77287, "content": content, "message_type": 0, "private": False}],
            "labels": [],
            "meta": {"sender": {"id": 52870, "name": "quiet-forest-412"}, "assignee": None, "hmac_verified": False},
            "status": "pending",
            "custom_attributes": {},
            "snoozed_until": None,
            "unread_count": 1,
            "priority": None,
            "waiting_since": 1702632982,
            "agent_last_seen_at": 0,
            "contact_last_seen_at": 1702632980,
            "timestamp": 1702632982,
        },
    }
    return {**event, **changes}


def mail_message(content: str) -> dict[str, Any]:
    """A mail that came into a mail inbox: numbers for kinds, as older versions send them, and the mail beside its text."""
    return message(
        content,
        id=77401,
        message_type=0,
        content_type="incoming_email",
        content_attributes={"email": {"subject": "Cashback", "text_content": {"full": content, "reply": content}}},
        source_id="<CAF0000@mail.lund.example>",
        inbox={"id": 60, "name": "Mail"},
    )


def in_state(status: str) -> dict[str, Any]:
    """A customer's message in a conversation that stands so."""
    event = message()
    event["conversation"] = {**event["conversation"], "status": status}
    return event


IGNORED: dict[str, dict[str, Any]] = {
    "an agent's answer": message("We will look into it.", message_type="outgoing", sender={"id": 4, "type": "user"}),
    "an agent's answer by number": message("We will look into it.", message_type=1),
    "the bot's own answer": message("Yes.", message_type="outgoing", sender={"id": 2, "type": "agent_bot"}),
    "a private note": message("Call her back.", message_type="outgoing", private=True),
    "an incoming private one": message("?", private=True),
    "a line of activity": message("Conversation was marked resolved by Bo", message_type="activity"),
    "a template": message("Give the team a way to reach you.", message_type="template", content_type="input_email"),
    "an edited message": message(event="message_updated"),
    "an agent has it": in_state("open"),
    "it is resolved": in_state("resolved"),
    "it is snoozed": in_state("snoozed"),
    "a conversation that opens": {"event": "conversation_opened", "id": CONVERSATION, "status": "open", "messages": []},
    "a conversation that is resolved": {"event": "conversation_resolved", "id": CONVERSATION, "status": "resolved"},
    "a widget that opens": {
        "event": "webwidget_triggered",
        "id": 62117,
        "event_info": {"referer": "https://shop.example"},
    },
    "something new": {"event": "something_new", "id": "not even a number", "conversation": ["a list"]},
}
"""Everything else that an agent bot's webhook gets."""


def signed(event: Any, secret: str = SECRET, at: float | None = None) -> tuple[bytes, dict[str, str]]:
    """The event as it travels, with the headers that prove where it comes from."""
    body = json.dumps(event).encode()
    timestamp = str(int(time.time() if at is None else at))
    return body, {
        "Content-Type": "application/json",
        "X-Chatwoot-Timestamp": timestamp,
        "X-Chatwoot-Signature": signature_of(secret, timestamp, body),
        "X-Chatwoot-Delivery": "5d9c36a2-0000-4000-8000-000000000000",
    }


@dataclass
class Call:
    """One call of Chatwoot's API."""

    path: str
    token: str
    body: dict[str, Any]

    @property
    def conversation(self) -> int:
        return int(self.path.split("/")[-2])

    @property
    def what(self) -> str:
        """``said``, ``noted`` or ``opened``."""
        if self.path.endswith("/toggle_status"):
            return f"{self.body['status']}ed"
        return "noted" if self.body["private"] else "said"


def _is_set() -> threading.Event:
    event = threading.Event()
    event.set()
    return event


@dataclass
class Chatwoot:
    """Chatwoot's API on a real port; ``answers`` are the statuses of the next calls, 200 when there are no more."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    refused: dict[int, int] = field(default_factory=dict)
    """The status that each of these conversations is always refused with."""
    late: set[str] = field(default_factory=set)
    """What is done and never answered: ``said``, ``noted`` or ``opened``."""
    may_answer: threading.Event = field(default_factory=_is_set)
    """Until then every call is kept waiting."""

    @property
    def done(self) -> list[str]:
        return [call.what for call in self.calls]

    def wait_for(self, count: int, seconds: float = 30.0) -> list[str]:
        """What was done, once so many calls came."""
        deadline = time.monotonic() + seconds
        while len(self.calls) < count:
            assert time.monotonic() < deadline, f"only {self.done}"
            time.sleep(0.02)
        return self.done


@contextmanager
def running_chatwoot() -> Iterator[Chatwoot]:
    """A server on a free port for as long as the block lasts."""
    chatwoot = Chatwoot()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802 - the library's name
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            chatwoot.may_answer.wait(60)
            status = chatwoot.answers.pop(0) if chatwoot.answers else 200
            call = Call(self.path, self.headers.get("api_access_token", ""), body)
            chatwoot.calls.append(call)
            if call.what in chatwoot.late:
                return  # the connection ends without an answer, as one does that a proxy gives up
            status = chatwoot.refused.get(call.conversation, status)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(b'{"id": 1}')

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    chatwoot.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield chatwoot
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
