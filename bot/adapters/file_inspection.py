"""Finds out what a file is by its content, and writes it anew as far as it can carry something along; run in a process of its own.

``python -m bot.adapters.file_inspection SENT TARGET`` prints the media type, or ``refused:`` and the reason's key.
"""

from __future__ import annotations

import errno
import resource
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.uploads import LARGEST_FILE
from bot.services.ticket_ports import FileRefused

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 40_000_000
MOST_PAGES = 100
MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 15
JPEG_QUALITY = 88
REFUSED = "refused:"
_FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png"}


def inspect(sent: Path, target: Path) -> str:
    """The media type of what was written to the target. Raises ``FileRefused``."""
    with sent.open("rb") as file:
        start = file.read(1024)
        file.seek(max(0, sent.stat().st_size - 2048))
        end = file.read()
    if start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return _write_image_anew(sent, target)
    if start.startswith(b"%PDF-"):
        _check_pdf(sent, end)
        target.write_bytes(sent.read_bytes())
        return "application/pdf"
    raise FileRefused("file_wrong_kind")


def _write_image_anew(sent: Path, target: Path) -> str:
    """Only pixels are taken over: no camera data, no place, no comments, nothing behind the end."""
    from PIL import Image, ImageOps

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(sent, formats=tuple(_FORMATS)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise FileRefused("file_too_many_pixels")
            kind = str(image.format)
            upright = ImageOps.exif_transpose(image)
            has_alpha = kind == "PNG" and ("A" in upright.getbands() or "transparency" in upright.info)
            clean = upright.convert("RGBA" if has_alpha else "L" if upright.mode in ("1", "L") else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise FileRefused("file_too_many_pixels") from error
    except FileRefused:
        raise
    except Exception as error:  # Pillow raises whatever a broken image leads to
        raise FileRefused("file_broken") from error
    clean.info = {}
    _save(clean, target, kind)
    return _FORMATS[kind]


def _save(clean: Image.Image, target: Path, kind: str) -> None:
    try:
        clean.save(target, kind, **({"quality": JPEG_QUALITY} if kind == "JPEG" else {}))
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        raise FileRefused("file_too_large") from error


def _check_pdf(sent: Path, end: bytes) -> None:
    from pypdf import PdfReader

    if b"%%EOF" not in end:
        raise FileRefused("file_broken")
    try:
        reader = PdfReader(sent, strict=False)
        if reader.is_encrypted:
            raise FileRefused("file_locked")
        pages = len(reader.pages)
    except FileRefused:
        raise
    except Exception as error:  # pypdf too
        raise FileRefused("file_broken") from error
    if pages == 0:
        raise FileRefused("file_broken")
    if pages > MOST_PAGES:
        raise FileRefused("file_too_many_pages")


def main(sent: str, target: str) -> None:
    """Inspect within bounds: what needs more memory or time than any honest file is ended by the system."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        said = inspect(Path(sent), Path(target))
    except FileRefused as refused:
        said = f"{REFUSED}{refused.key}"
    except MemoryError:
        said = f"{REFUSED}file_broken"
    sys.stdout.write(said)


if __name__ == "__main__":
    main(*sys.argv[1:])
