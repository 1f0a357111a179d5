"""Every scene can be pictured at every width; the pictures are kept for people to look at, in reports/screenshots."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from benchmarks.screenshots.camera import FORMATS, take
from benchmarks.screenshots.scenes import Scene, scenes
from bot.config import ROOT
from tests.processes import planted
from tests.processes.running_desk import RunningDesk

FOLDER = ROOT / "reports" / "screenshots"


@pytest.mark.parametrize(
    "scene", scenes(planted.VALIDATED.reference, planted.VALIDATED.email), ids=lambda scene: scene.name
)
def test_a_scene_can_be_pictured(chromium: Browser, desk: RunningDesk, scene: Scene) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)

    pictures: list[Path] = [take(chromium, desk.url, scene, form, FOLDER) for form in FORMATS]

    assert all(picture.stat().st_size > 5_000 for picture in pictures)
