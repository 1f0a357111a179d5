"""Rasa's processor, with the desk's graph runner, and understanding beside the event loop instead of in it."""

from __future__ import annotations

import asyncio
import tarfile
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Dict, Optional, Tuple

from rasa.core import agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine import loader
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.exceptions import ModelNotFound
from rasa.shared.core.trackers import DialogueStateTracker

from bot.inside_rasa.graph_runner import StepByStep

UNDERSTOOD_AT_ONCE = 2
"""The encoder is written in C++ and lets others work meanwhile: while one message is encoded, another one's turn goes on."""


class DeskProcessor(MessageProcessor):  # type: ignore[misc]
    """Several conversations are understood at once."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._threads = ThreadPoolExecutor(UNDERSTOOD_AT_ONCE, thread_name_prefix="understanding")

    @staticmethod
    def _load_model(model_path: str | Path) -> Tuple[str, ModelMetadata, GraphRunner]:
        """Rasa calls it with the file of a model, under this name. Raises ``ModelNotFound``."""
        with TemporaryDirectory() as folder:
            try:
                metadata, runner = loader.load_predict_graph_runner(
                    Path(folder), Path(model_path), LocalModelStorage, StepByStep
                )
            except (OSError, tarfile.ReadError) as error:
                raise ModelNotFound(f"Model {model_path} can not be loaded.") from error
        return Path(model_path).name, metadata, runner

    async def parse_message(
        self,
        message: UserMessage,
        tracker: Optional[DialogueStateTracker] = None,
        only_output_properties: bool = True,
    ) -> Dict[str, Any]:
        """Intent, entities and what else the understanding found.

        Rasa would look whether the domain knows each intent as well; all that the understanding gives are in the domain
        it was trained with.
        """
        before = tracker or DialogueStateTracker.from_events(message.sender_id, [])
        parse = copy_context().run
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, parse, self._parse_message_with_graph, message, before, only_output_properties
        )


def process_step_by_step() -> None:
    """Rasa's agents make their processors by this class from now on; it has no setting for it."""
    agent.MessageProcessor = DeskProcessor
