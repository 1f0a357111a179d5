"""A small promotion that is trained in seconds, with phrases and questions of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

PROMOTION = "brewline-autumn-2024"
ASKED = {
    "faq/until_when_can_i_buy_a_machine": ("last day to buy", "can I still buy one in November", "until which day may the invoice be dated", "buy in December?"),
    "faq/what_is_the_deadline_for_my_application": ("deadline?", "until when do I have to apply", "last day for my application", "by what date must the form be sent"),
    "faq/when_is_the_money_on_my_account": ("when do I get the money", "how long does the payment take", "when will you pay me", "how many weeks until I am paid"),
    "faq/how_many_machines_fit_into_one": ("how many machines per application", "can I register five machines at once", "is there a limit of items", "most machines in one form"),
    "faq/who_may_take_part": ("can companies take part", "who is allowed to claim", "is this for private people", "may my firm apply"),
    "faq/what_do_you_need_from_me": ("which papers do you want", "do I have to send the invoice", "is an order confirmation enough", "what proof is needed"),
    "out_of_scope": ("what is the weather", "tell me a joke", "who won the match", "how far is the moon", "sing a song"),
}  # fmt: skip
QUESTIONS = """
- {text: "when do you transfer the money?", label: when_is_the_money_on_my_account}
- {text: "who can take part in this?", label: who_may_take_part}
- {text: "what is the last day to apply?", label: what_is_the_deadline_for_my_application}
- {text: "do you know a good joke?", label: out_of_scope}
"""


def environment(folder: Path) -> dict[str, str]:
    return {
        "PROMODESK_CONTENT": str(folder / "content"),
        "PROMODESK_DATABASE_URL": f"sqlite:///{folder / 'desk.db'}",
        "PROMODESK_CACHE": str(folder / "cache"),
        "PROMODESK_MODELS": str(folder / "models"),
        "PROMODESK_LOGS": str(folder / "logs"),
        "PROMODESK_TODAY": "2024-10-10",
    }


def write_phrases(content: Path) -> None:
    """Four phrases for some entries, which learn by them; the others keep what the check wants."""
    lines = ['version: "3.1"', "nlu:"]
    for intent, phrases in ASKED.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {phrase}" for phrase in phrases)]
    folder = content / "data" / "nlu"
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "asked.yml").write_text("\n".join(lines) + "\n", "utf-8")
    (content / "data" / "nlu" / "faq").mkdir()
    known = {intent.removeprefix("faq/") for intent in ASKED}
    more = _others(content, known)
    (folder / "faq" / "section_1.yml").write_text("\n".join(['version: "3.1"', "nlu:", *more]) + "\n", "utf-8")


def _others(content: Path, known: set[str]) -> list[str]:
    from bot.adapters.faq_files import read_faq

    lines = []
    for entry in read_faq(content / "faq"):
        if entry.id not in known:
            words = entry.question.lower().rstrip("?")
            lines += [f"- intent: faq/{entry.id}", "  examples: |"]
            lines += [f"    - {words}", f"    - tell me, {words}", f"    - hello, {words} please"]
    return lines
