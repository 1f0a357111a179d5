"""``python -m benchmarks.screenshots``: the README's pictures, from a desk that runs with its sample data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import httpx
import typer
from PIL import Image
from playwright.sync_api import sync_playwright

from benchmarks.screenshots.camera import FORMATS, chromium_path, start_chromium, take_all
from benchmarks.screenshots.desk_scenes import desk_scenes
from benchmarks.screenshots.scenes import scenes
from bot.config import read_settings

KEPT = frozenset(
    {"page-1280", "verdict-320", "claim-320", "welcome-1280-dark"}
    | {
        "desk-assist-1280",
        "desk-tickets-1280",
        "desk-ticket-1280",
        "desk-claim-1280",
        "desk-gaps-1280",
        "desk-insights-1280",
    }
)
"""The pictures the README shows."""
COLOURS = 64
SAMPLE_CLAIM = ("LEN-701823", "kontoret@bergen-fysioterapi.example")


def main(
    url: Annotated[str, typer.Option(help="A desk that was started with its sample data.")] = "http://127.0.0.1:8000",
    folder: Annotated[Path, typer.Option(help="Where the pictures go.")] = Path("docs/images"),
    everything: Annotated[
        bool, typer.Option("--all", help="Every scene in every format, for looking through.")
    ] = False,
) -> None:
    """Take the pictures, with few colours so that they stay small."""
    path = chromium_path()
    if path is None:
        sys.exit("There is no Chromium; install it (apt-get install chromium), or name it in PROMODESK_TEST_CHROMIUM.")
    try:
        httpx.get(f"{url}/readyz", timeout=10, trust_env=False).raise_for_status()
    except httpx.HTTPError as error:
        sys.exit(f"No desk is ready at {url} ({type(error).__name__}); start one with `make run`, or give its --url.")
    # The desk's agents are made in the database of the settings: those of the desk whose pictures are taken.
    wanted = (*scenes(*SAMPLE_CLAIM), *desk_scenes(read_settings()))
    with sync_playwright() as playwright:
        browser = start_chromium(playwright, path)
        for form in FORMATS:
            kept = [scene for scene in wanted if everything or f"{scene.name}-{form.label}" in KEPT]
            for picture in take_all(browser, url, kept, [form], folder):
                shrink(picture)
                print(picture)  # noqa: T201
        browser.close()


def shrink(picture: Path) -> None:
    """Keep as few colours as a page of text needs."""
    with Image.open(picture) as full:
        full.convert("RGB").quantize(COLOURS).save(picture, optimize=True)


if __name__ == "__main__":
    typer.run(main)
