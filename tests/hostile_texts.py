"""Texts that customers may write, and that would run in a page that trusts them."""

from __future__ import annotations

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'-alert(1)-'",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "[x](javascript:alert(1))",
    "&lt;script&gt;",
)
