"""What the desk answers in Chatwoot."""

from __future__ import annotations

from bot.adapters.faq_files import read_faq
from tests.asked import asked, mail
from tests.web.conftest import FAQ

WORDS = {entry.id: entry.answer for entry in read_faq(FAQ)}
ANSWERED = mail(asked("How long does the payment take?", how_long_for_discount=0.98))
