"""Takes the pictures: every scene in a fresh browser, at each width, light or dark."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from benchmarks.screenshots.scenes import Scene

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


SETTLE_MILLISECONDS = 500


@dataclass(frozen=True)
class Format:
    """The size of a picture in CSS pixels, and whether it is dark."""

    width: int
    height: int
    is_dark: bool = False

    @property
    def label(self) -> str:
        return f"{self.width}-dark" if self.is_dark else str(self.width)


FORMATS = (Format(320, 640), Format(768, 1024), Format(1280, 800), Format(1280, 800, is_dark=True))


def chromium_path() -> str | None:
    """The browser of the system, or the one ``PROMODESK_TEST_CHROMIUM`` names; None if there is none."""
    return os.environ.get("PROMODESK_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def start_chromium(playwright: Playwright, path: str) -> Browser:
    """Chromium as the system has it, asking nobody for anything by itself."""
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS)


def take(browser: Browser, url: str, scene: Scene, form: Format, folder: Path) -> Path:
    """One picture of one scene."""
    context = browser.new_context(
        base_url=url,
        viewport={"width": form.width, "height": form.height},
        color_scheme="dark" if form.is_dark else "light",
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        page.goto("/")
        scene.enact(page)
        # Not until the network is idle: the queue of tickets listens for as long as it is shown.
        page.wait_for_load_state("load")
        page.wait_for_timeout(SETTLE_MILLISECONDS)
        picture = folder / f"{scene.name}-{form.label}.png"
        page.screenshot(path=picture)
        return picture
    finally:
        context.close()


def take_all(
    browser: Browser, url: str, wanted: Iterable[Scene], formats: Iterable[Format], folder: Path
) -> list[Path]:
    """Every scene in every format, as PNG files in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    forms = tuple(formats)
    return [take(browser, url, scene, form, folder) for scene in wanted for form in forms]
