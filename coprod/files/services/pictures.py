"""A picture, made anew: no larger than it must be, and saying nothing of where it was taken (O6, F30)."""

import io
import re
from typing import BinaryIO

from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

MOST_BYTES_IN = 8 * 1024 * 1024
MOST_BYTES_KEPT = 300 * 1024
KINDS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 1600
MOST_DOTS = {"JPEG": 60_000_000, "MPO": 60_000_000, "PNG": 8_000_000, "WEBP": 5_000_000, "TIFF": 9_000_000}
"""How many dots fit into little memory (F30). A JPEG can be read at less than its full size; an MPO is a JPEG with more
pictures behind it, as many phones write them, and only its first is drawn."""
MOST_DOTS_IN_TURNS = 15_000_000
"""How many where a JPEG tells its dots in several turns: all of them are held until the last."""
_SAYS_MORE = {"exif", "xmp", "XML:com.adobe.xmp", "photoshop", "comment"}
_SAID = re.compile(
    rb"\xff[\xe1\xed](?P<length>..)(?:Exif\0\0|http://ns\.adobe\.com/xap/1\.0/\0|Photoshop 3\.0\0)", re.DOTALL
)
"""Where a JPEG begins to say where and with what it was taken."""
_QUALITIES = (80, 65, 50, 35)
_ODD = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    OverflowError,
    MemoryError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


class NotAPicture(Exception):  # noqa: N818 - a name that says what happened
    """What was handed in is no picture we can read."""


class TooManyDots(NotAPicture):
    """A picture says it has more dots than there is room for."""


def made_anew(file: BinaryIO) -> bytes:
    """Draw this picture again as a plain JPEG of at most 300 KB, told by its content and not by its name."""
    held = file.read(MOST_BYTES_IN + 1)
    if len(held) > MOST_BYTES_IN:
        raise NotAPicture
    try:
        return _small(_drawn(held))
    except _ODD as error:
        raise NotAPicture from error


def dots_in(held: bytes) -> int:
    """Answer how many dots a picture says it has, before any is drawn."""
    try:
        with Image.open(io.BytesIO(held), formats=KINDS) as opened:
            width, height = opened.size
            return width * height
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return int(Image.MAX_IMAGE_PIXELS or 0)
    except _ODD as error:
        raise NotAPicture from error


def _has_room(opened: Image.Image) -> None:
    width, height = opened.size
    most = MOST_DOTS[opened.format or ""]
    if width * height > (min(most, MOST_DOTS_IN_TURNS) if _comes_in_turns(opened) else most):
        raise TooManyDots


def _comes_in_turns(opened: Image.Image) -> bool:
    """Answer whether a JPEG is drawn from coarse to fine, or colour after colour."""
    if not isinstance(opened, JpegImageFile) or opened.fp is None:
        return False
    opened.fp.seek(2)
    while (mark := opened.fp.read(4))[1:2] != b"\xda" and len(mark) == 4:
        opened.fp.seek(int.from_bytes(mark[2:], "big") - 2, io.SEEK_CUR)
    return bool(opened.info.get("progressive")) or opened.fp.read(1) < bytes([opened.layers])


def redrawn(held: bytes) -> bytes:
    """Take out what a picture inside a document says of itself, and leave it in its own format and size."""
    if held.startswith(b"\xff\xd8"):
        return without_position(held)
    try:
        with Image.open(io.BytesIO(held), formats=("PNG", "WEBP", "TIFF")) as opened:
            if not (opened.getexif() or _SAYS_MORE & opened.info.keys()):
                return held
            _has_room(opened)
            bare, written = ImageOps.exif_transpose(opened), io.BytesIO()
            bare.info = {}
            bare.save(written, opened.format)
            return written.getvalue()
    except _ODD as error:
        raise NotAPicture from error


def without_position(held: bytes) -> bytes:
    """Blank what photos say of themselves, in a PDF or alone, and leave every byte where it was."""
    blanked = bytearray(held)
    for found in _SAID.finditer(held):
        length = int.from_bytes(found["length"], "big")
        start, end = found.end(), found.start("length") + length
        blanked[start:end] = bytes(max(min(end, len(held)) - start, 0))
    return bytes(blanked)


def _drawn(held: bytes) -> Image.Image:
    with Image.open(io.BytesIO(held), formats=KINDS) as opened:
        _has_room(opened)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        # Small first, then upright: of the whole picture there is never more than one in memory.
        opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        seen = ImageOps.exif_transpose(opened).convert("RGBA")
    # On white paper, and with nothing carried along but its dots.
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _small(picture: Image.Image) -> bytes:
    for quality in _QUALITIES:
        written = io.BytesIO()
        picture.save(written, "JPEG", quality=quality)
        if written.tell() <= MOST_BYTES_KEPT:
            return written.getvalue()
    picture.thumbnail((LONGEST_SIDE // 2, LONGEST_SIDE // 2))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITIES[-1])
    return written.getvalue()
