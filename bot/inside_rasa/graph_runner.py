"""Runs a trained model's graph node by node, without planning each run anew."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import Any, Dict, List, Optional, Sequence, Tuple

from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


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
