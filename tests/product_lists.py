"""A list of products and the real vocabulary, for what reads customers' messages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bot.services.ports import Product

VOCABULARY = Path(__file__).resolve().parent.parent / "data" / "vocabulary.yml"

TB_DOCK = Product("40TB0001EU", "ThinkPad Universal Thunderbolt 4 Dock", "Dock")
USB_DOCK = Product("40US0002EU", "ThinkPad Universal USB-C Smart Dock", "Dock")
HYBRID_DOCK = Product("40HY0003EU", "ThinkPad Hybrid USB-C with USB-A Dock", "Dock")
WIRELESS_HEADSET = Product("4XD1C00004", "Lenovo Go Wireless ANC Headset", "Headset")
P27 = Product("63P27H05EU", "ThinkVision P27h-20 Monitor", "Monitor")
T24 = Product("63T24I06EU", "ThinkVision T24i-30 Monitor", "Monitor")
KEYBOARD_2 = Product("4Y40X00007", "ThinkPad TrackPoint Keyboard II", "Keyboard")
ESSENTIAL_WEBCAM = Product("4XC1B00008", "Lenovo Essential FHD Webcam", "Webcam")
HUB_2 = Product("4X91A00009", "Lenovo USB-C Travel Hub Gen 2", "Dock")
VERTICAL_MOUSE = Product("4Y51C00010", "Lenovo Go Wireless Vertical Mouse", "Mouse")

PRODUCTS = (
    TB_DOCK, USB_DOCK, HYBRID_DOCK, WIRELESS_HEADSET, P27, T24, KEYBOARD_2, ESSENTIAL_WEBCAM, HUB_2, VERTICAL_MOUSE,
)  # fmt: skip


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The vocabulary that is delivered."""
    return YAML(typ="safe").load(VOCABULARY.read_text(encoding="utf-8"))
