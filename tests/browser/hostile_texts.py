"""Texts that would run if they could, and an alarm that tells if one does."""

from __future__ import annotations

from tests.hostile_texts import HOSTILE

CORPUS = (
    *HOSTILE,
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style>",
    "<math><mtext></mtext><mglyph><svg><mtext><textarea><path id='</textarea><img onerror=alert(1) src=1>'>",
    "<details open ontoggle=alert(1)>",
    "${alert(1)}",
    "\u202etxt.exe",
    "<promo-chat></promo-chat>",
)
ALARM = "globalThis.alarms = []; globalThis.alert = (said) => alarms.push(said);"
