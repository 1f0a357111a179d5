"""A graph gives the same node by node as with Rasa's own runner."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, List

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

from bot.inside_rasa.graph_runner import StepByStep


class Arithmetic(GraphComponent):  # type: ignore[misc]
    """A component whose results show in which order it was asked."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Arithmetic:
        return cls()

    def double(self, number: int) -> int:
        return 2 * number

    def tell(self, whole: int, part: int) -> List[int]:
        return [whole, part]


def node(function: str, **needs: str) -> SchemaNode:
    return SchemaNode(needs, Arithmetic, "create", function, {}, eager=True)


SCHEMA = GraphSchema(
    {
        "told": node("tell", whole="fourfold", part="twofold"),
        "fourfold": node("double", number="twofold"),
        "twofold": node("double", number="given"),
        "unasked": node("double", number="never given"),
    }
)


@pytest.fixture(params=[StepByStep, DaskGraphRunner])
def runner(request: pytest.FixtureRequest, tmp_path: Path) -> GraphRunner:
    made: GraphRunner = request.param.create(SCHEMA, LocalModelStorage(tmp_path), ExecutionContext(SCHEMA))
    return made


def test_each_node_gets_what_it_needs_from_the_nodes_before_it(runner: GraphRunner) -> None:
    for given in (3, 5):
        told = runner.run(inputs={"given": given}, targets=["told", "twofold"])
        assert told == {"told": [4 * given, 2 * given], "twofold": 2 * given}


def test_what_was_not_given_is_named(runner: GraphRunner) -> None:
    with pytest.raises(GraphRunError, match="never given"):
        runner.run(inputs={"given": 3}, targets=["unasked"])
