"""How much is taken of what is written to the desk, wherever it comes in."""

from __future__ import annotations

LONGEST_MESSAGE = 1000
"""Of a customer's message; the rest is not read."""
LONGEST_MAIL = 10_000
"""Of a mail."""
LONGEST_EMAIL = 254
"""Of an e-mail address; no mail server takes a longer one."""
MOST_GROUPED = 2000
"""So many texts are put together at once by what they mean; the distances of more would take seconds."""
