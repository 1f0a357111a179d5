"""Files as customers send them, and as nobody should: made by the libraries that read them, or written by hand."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from pypdf import PdfWriter

SECRET = b"Bergen 60.39N 5.32E"
"""What a camera writes into a picture, and nobody else needs to know."""


def jpeg(width: int = 60, height: int = 40) -> bytes:
    """With camera data, a comment, and something behind its end."""
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    exif[0x0112] = 6  # lies on its side
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(drawn, "JPEG", exif=exif, comment=SECRET)
    return drawn.getvalue() + SECRET


def png(mode: str = "RGB") -> bytes:
    drawn = io.BytesIO()
    Image.new(mode, (60, 40)).save(drawn, "PNG")
    return drawn.getvalue() + SECRET


def png_bomb() -> bytes:
    """A few kilobytes that claim to be a picture of 900 megapixels."""
    side = 30_000
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    pixels = zlib.compress(bytes((side // 8 + 1) * 100), 9)
    parts = [(b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def pdf(pages: int = 1, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
