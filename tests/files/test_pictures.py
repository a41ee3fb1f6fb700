"""Pictures of receipts are told by their content and made anew (O6, F30)."""

import io

import pytest
from PIL import Image

from coprod.files.services import pictures
from coprod.files.services.pictures import MOST_BYTES_IN, MOST_BYTES_KEPT, NotAPicture, made_anew


def a_picture(kind="JPEG", size=(400, 300), mode="RGB", color="red", **more):
    written = io.BytesIO()
    Image.new(mode, size, color).save(written, kind, **more)
    return written


def again(written):
    written.seek(0)
    return Image.open(io.BytesIO(made_anew(written)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_of_a_known_kind_becomes_a_plain_jpeg(kind):
    made = again(a_picture(kind))
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (400, 300))


def test_where_and_when_it_was_taken_is_gone_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker of phones"
    exif.get_ifd(0x8825)[1] = "N"
    written = a_picture(exif=exif, comment=b"taken at home")
    assert b"Maker of phones" in written.getvalue()
    made = made_anew(io.BytesIO(written.getvalue()))
    assert not any(words in made for words in (b"Maker of phones", b"taken at home", b"Exif"))
    assert Image.open(io.BytesIO(made)).size == (300, 400)


def test_large_photo_of_a_phone_that_holds_more_than_one_picture_is_drawn_anew_o6():
    """MPO: a JPEG with another behind it; both say where they were taken."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker of phones"
    exif.get_ifd(0x8825)[1] = "N"
    behind, written = Image.new("RGB", (400, 300), "blue"), io.BytesIO()
    behind.save(written, "JPEG", exif=exif)
    behind = Image.open(written)
    photo = a_picture("MPO", (5000, 4000), save_all=True, append_images=[behind], exif=exif)
    assert (Image.open(photo).format, photo.getvalue().count(b"Maker of phones")) == ("MPO", 2)
    made = made_anew(io.BytesIO(photo.getvalue()))
    assert not any(words in made for words in (b"Maker of phones", b"Exif", b"MPF"))
    drawn = Image.open(io.BytesIO(made))
    assert (drawn.format, drawn.size, getattr(drawn, "n_frames", 1)) == ("JPEG", (1280, 1600), 1)
    red, _, blue = drawn.getpixel((5, 5))
    assert red > 200 > 50 > blue


def test_picture_one_can_see_through_lies_on_white():
    made = again(a_picture("PNG", mode="RGBA", color=(255, 0, 0, 0)))
    assert made.getpixel((5, 5)) == (255, 255, 255)


def test_large_picture_is_made_small_enough():
    noise = Image.effect_noise((3000, 3000), 120).convert("RGB")
    written = io.BytesIO()
    noise.save(written, "JPEG", quality=60)
    made = made_anew(io.BytesIO(written.getvalue()))
    assert len(made) <= MOST_BYTES_KEPT
    assert max(Image.open(io.BytesIO(made)).size) <= 1600


@pytest.mark.parametrize(
    "held",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7",
        b"PK\x03\x04" + b"0" * 200,
        b"\xff\xd8\xff\xe0" + b"0" * 200,
        b"\x89PNG\r\n\x1a\n" + b"0" * 200,
        a_picture("GIF").getvalue(),
        a_picture("PNG").getvalue()[:60],
    ],
)
def test_what_is_no_picture_of_ours_is_not_taken(held):
    with pytest.raises(NotAPicture):
        made_anew(io.BytesIO(held))


def test_file_that_is_too_large_is_not_even_looked_at():
    with pytest.raises(NotAPicture):
        made_anew(io.BytesIO(b"\xff\xd8" + b"0" * MOST_BYTES_IN))


def test_picture_with_more_dots_than_memory_is_not_drawn():
    """A small file can say that it is huge."""
    with pytest.raises(NotAPicture):
        made_anew(io.BytesIO(a_picture("PNG", (5000, 4000), "1", 0).getvalue()))
    with pytest.raises(NotAPicture):
        made_anew(io.BytesIO(a_picture("PNG", (12000, 12000), "1", 0).getvalue()))


def test_jpeg_that_tells_its_dots_in_turns_has_less_room(monkeypatch):
    """F30: all of it is held until the last turn."""
    monkeypatch.setattr(pictures, "MOST_DOTS_IN_TURNS", 100_000)
    made_anew(io.BytesIO(a_picture().getvalue()))
    in_turns = a_picture(progressive=True).getvalue()
    colour_after_colour = a_picture(qtables="web_high").getvalue()
    scan = colour_after_colour.index(b"\xff\xda")
    for held in (in_turns, colour_after_colour[: scan + 4] + b"\1" + colour_after_colour[scan + 5 :]):
        with pytest.raises(pictures.TooManyDots):
            made_anew(io.BytesIO(held))


def test_picture_that_stays_large_is_drawn_at_half_its_size(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_BYTES_KEPT", 10)
    made = again(a_picture(size=(1600, 1600)))
    assert made.size == (800, 800)
