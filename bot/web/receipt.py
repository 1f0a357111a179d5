"""What the page after the contact form tells, carried in its address under seal."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request

from bot.core.keys import derive_key, is_signed, sign
from bot.web.errors import Refused

_YES = "yes"


@dataclass(frozen=True)
class Receipt:
    """A ticket's reference, and what the customer should know about how it came."""

    reference: str
    went_alone: bool = False
    """The lines that were to go along did not: the chat was ended before."""
    is_again: bool = False
    """The same message had arrived moments before, and is this ticket."""
    follows: str = ""
    """The ticket of the same words, to which this one brings other files."""

    def sealed(self, request: Request) -> str:
        """The query of the address."""
        given = self._given()
        return urlencode({**given, "seal": sign(_key(request), json.dumps(given))})

    def _given(self) -> dict[str, str]:
        return {
            "reference": self.reference,
            "alone": _YES if self.went_alone else "",
            "again": _YES if self.is_again else "",
            "follows": self.follows,
        }


def receipt_of(request: Request) -> Receipt:
    """The receipt that an address carries; raises ``Refused`` for one that this server has not given out."""
    given = {name: request.query_params.get(name, "") for name in Receipt("")._given()}
    if not is_signed(_key(request), json.dumps(given), request.query_params.get("seal", "")):
        raise Refused("not_found")
    return Receipt(given["reference"], given["alone"] == _YES, given["again"] == _YES, given["follows"])


def _key(request: Request) -> str:
    return derive_key(request.app.state.gateway.secret, "ticket receipt")
