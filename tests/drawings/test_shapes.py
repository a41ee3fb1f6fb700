from itertools import pairwise

from coprod.drawings.shapes import (
    Box,
    Cased,
    Circle,
    Layer,
    Path,
    Picture,
    Word,
    filled,
    height_on_curve,
    polyline,
    short,
    value_words,
    wrap,
)


def test_short_keeps_one_decimal_and_no_needless_zero():
    assert [short(n) for n in (3, 3.04, 3.05, -0.01, 12.96)] == ["3", "3", "3", "0", "13"]
    assert short(3.14) == "3.1"


def test_value_words_read_like_numbers():
    assert [value_words(n) for n in (62, 60.64, 4200, -0.02)] == ["62", "60.6", "4,200", "0"]


def test_polyline_writes_path_data():
    assert polyline([(0, 1), (2.5, 3)]) == "M0 1L2.5 3"


def test_curve_starts_and_ends_at_its_points_and_never_turns_back():
    heights = [height_on_curve((0, 100), (10, 20), x) for x in (-5, 0, 2, 5, 8, 10, 15)]

    assert [round(height) for height in (heights[0], heights[1], heights[3], heights[5], heights[6])] == [
        100,
        100,
        60,
        20,
        20,
    ]
    assert all(before >= after for before, after in pairwise(heights))


def test_wrap_breaks_at_words_and_says_when_more_follows():
    assert wrap("", 10, 2) == ()
    assert wrap("one two three", 7, 3) == ("one two", "three")
    assert wrap("one two, three four", 8, 1) == ("one two…",)


def test_filled_leaves_out_empty_layers():
    assert filled([("a", []), ("b", [Path("M0 0")])]) == (Layer("b", (Path("M0 0"),)),)


def test_picture_prints_every_shape_and_escapes_words(macro, parse):
    shapes = (
        Path("M0 0h4"),
        Cased("x-line", "M0 0h9", "thread-gold"),
        Circle((1, 2), 3.25),
        Box((1, 2), 3, 4, 5),
        Word((1, 2), "<b>&", "start"),
    )
    picture = Picture("x", "panorama", 10.5, 20, "A <title>", "Its & story", (Layer("", shapes), Layer("named", ())))
    root = parse(str(macro("picture")(picture)))

    assert root.attrib == {
        "class": "panorama",
        "viewBox": "0 0 10.5 20",
        "role": "img",
        "aria-labelledby": "x-title x-desc",
    }
    assert [child.text for child in root if child.tag in ("title", "desc")] == ["A <title>", "Its & story"]
    assert [element.attrib for element in root.iter("use")] == [
        {"class": "thread-gold-edge", "href": "#x-line"},
        {"class": "thread-gold", "href": "#x-line"},
    ]
    assert [(text.text, text.attrib) for text in root.iter("text")] == [
        ("<b>&", {"x": "1", "y": "2", "class": "start"})
    ]
    assert picture.shapes("named") == ()


def test_picture_without_a_name_is_hidden_from_readers(macro, parse):
    printed = str(macro("picture")(Picture("x", "rail-strand", 1, 1, "", "", stretched=True)))

    assert parse(printed).attrib == {
        "class": "rail-strand",
        "viewBox": "0 0 1 1",
        "preserveAspectRatio": "none",
        "aria-hidden": "true",
        "focusable": "false",
    }
