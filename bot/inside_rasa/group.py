"""Groups texts for the gateway with the model that answers customers, beside their turns."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import asdict
from typing import Any, Dict, List, Optional

from bot.core.lengths import LONGEST_MESSAGE, MOST_GROUPED
from bot.inside_rasa.trained_matcher import trained_matcher
from bot.matching.grouping import Grouping
from bot.matching.matcher import Matcher
from bot.services.ports import InvalidInput


class Grouper:
    """One grouping at a time, in a thread of its own; made anew when another model is loaded."""

    def __init__(self) -> None:
        self._matcher: Optional[Matcher] = None
        self._grouping: Optional[Grouping] = None
        # Held by the thread that works, not by who waits for it: whoever gives up waiting does not stop it.
        self._one_at_a_time = threading.Lock()

    async def group(self, agent: Any, body: Any) -> Dict[str, Any]:
        """The groups of ``{"texts": [...]}`` as plain JSON values. Raises ``InvalidInput`` for another body, or without a model."""
        texts = _texts(body)
        matcher = trained_matcher(agent)
        if matcher is None:
            raise InvalidInput("no model is loaded: wait until it is")
        return await asyncio.to_thread(self._grouped, matcher, texts)

    def _grouped(self, matcher: Matcher, texts: List[str]) -> Dict[str, Any]:
        with self._one_at_a_time:
            if self._grouping is None or self._matcher is not matcher:
                self._matcher, self._grouping = matcher, Grouping(matcher)
            grouped = self._grouping.group(texts)
        readings = [{**asdict(one), "band": one.band.value} for one in grouped.readings]
        return {"groups": [list(numbers) for numbers in grouped.groups], "readings": readings}


def _texts(body: Any) -> List[str]:
    texts = body.get("texts") if isinstance(body, dict) else None
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise InvalidInput('no list of texts: send {"texts": ["…"]}')
    if len(texts) > MOST_GROUPED:
        raise InvalidInput(f"{len(texts)} texts are too many: send {MOST_GROUPED} at most")
    return [text[:LONGEST_MESSAGE].strip() or "…" for text in texts]
