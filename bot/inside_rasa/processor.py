"""Rasa's processor, running its graph without a scheduler, and understanding beside the event loop instead of in it."""

from __future__ import annotations

import asyncio
import tarfile
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from graphlib import TopologicalSorter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Dict, List, Optional, Sequence, Tuple

from rasa.core import agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine import loader
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata, ModelStorage
from rasa.exceptions import ModelNotFound
from rasa.shared.core.trackers import DialogueStateTracker

UNDERSTOOD_AT_ONCE = 2
"""The encoder is written in C++ and lets others work meanwhile: while one message is encoded, another one's turn goes on."""


class StepByStep(GraphRunner):  # type: ignore[misc]
    """Runs the nodes of a graph one after the other, in an order found once.

    Rasa's own runner plans each run anew with Dask, which takes longer than most of the nodes.
    """

    def __init__(self, schema: GraphSchema, nodes: Dict[str, GraphNode]) -> None:
        self._schema = schema
        self.nodes = nodes
        self._orders: Dict[Tuple[str, ...], List[str]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: Optional[List[GraphNodeHook]] = None,
    ) -> StepByStep:
        """Make all nodes, as Rasa's own runner does."""
        nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        return cls(graph_schema, nodes)

    def run(self, inputs: Optional[Dict[str, Any]] = None, targets: Optional[Sequence[str]] = None) -> Dict[str, Any]:
        """What each target gives; a node gets what it needs from the inputs and from the nodes before it."""
        wanted = tuple(targets or self._schema.target_names)
        known = {name: (name, value) for name, value in (inputs or {}).items()}
        for name in self._order(wanted):
            needs = self._schema.nodes[name].needs.values()
            known[name] = self.nodes[name](*(known.get(need, need) for need in needs))
        return {name: known[name][1] for name in wanted}

    def _order(self, targets: Tuple[str, ...]) -> List[str]:
        if targets not in self._orders:
            nodes = self._schema.minimal_graph_schema(list(targets)).nodes
            needed = {name: [need for need in node.needs.values() if need in nodes] for name, node in nodes.items()}
            self._orders[targets] = list(TopologicalSorter(needed).static_order())
        return self._orders[targets]


class DeskProcessor(MessageProcessor):  # type: ignore[misc]
    """Rasa's processor with that runner; several conversations are understood at once."""

    _threads = ThreadPoolExecutor(UNDERSTOOD_AT_ONCE, thread_name_prefix="understanding")

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
        """Intent, entities and what else the understanding found."""
        before = tracker or DialogueStateTracker.from_events(message.sender_id, [])
        parse = copy_context().run
        parsed: Dict[str, Any] = await asyncio.get_running_loop().run_in_executor(
            self._threads, parse, self._parse_message_with_graph, message, before, only_output_properties
        )
        self._check_for_unseen_features(parsed)
        return parsed


def process_step_by_step() -> None:
    """Rasa's agents make their processors by this class from now on; it has no setting for it."""
    agent.MessageProcessor = DeskProcessor
