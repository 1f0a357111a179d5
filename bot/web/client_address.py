"""Where a request comes from in the network."""

from __future__ import annotations

from fastapi import Request


def address_of(request: Request) -> str:
    """The network address of who sent it; uvicorn puts in the one that a trusted proxy tells."""
    return request.client.host if request.client else "unknown"
