"""Rasa serves the desk's model without TensorFlow, and says so where something needs it."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

from bot.inside_rasa import without_tensorflow
from bot.inside_rasa.without_tensorflow import TensorFlowLeftOut, leave_tensorflow_out

ALL_OF_RASA = """
from bot.inside_rasa.without_tensorflow import leave_tensorflow_out
leave_tensorflow_out()
import rasa.__main__, rasa.core.agent, rasa.core.run, rasa.server, rasa.nlu.classifiers.diet_classifier, tensorflow
from pathlib import Path
print(tensorflow.__spec__.origin, any("tensorflow" in line for line in Path("/proc/self/maps").read_text().splitlines()))
"""


@pytest.mark.skipif(
    sys.platform != "linux", reason="what a process has loaded is read from /proc, which only Linux has"
)
def test_all_of_rasa_is_imported_and_nothing_of_tensorflow_is_loaded() -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ALL_OF_RASA], capture_output=True, text=True, check=False
    )
    assert ended.stdout.split() == ["None", "False"], ended.stderr


@pytest.fixture
def left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that nobody else has imported stand for TensorFlow's."""
    monkeypatch.setattr(without_tensorflow, "LEFT_OUT", ("tensorflow_of_nobody",))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    leave_tensorflow_out()


@pytest.mark.usefixtures("left_out")
def test_what_is_made_of_it_only_when_it_is_used_can_be_defined() -> None:
    keras = import_module("tensorflow_of_nobody.keras.layers")

    class Layer(keras.Layer):  # type: ignore[misc,name-defined]
        @keras.function
        def call(self) -> int:
            return 7

    assert Layer.call(None) == 7


@pytest.mark.usefixtures("left_out")
@pytest.mark.parametrize("name", ["Variable", "constant"])
def test_whoever_uses_it_is_told_what_to_do(name: str) -> None:
    with pytest.raises(TensorFlowLeftOut, match=r"config\.yml"):
        getattr(import_module("tensorflow_of_nobody"), name)([1, 2])
