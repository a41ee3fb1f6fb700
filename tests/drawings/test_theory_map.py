"""How change is thought to happen is drawn in columns, without boxes or beads on top of each other."""

import itertools
import math
import random

from coprod.drawings import theory_map
from coprod.drawings.theory_map import Bead, Box, Column, Line, TheoryFacts, Tone, draw_theory, rows_of

COLUMNS = tuple(Column(heading, aim=heading == "For") for heading in ("In", "Do", "Out", "Changes", "For"))
WORDS = ("Parents’ time and knowledge", "A map of the system, made by parents", "Streams of ten weeks")


def facts(boxes, lines) -> TheoryFacts:
    return TheoryFacts("k", "How change happens", COLUMNS, tuple(boxes), tuple(lines))


def a_large_one() -> TheoryFacts:
    """Sixty parts and a hundred arrows, most of them to the next column and near, as groups draw them."""
    dice, counts = random.Random(7), (14, 16, 14, 12, 4)
    boxes = [
        Box(
            f"{column}-{n}",
            column,
            f"{dice.choice(WORDS)} {n}",
            dice.choice(list(Tone)),
            dice.choice(("", "Got better")),
        )
        for column, count in enumerate(counts)
        for n in range(count)
    ]
    pairs = set()
    while len(pairs) < 100:
        one = dice.randrange(4)
        other = one + 1 if dice.random() < 0.92 else min(4, one + 2)
        start = dice.randrange(counts[one])
        end = int(max(0, min(counts[other] - 1, start / counts[one] * counts[other] + dice.gauss(0, 1.3))))
        pairs.add((f"{one}-{start}", f"{other}-{end}"))
    lines = [Line(*pair, number, dice.choice(list(Bead))) for number, pair in enumerate(sorted(pairs), 1)]
    return facts(boxes, lines)


def shapes(picture, kind, key=False):
    layers = [layer for layer in picture.layers if ("theory-key" in layer.css) == key]
    return [shape for layer in layers for shape in layer.shapes if shape.kind == kind]


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw_theory(facts([], [])) is None


def test_a_hundred_arrows_between_sixty_parts_are_no_mess() -> None:
    picture = draw_theory(a_large_one())
    assert picture is not None
    boxes, beads = shapes(picture, "box"), shapes(picture, "circle")
    assert (len(boxes), len(beads)) == (60, 100)
    assert len({box.at[0] for box in boxes}) == 5
    for one, other in itertools.combinations(boxes, 2):
        apart = abs(one.at[0] - other.at[0]) >= one.width or (
            one.at[1] + one.height <= other.at[1] or other.at[1] + other.height <= one.at[1]
        )
        assert apart
    touching = [
        pair for pair in itertools.combinations(beads, 2) if math.dist(pair[0].at, pair[1].at) < 2 * theory_map.BEAD
    ]
    assert len(touching) <= 3
    for bead, box in itertools.product(beads, boxes):
        inside = box.at[0] < bead.at[0] < box.at[0] + box.width and box.at[1] < bead.at[1] < box.at[1] + box.height
        assert not inside
    for shape in (*boxes, *beads):
        assert 0 <= shape.at[0] <= picture.width
        assert 0 <= shape.at[1] <= picture.height


def test_columns_stand_in_their_order_whatever_is_missing() -> None:
    boxes = [Box("b", 3, "Later", Tone.BETTER, "Got better"), Box("a", 0, "Sooner")]
    picture = draw_theory(facts(boxes, [Line("a", "b", 7, Bead.FIRM)]))
    assert picture is not None
    words = {word.text: word.at for word in shapes(picture, "word")}
    assert words["In"][0] < words["Changes"][0]
    assert words["Sooner"][0] < words["7"][0] < words["Later"][0]
    assert "Out" not in words
    assert (
        picture.desc == "In: 1. Do: 0. Out: 0. Changes: 1. For: 0. 1 line joins them. The list says all of it in words."
    )
    assert {"theory-box theory-better", "theory-box theory-unknown", "theory-bead theory-bead-firm"} <= {
        layer.css for layer in picture.layers
    }


def test_plain_lines_have_no_tips_and_no_beads() -> None:
    picture = draw_theory(facts([Box("a", 0, "One"), Box("b", 1, "Two")], [Line("a", "b")]))
    assert picture is not None
    assert not shapes(picture, "circle")
    assert "theory-tip" not in {layer.css for layer in picture.layers}


def test_words_are_never_read_as_markup_and_never_cut() -> None:
    typed = '<b>"\\N" & {|} Donaudampfschifffahrtsgesellschaft'
    assert "".join(rows_of(typed)).replace("-", "").replace(" ", "") == typed.replace(" ", "")
    assert max(len(row) for row in rows_of(typed)) <= theory_map.LETTERS
    picture = draw_theory(facts([Box("a", 0, typed)], []))
    assert picture is not None
    assert [word.text for word in shapes(picture, "word")] == ["In", *rows_of(typed)]


def test_a_bead_with_no_free_place_takes_the_one_with_most_room() -> None:
    lines = [Line("a", "b", number) for number in range(1, 30)]
    picture = draw_theory(facts([Box("a", 0, "One"), Box("b", 1, "Two")], lines))
    assert picture is not None
    assert len(shapes(picture, "circle")) == 29


def test_neighbouring_columns_of_one_heading_share_it_and_the_key_names_the_looks_that_are_there() -> None:
    columns = (Column("Do"), Column("Do"), Column("For", aim=True))
    boxes = (Box("a", 0, "One"), Box("b", 1, "Two", Tone.WORSE, "Got worse"), Box("c", 2, "Three"))
    lines = (Line("a", "b", 1, Bead.FIRM), Line("b", "c", 2, Bead.BROKEN))
    picture = draw_theory(TheoryFacts("k", "How", columns, boxes, lines))
    assert picture is not None
    (headings,) = [layer for layer in picture.layers if layer.css == "theory-heading"]
    assert [word.text for word in headings.shapes] == ["Do", "For"]
    assert len(picture.shapes("theory-rule")) == 2
    assert picture.desc.startswith("Do: 2. For: 1. 2 lines")
    named = shapes(picture, "word", key=True)
    assert [word.text for word in named] == [
        "Got worse, or better and worse",
        "Not measured, or too early to tell",
        "It holds",
        "Does not hold",
    ]
    assert named[-1].at[1] > named[0].at[1]
    assert max(word.at[1] for word in named) < picture.height


def test_places_are_found_once_for_the_same_boxes_and_lines() -> None:
    boxes, lines = [Box("a", 0, "One"), Box("b", 1, "Two")], [Line("a", "b", 1)]
    before = theory_map._found.cache_info().hits
    assert draw_theory(facts(boxes, lines)) == draw_theory(facts(boxes, lines))
    assert theory_map._found.cache_info().hits > before
