"""How a page may be looked at."""

from __future__ import annotations

from typing import Any

LOOKS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 320, "height": 640}},
    "forced colours": {"forced_colors": "active"},
}
