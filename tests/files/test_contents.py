"""Sixty odd files and what becomes of them (O6, F30): nothing that runs, nothing that says where it was taken."""

import io
import zipfile
import zlib

import pytest
from PIL import Image

from coprod.files import rules
from coprod.files.models import FileKind
from coprod.files.rules import (
    BROKEN,
    LOCKED,
    MACROS,
    MANY_DOTS,
    NOT_OURS,
    NOTHING_IN_IT,
    TOO_LARGE,
    UNPACKS_TOO_LARGE,
    NotTaken,
)
from coprod.files.services import contents, look_at, offices
from tests.files.builders import PLAIN_TYPES, TYPES, a_document, a_packed_pdf, a_pdf, a_photo, a_sheet, a_zip

SCRIPT = b"<script>alert(1)</script>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg>"
HTML = b"<!DOCTYPE html><html><body onload='alert(1)'>Hello</body></html>"
TEMPLATE = (
    '<Relationships><Relationship Id=\'1\' Type="http://x/attachedTemplate" Target="http://evil/"'
    ' TargetMode="External"/></Relationships>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
LINK = (
    "<Relationships><Relationship Id='1' Type='http://x/hyperlink' Target='https://example.org/'"
    " TargetMode='External'/></Relationships>"
)
XMP = b"</rdf:Seq></dc:creator><pdf:Author>Ash Author</pdf:Author>"
SAYS_MORE = (b"Maker of phones", b"GPS", b"Exif\0\0I", b"Exif\0\0M", b"Ash Author", b"FEFF0041007300680020")


def _huge_png() -> bytes:
    """A small file that says it is a picture of 50 million dots."""
    written = io.BytesIO()
    Image.new("1", (8, 8)).save(written, "PNG")
    head = bytearray(written.getvalue())
    head[16:24] = (10_000).to_bytes(4, "big") + (5_000).to_bytes(4, "big")
    head[29:33] = zlib.crc32(bytes(head[12:29])).to_bytes(4, "big")
    return bytes(head)


def _far_too_huge_png() -> bytes:
    head = bytearray(_huge_png())
    head[16:24] = (60_000).to_bytes(4, "big") * 2
    head[29:33] = zlib.crc32(bytes(head[12:29])).to_bytes(4, "big")
    return bytes(head)


def _bomb() -> bytes:
    return a_document(word__media__a="0" * 40_000_000)


def _half_a_bomb() -> bytes:
    return a_sheet(xl__media__a="0" * 20_000_000)


def _lying_bomb() -> bytes:
    """A part that says it is small, and is not."""
    packed = bytearray(_bomb())
    for at, signature in ((22, b"PK\x03\x04"), (24, b"PK\x01\x02")):
        start = -1
        while (start := packed.find(signature, start + 1)) >= 0:
            if packed[start + at : start + at + 4] == (40_000_000).to_bytes(4, "little"):
                packed[start + at : start + at + 4] = (31_000_000).to_bytes(4, "little")
    return bytes(packed)


def _twice() -> bytes:
    return a_document(word__document2xml="x").replace(b"word/document2xml", b"word/document.xml")


def _packed_as(how: int) -> bytes:
    """A document packed in a way that no office program does."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", how) as packed:
        packed.writestr(TYPES, PLAIN_TYPES)
        packed.writestr("word/document.xml", "<w:document>Hello</w:document>")
    return written.getvalue()


def _leading_out(
    kind: str, attributes: str = "Id='1' TargetMode='External' Type='http://x/{}' Target='//evil/x'"
) -> bytes:
    ties = f"<Relationships><Relationship {attributes.format(kind)}/></Relationships>"
    return a_document(**{"word/_rels/document.xml.rels": ties})


def _odd_files() -> list[tuple[str, bytes, str]]:
    """What may not be kept, and the words that say so."""
    many = {f"word/{number}.xml": "x" for number in range(rules.MOST_PARTS)}
    return [
        ("page.html", HTML, NOT_OURS),
        ("page.pdf", HTML, NOT_OURS),
        ("words.txt", b"Hello\n" + SCRIPT, NOT_OURS),
        ("words.csv", b"a,b\n<iframe src=x>,1\n", NOT_OURS),
        ("page.xhtml", b"<?xml version='1.0'?><html/>", NOT_OURS),
        ("bom.txt", b"\xef\xbb\xbf" + HTML, NOT_OURS),
        ("a.svg", SVG, NOT_OURS),
        ("a.png", SVG, NOT_OURS),
        ("a.txt", b"\n\n  " + SVG, NOT_OURS),
        ("a.xml", b"<!DOCTYPE x [<!ENTITY y 'z'>]><x>&y;</x>", NOT_OURS),
        ("run.sh", b"#!/bin/sh\nrm -rf /\n", NOT_OURS),
        ("a.rtf", b"{\\rtf1 hello}", NOT_OURS),
        ("a.ps", b"%!PS-Adobe\nshowpage", NOT_OURS),
        ("a.exe", b"MZ\x90\0\x03", NOT_OURS),
        ("a.txt", b"MZ looks like a program", NOT_OURS),
        ("a.elf", b"\x7fELF\x02\x01\x01\0", NOT_OURS),
        ("a.txt", b"one\0two", NOT_OURS),
        ("a.txt", "Grüße".encode("latin-1"), NOT_OURS),
        ("a.txt", "Hello".encode("utf-16"), NOT_OURS),
        ("a.txt", b"words before\n" + a_pdf(), NOT_OURS),
        ("a.gif", b"GIF89a\x01\0\x01\0\0\0\0;", NOT_OURS),
        ("a.bmp", b"BM\x36\0\0\0\0\0", NOT_OURS),
        ("a.heic", b"\0\0\0\x18ftypheic", NOT_OURS),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, NOT_OURS),
        ("a.7z", b"7z\xbc\xaf\x27\x1c", NOT_OURS),
        ("a.gz", b"\x1f\x8b\x08\0", NOT_OURS),
        ("empty.pdf", b"", NOTHING_IN_IT),
        ("empty.txt", b" \n\t", NOTHING_IN_IT),
        ("large.txt", b"a" * (rules.MOST_BYTES + 1), TOO_LARGE),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj", BROKEN),
        ("polyglot.pdf", b"%PDF-1.7\n" + HTML + b"\n%%EOF", BROKEN),
        ("behind.pdf", a_pdf() + HTML, BROKEN),
        ("zip-behind.pdf", a_pdf() + a_zip({"a.txt": "x"}), BROKEN),
        ("script.pdf", a_pdf(b"<</S /JavaScript /JS (app.alert(1))>>"), MACROS),
        ("launch.pdf", a_pdf(b"<</S /Launch /F (cmd.exe)>>"), MACROS),
        ("within.pdf", a_pdf(b"<</Type /EmbeddedFile>>"), MACROS),
        ("signs.pdf", a_pdf(b"<</S /J#61vaScript>>"), MACROS),
        ("packed.pdf", a_packed_pdf(b"<</S /JavaScript>>"), MACROS),
        ("packed.pdf", a_packed_pdf(b"<</S /#4aavaScript>>", b"<</Type/Obj#53tm/Filter/FlateDecode>>"), MACROS),
        ("far.pdf", a_packed_pdf(b"x", b"<</Type/ObjStm/Filter/FlateDecode" + b" " * 5000 + b">>"), BROKEN),
        ("odd.pdf", a_pdf(b"1 0 obj<</Type/ObjStm/Filter/LZWDecode>>stream\n\x80\x0b\nendstream"), BROKEN),
        ("bomb.pdf", a_packed_pdf(b"0" * 32_000_000), BROKEN),
        ("locked.pdf", a_pdf(b"trailer<</Encrypt 9 0 R>>"), LOCKED),
        ("cut.jpg", b"\xff\xd8\xff\xe0" + b"0" * 200, BROKEN),
        ("cut.png", b"\x89PNG\r\n\x1a\n" + b"0" * 200, BROKEN),
        ("cut.webp", b"RIFF\0\0\0\0WEBPVP8 ", BROKEN),
        ("sound.wav", b"RIFF\0\0\0\0WAVEfmt ", BROKEN),
        ("50mp.png", _huge_png(), MANY_DOTS),
        ("bomb.png", _far_too_huge_png(), MANY_DOTS),
        ("a.zip", a_zip({"a.txt": "x"}), NOT_OURS),
        ("a.docx", a_zip({"word/document.xml": "x"}), NOT_OURS),
        ("a.docx", a_zip({TYPES: PLAIN_TYPES}), NOT_OURS),
        ("both.docx", a_document(xl__workbook__xml="x") and a_document(**{"xl/workbook.xml": "x"}), NOT_OURS),
        ("a.odt", a_zip({"mimetype": "application/vnd.oasis.opendocument.text"}), NOT_OURS),
        ("a.jar", a_zip({"META-INF/MANIFEST.MF": "x"}), NOT_OURS),
        ("cut.docx", a_document()[:-30], BROKEN),
        ("sealed.docx", a_document().replace(b"\x14\0\0\0\x08\0", b"\x14\0\x01\0\x08\0"), BROKEN),
        ("up.docx", a_document(**{"../../etc/passwd": "x"}), BROKEN),
        ("root.docx", a_document(**{"/etc/passwd": "x"}), BROKEN),
        ("twice.docx", _twice(), BROKEN),
        ("macro.docm", a_document(word__vbaProject="x") and a_document(**{"word/vbaProject.bin": "x"}), MACROS),
        ("macro.docx", a_document(**{"word/VBAPROJECT.BIN": "x"}), MACROS),
        ("macro.xlsm", a_sheet(**{"xl/vbaProject.bin": "x"}), MACROS),
        ("old.xlsx", a_sheet(**{"xl/macrosheets/sheet1.xml": "x"}), MACROS),
        ("active.docx", a_document(**{"word/activeX/activeX1.xml": "x"}), MACROS),
        ("ole.docx", a_document(**{"word/embeddings/oleObject1.bin": "x"}), MACROS),
        ("exe.docx", a_document(**{"word/run.exe": "x"}), MACROS),
        ("said.docx", a_document(**{"word/x.xml": "application/vnd.ms-word.document.macroEnabled"}), MACROS),
        ("field.docx", a_document(**{"word/x.xml": "<w:instrText>DDEAUTO cmd</w:instrText>"}), MACROS),
        ("link.xlsx", a_sheet(**{"xl/externalLinks/a.xml": "<ddeLink ddeService='cmd'/>"}), MACROS),
        ("laughs.docx", a_document(**{"word/x.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]>"}), MACROS),
        ("template.docx", a_document(**{"word/_rels/settings.xml.rels": TEMPLATE}), MACROS),
        ("bomb.docx", _bomb(), UNPACKS_TOO_LARGE),
        ("lying.docx", _lying_bomb(), UNPACKS_TOO_LARGE),
        ("parts.docx", a_document(**many), UNPACKS_TOO_LARGE),
        ("photo.docx", a_document(**{"word/media/a.png": b"\x89PNG no picture"}), BROKEN),
        ("photo.docx", a_document(**{"word/media/a.png": a_photo("PNG", (3100, 3000))}), BROKEN),
        ("lzma.docx", _packed_as(zipfile.ZIP_LZMA), BROKEN),
        ("bzip.docx", _packed_as(zipfile.ZIP_BZIP2), BROKEN),
        ("letters.docx", a_document(**{"word/x.xml": "<x>Hello</x>".encode("utf-16")}), BROKEN),
        ("letters.docx", a_document(**{"word/x.xml": "no words of a paper"}), BROKEN),
        ("ties.docx", a_document(**{"word/_rels/x.xml.rels": "<Relationships>"}), BROKEN),
        ("ties.docx", a_document(**{"word/_rels/x.xml.rels": "<a/>" + " " * 1_100_000}), UNPACKS_TOO_LARGE),
        ("beacon.docx", _leading_out("image"), MACROS),
        ("signs.docx", _leading_out("attached&#84;emplate"), MACROS),
        ("link.xlsx", _leading_out("externalLinkPath"), MACROS),
        ("cut.docx", a_document(**{"word/x.xml": "<w:p><w:instrText>D</w:instrText><w:instrText>&#68;E"}), MACROS),
        ("ole.docx", a_document(**{"word/embeddings/old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"}), MACROS),
        ("program.docx", a_document(**{"word/media/a.png": b"MZ\x90\0"}), MACROS),
        ("page.docx", a_document(**{"word/afchunk.mht": "MIME-Version: 1.0"}), MACROS),
        ("page.docx", a_document(**{"word/afchunk.dat": "<html>Hello</html>"}), MACROS),
        ("inside.docx", a_document(**{"word/embeddings/a.xlsx": a_sheet(**{"xl/vbaProject.bin": "x"})}), MACROS),
        ("deep.docx", a_document(**{"word/a.docx": a_document(**{"word/b.docx": a_document()})}), MACROS),
        ("bombs.docx", a_document(**{f"word/{number}.xlsx": _half_a_bomb() for number in range(2)}), UNPACKS_TOO_LARGE),
        ("zip.docx", a_document(**{"word/a.dat": a_zip({"a.txt": "x"})}), NOT_OURS),
        ("16mp.png", a_photo("PNG", (3100, 3000), says_where=False), MANY_DOTS),
    ]


def test_nothing_odd_is_taken_f30(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than sixty of them, each with kind words; the zip that lies about its size is caught while it unpacks."""
    found, odd = [], _odd_files()
    for name, content, words in odd:
        try:
            taken = look_at(content, name)
        except NotTaken as refusal:
            said = str(refusal)
            if said != words and not (name == "lying.docx" and said == BROKEN):
                found.append((name, said))
        else:
            found.append((name, f"taken as {taken.kind}"))
    assert (found, len(odd) >= 60) == ([], True)

    monkeypatch.setattr(offices.Room, "__init__", lambda room: setattr(room, "left", 3))
    with pytest.raises(NotTaken, match="far too large"):
        look_at(a_document(), "a.docx")


def test_what_is_taken_says_nothing_of_where_it_was_made_o6() -> None:
    """Every kind in each of its ways; what is kept is looked through for every mark that was put in."""
    photo, core = (
        a_photo(),
        b"<cp:coreProperties xmlns:cp='x/metadata/core-properties'><dc:creator>Ash Author</cp:coreProperties>",
    )
    comments = b'<w:comments><w:comment w:author="Ash Author" w:initials="AA"/></w:comments>'
    good = [
        ("a.pdf", a_pdf(), FileKind.PDF),
        ("scan.pdf", a_pdf(b"stream\n" + photo + b"\nendstream"), FileKind.PDF),
        ("by.pdf", a_pdf(b"1 0 obj<</Author(Ash Author \\(S\\))/Title(Ours)>>endobj"), FileKind.PDF),
        ("by.pdf", a_pdf(b"1 0 obj<</Author <FEFF0041007300680020004100>>>endobj"), FileKind.PDF),
        ("by.pdf", a_pdf(b"<?xpacket begin=''?><dc:creator><rdf:Seq><rdf:li>Ash Author</rdf:li>" + XMP), FileKind.PDF),
        ("packed.pdf", a_packed_pdf(b"<</Title(Ours)>>"), FileKind.PDF),
        ("plain.pdf", a_pdf(b"1 0 obj<</Type/ObjStm>>stream\n<</Title(Ours)>>\nendstream"), FileKind.PDF),
        ("a.jpg", photo, FileKind.PICTURE),
        ("a.jpg", a_photo(says_where=False), FileKind.PICTURE),
        ("a.png", a_photo("PNG"), FileKind.PICTURE),
        ("a.webp", a_photo("WEBP"), FileKind.PICTURE),
        ("names.png", photo, FileKind.PICTURE),
        ("tail.jpg", photo + HTML, FileKind.PICTURE),
        (
            "a.docx",
            a_document(
                **{
                    "docProps/core.xml": core,
                    "word/comments.xml": comments,
                    "word/media/image1.jpg": photo,
                    "word/media/image2.png": a_photo("PNG"),
                    "word/media/image3.png": a_photo("PNG", says_where=False),
                    "word/media/image4.svg": SVG,
                    "word/media/image5.tiff": a_photo("TIFF"),
                    "word/fontTable.bin": b"\0\1",
                }
            ),
            FileKind.DOCUMENT,
        ),
        ("a.xlsx", a_sheet(**{"xl/comments1.xml": "<author>Ash Author</author>"}), FileKind.SHEET),
        (
            "b.docx",
            a_document(
                **{
                    "package/metadata/1.psmdcp": core,
                    "word/people.xml": "<w15:people><w15:person w15:author = 'Ash Author'/></w15:people>",
                    "word/media/image1.dat": photo,
                    "word/media/image2.dat": SVG,
                    "word/embeddings/a.xlsx": a_sheet(**{"docProps/core.xml": core, "xl/media/a.jpg": photo}),
                    "word/_rels/a.xml.rels": LINK,
                    "customXml/item1.xml": "<p:properties><pc:DisplayName>Ash Author</pc:DisplayName></p:properties>",
                    "docProps/app.xml": f"<Properties xmlns='{OFFICE}/extended-properties'>Ash Author</Properties>",
                    "docProps/custom.xml": f"<Properties xmlns='{OFFICE}/custom-properties'>Ash Author</Properties>",
                }
            ),
            FileKind.DOCUMENT,
        ),
        (
            "b.xlsx",
            a_sheet(
                **{
                    "xl/persons/person.xml": "<personList><person displayName='Ash Author' id='1'/></personList>",
                    "xl/x.xml": '<workbook><fileSharing userName="Ash Author"/></workbook>',
                    "xl/y.xml": '<workbook><x15ac:absPath url="C:\\Users\\Ash Author\\"/></workbook>',
                }
            ),
            FileKind.SHEET,
        ),
        ("a.txt", b"\xef\xbb\xbfHello, 3 < 4.\n", FileKind.TEXT),
        ("a.csv", "year,number\n2024,12\nGrüße,1\n".encode(), FileKind.TEXT),
    ]
    found = []
    for name, content, kind in good:
        taken = look_at(content, name)
        kept = _every_byte(taken.content)
        marks = [mark for mark in (*SAYS_MORE, b"onload", b"\xef\xbb\xbf") if mark in kept]
        if taken.kind != kind or marks:
            found.append((name, taken.kind, marks))
    assert found == []


def _every_byte(content: bytes) -> bytes:
    """What is kept, and what is packed inside it."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return b"".join(_every_byte(opened.read(name)) for name in opened.namelist())


def test_scan_in_a_pdf_keeps_its_length_and_its_picture() -> None:
    photo = a_photo()
    whole = a_pdf(b"stream\n" + photo + b"\nendstream")
    kept = look_at(whole, "a.pdf").content
    assert (len(kept), kept.count(b"Maker of phones")) == (len(whole), 0)
    start = kept.index(b"\xff\xd8\xff")
    assert Image.open(io.BytesIO(kept[start : start + len(photo)])).size == (400, 300)
    cut = a_pdf(b"\xff\xe1\xff\xffExif\0\0I cut short")
    assert b"cut short" not in look_at(cut, "a.pdf").content


def test_writer_of_a_pdf_is_blanked_and_nothing_else_moves() -> None:
    """Its table of contents counts bytes."""
    whole = a_pdf(b"1 0 obj<</Author(Ash)/Title(Ours)>><dc:creator><rdf:li>Ash</rdf:li></dc:creator>")
    kept = look_at(whole, "a.pdf").content
    assert kept == a_pdf(b"1 0 obj<</Author(   )/Title(Ours)>><dc:creator><rdf:li>   </rdf:li></dc:creator>")


def test_what_grows_when_it_is_made_anew_is_too_large_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_BYTES", 20)
    assert look_at(b"Hello", "a.txt").content == b"Hello"
    monkeypatch.setattr(contents, "_made", lambda upload: (FileKind.TEXT, b"a" * 21))
    with pytest.raises(NotTaken, match="too large"):
        look_at(b"Hello", "a.txt")
