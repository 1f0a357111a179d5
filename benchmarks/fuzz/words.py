"""What a visitor might type: honest questions, their wreckage, and everything that means something to a program."""

from __future__ import annotations

from hypothesis import strategies as st

LONGEST = 1100
"""A little more than a message may have."""
HONEST = (
    "How long does the payment take?",
    "Can I take part with a monitor and a dock, and who pays the bank's fees?",
    "Where does my claim stand?",
    "I bought it on 3 June 2023, is that in time?",
    "yes", "no", "the second one", "Hvor er mine penge?", "talk to a human", "CLICK HERE", "thanks!",
)  # fmt: skip
HOSTILE = (
    "/restart", '/claim_status{"reference": "LEN-000001"}', "/session_start", "/back", "//deny", "\u2028/restart", "\ufeff/greet",
    "'; DROP TABLE messages; --", "1' OR '1'='1", '" UNION SELECT secret FROM agents --', "%' --", "\\x00", "$(id)", "`id`", "| cat /etc/passwd",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "]]><!--", "&#x3c;b&#x3e;",
    "{{7*7}}", "${7*7}", "#{7*7}", "%s%s%n", "{0.__class__}", "{promotion}", "{reference}", "@@version",
    "=HYPERLINK(\"http://evil.example\")", "+1", "-1", "@SUM(1)", "a\r\nBcc: all@evil.example\r\n\r\nx", "\r\n.\r\n",
    "__proto__", "constructor", "toString", "null", "undefined", "NaN", "true", "[]", "{}", "../../etc/passwd", "C:\\con", "file:///etc/passwd",
    "LEN-000001", "len 000 001", "LEN\u2011000001", "ＬＥＮ-００００01", "LEN-\u0660\u0660\u0660\u0660\u0660\u0661", "L\u200bEN-000001", "LEN-0000011", "nobody@nowhere.example",
    "NOBODY@NOWHERE.EXAMPLE", "a@b", "@@", "nobody@nowhere.example LEN-000001", "DE89 3704 0044 0532 0130 00", "4539 1488 0343 6467",
    "\u202etxt.exe", "\u0000", "\u0007\u001b[31m", "\ud800", "\udfff", "\ufffe", "e\u0301" * 40, "\u0e49" * 60, "ﷺ" * 20, "👩‍👩‍👧‍👦" * 30,
    "İ", "ß", "ﬁ", "ǅ", "Ω", "½", "²", "9" * 400, "a" * 1000, " " * 900, "\n" * 300, "?!" * 300, "1/" * 300, "03.06." * 100, "one " * 250, "€" * 1000,
)  # fmt: skip

# Surrogates stand alone in a text only where a program sends them: JSON can.
_ANY_CHARACTER = st.characters(exclude_categories=[])
_ANYTHING = st.text(_ANY_CHARACTER, min_size=1, max_size=200)


def _spoilt(text: str, at: float, noise: str) -> str:
    place = int(at * len(text))
    return text[:place] + noise + text[place + len(noise) // 2 :]


_SPOILT = st.builds(_spoilt, st.sampled_from(HONEST), st.floats(0, 1), st.text(_ANY_CHARACTER, max_size=8))
_PIECE = st.one_of(st.sampled_from(HONEST), st.sampled_from(HOSTILE), _ANYTHING, _SPOILT)
_SEVERAL = st.builds(
    lambda pieces, joint: joint.join(pieces),
    st.lists(_PIECE, min_size=2, max_size=5),
    st.sampled_from([" ", "\n", "", ". ", "\t"]),
)
TEXTS: st.SearchStrategy[str] = st.one_of(_PIECE, _SPOILT, _SEVERAL).map(lambda text: text[:LONGEST])
"""A message, from the plainest to the oddest."""

IN_A_FORM: st.SearchStrategy[str] = TEXTS.map(lambda text: text.encode("utf-8", "replace").decode())
"""The same without what no form can carry."""

IN_A_HEADER: st.SearchStrategy[str] = st.one_of(
    st.sampled_from([text for text in HOSTILE if text.isascii() and text.isprintable()]),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=300),
    st.text(st.characters(min_codepoint=160, max_codepoint=255), max_size=80),
).map(str.strip)
"""The same as far as a header can carry it."""
