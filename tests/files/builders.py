"""Files of every kind, good and odd, made here."""

import io
import zipfile
import zlib

from PIL import Image

TYPES = "[Content_Types].xml"
PLAIN_TYPES = "<?xml version='1.0'?><Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"


def a_pdf(inside: bytes = b"1 0 obj<<>>endobj") -> bytes:
    """A very small PDF."""
    return b"%PDF-1.7\n" + inside + b"\ntrailer<<>>\n%%EOF\n"


def a_packed_pdf(inside: bytes, head: bytes = b"<</Type/ObjStm/Filter/FlateDecode>>") -> bytes:
    """A PDF that holds this packed, as most newer ones do."""
    return a_pdf(b"1 0 obj" + head + b"stream\r\n" + zlib.compress(inside) + b"\nendstream\nendobj")


def a_photo(kind: str = "JPEG", size: tuple[int, int] = (400, 300), *, says_where: bool = True) -> bytes:
    """A photo that says where it was taken, and with what."""
    exif, written = Image.Exif(), io.BytesIO()
    exif[0x010F] = "Maker of phones"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", size, "red").save(written, kind, **({"exif": exif} if says_where else {}))
    return written.getvalue()


def a_zip(parts: dict[str, bytes | str]) -> bytes:
    """A zip of these parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()


def a_document(main: str = "word/document.xml", **parts: bytes | str) -> bytes:
    """A document, or a spreadsheet, with more parts where they are said."""
    named = {name.replace("__", "/"): content for name, content in parts.items()}
    return a_zip({TYPES: PLAIN_TYPES, main: "<w:document>Hello</w:document>"} | named)


def a_sheet(**parts: bytes | str) -> bytes:
    """A spreadsheet."""
    return a_document("xl/workbook.xml", **parts)
