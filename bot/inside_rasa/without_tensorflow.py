"""Keeps TensorFlow out of a process that serves: Rasa imports it for components that the desk's model does not have.

It costs 400 MB of memory and half of the time a start takes.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

LEFT_OUT = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")


class TensorFlowLeftOut(RuntimeError):
    """Something of TensorFlow is to be used, in a process that was started without it."""


class _Named(type):
    """What Rasa's modules name while they are imported: base classes, annotations, decorators; and what belongs to them."""

    def __getattr__(cls, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Absent

    def __call__(cls, *given: Any, **_: Any) -> Any:
        if len(given) == 1 and callable(given[0]):
            return given[0]  # a decorator
        raise TensorFlowLeftOut(
            "the desk's Rasa runs without TensorFlow: a component of config.yml that needs it cannot be served"
        )


class _Absent(metaclass=_Named):
    """Stands for everything in TensorFlow."""

    def __class_getitem__(cls, _: Any) -> type:
        return cls


class _Module(ModuleType):
    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Absent


class _Finder(MetaPathFinder, Loader):
    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(name, self, is_package=True) if name.partition(".")[0] in LEFT_OUT else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


def leave_tensorflow_out() -> None:
    """From here on an import of TensorFlow finds names only; using one raises ``TensorFlowLeftOut``."""
    sys.meta_path.insert(0, _Finder())
