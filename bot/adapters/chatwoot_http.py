"""Chatwoot as the other help desk, over its application API with an agent bot's token."""

from __future__ import annotations

from typing import Any

import httpx

from bot.services.help_desk_ports import HelpDeskMessage, NotAdmitted, Unconfirmed
from bot.services.ports import InvalidInput, Unavailable

SECONDS = 10.0
_WORTH_ANOTHER_TRY = frozenset({408, 425, 429})
_NOT_ADMITTED = frozenset({401, 403})
_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class ChatwootHelpDesk:
    """The ``HelpDesk`` port; ``transport`` stands in for the network in tests."""

    def __init__(self, url: str, token: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._client = httpx.AsyncClient(
            base_url=url.rstrip("/"),
            headers={"api_access_token": token},
            timeout=SECONDS,
            transport=transport,
            trust_env=False,
        )

    async def say(self, message: HelpDeskMessage, text: str) -> None:
        await self._post(message, "messages", {"content": text, "message_type": "outgoing", "private": False})

    async def note(self, message: HelpDeskMessage, text: str) -> None:
        await self._post(message, "messages", {"content": text, "message_type": "outgoing", "private": True})

    async def hand_over(self, message: HelpDeskMessage) -> None:
        try:
            await self._post(message, "toggle_status", {"status": "open"})
        except Unconfirmed as error:
            raise Unavailable(str(error)) from error

    async def close(self) -> None:
        await self._client.aclose()

    async def _post(self, message: HelpDeskMessage, what: str, body: dict[str, Any]) -> None:
        path = f"/api/v1/accounts/{message.account}/conversations/{message.conversation}/{what}"
        try:
            response = await self._client.post(path, json=body)
        except _BEFORE_SENDING as error:
            raise Unavailable(f"Chatwoot cannot be reached for {what} ({type(error).__name__})") from error
        except httpx.HTTPError as error:
            raise Unconfirmed(f"Chatwoot did not answer {what} ({type(error).__name__})") from error
        if response.status_code >= 500 or response.status_code in _WORTH_ANOTHER_TRY:
            raise Unavailable(f"Chatwoot answered {what} with {response.status_code}")
        refused = f"Chatwoot refused {what} with {response.status_code}"
        if response.status_code in _NOT_ADMITTED:
            raise NotAdmitted(f"{refused}; check PROMODESK_CHATWOOT_TOKEN, and that the bot belongs to the inbox")
        if not response.is_success:
            raise InvalidInput(refused)
