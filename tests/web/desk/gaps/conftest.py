"""The desk's gaps over content that may be spoilt, and a lead who works on them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.content_drafts import ContentFolder
from bot.config import ROOT
from bot.core.agents import Role
from bot.services.console import Console
from tests.fakes import FakeTryRunner
from tests.web.desk.conftest import AgentBrowser

SignIn = Callable[..., AgentBrowser]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The promotion's content, to be spoilt if a test wants to."""
    for name in ("faq", "data", "evaluation"):
        shutil.copytree(ROOT / name, tmp_path / "content" / name)
    return tmp_path / "content"


@pytest.fixture
def runner() -> FakeTryRunner:
    return FakeTryRunner()


@pytest.fixture
def own_console(own_console: Console, content: Path, runner: FakeTryRunner) -> Console:
    return replace(own_console, gaps=replace(own_console.gaps, content=ContentFolder(content), runner=runner))


@pytest.fixture
def lead(sign_in_as: SignIn) -> AgentBrowser:
    return sign_in_as(Role.LEAD)
