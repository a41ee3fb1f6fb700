from coprod.drawings.shapes import Box, Circle, Path
from coprod.drawings.standing import IN_A_ROW, ROW, StandingFacts, StandingRow, draw_standing, story

KINDS = ("waiting", "back", "no", "later", "yes", "done", "tried", "kept", "stopped")


def facts(*rows: StandingRow) -> StandingFacts:
    return StandingFacts("t", "Where it stands", rows)


def test_each_thing_is_a_mark_with_its_number_in_the_row_of_its_place():
    drawn = draw_standing(facts(StandingRow("yes", "Yes", (2, 7)), StandingRow("no", "No", (3,))))
    words = [(word.text, word.at[1]) for word in drawn.shapes("standing-number")]
    assert words == [("2", words[0][1]), ("7", words[0][1]), ("3", words[0][1] + ROW)]
    assert [word.text for word in drawn.shapes("standing-count")] == ["2", "1"]
    assert len(drawn.shapes("standing-mark standing-yes")) == 2


def test_places_are_told_apart_by_shape_and_word_never_by_colour_alone():
    seen = {}
    for kind in KINDS:
        drawn = draw_standing(facts(StandingRow(kind, kind, (1,))))
        (mark,) = drawn.shapes(f"standing-mark standing-{kind}")
        bars = len(drawn.shapes(f"standing-bar standing-{kind}"))
        rounded = getattr(mark, "radius", 0)
        dashed = kind in ("waiting", "back", "later")
        seen[kind] = (type(mark), rounded if isinstance(mark, Box) else 0, bars, dashed)
    alike = [(a, b) for a in seen for b in seen if a < b and seen[a] == seen[b]]
    assert alike == [("later", "waiting")]  # these two differ in their fill as well as their word
    assert {kind: mark[0] for kind, mark in seen.items()} == {
        **dict.fromkeys(("waiting", "later", "yes", "done"), Circle),
        **dict.fromkeys(("back", "no", "tried"), Box),
        **dict.fromkeys(("kept", "stopped"), Path),
    }


def test_row_that_is_full_goes_on_below():
    one = draw_standing(facts(StandingRow("yes", "Yes", tuple(range(IN_A_ROW)))))
    two = draw_standing(facts(StandingRow("yes", "Yes", tuple(range(IN_A_ROW + 1)))))
    assert (one.height, two.height) == (ROW, 2 * ROW)


def test_picture_says_in_words_what_it_shows(macro):
    of_all = facts(StandingRow("yes", "Yes", (2, 7)), StandingRow("no", "No", ()))
    assert story(of_all) == "Yes: 2, 7. No: none."
    printed = str(macro("picture")(draw_standing(of_all)))
    assert "Yes: 2, 7. No: none." in printed
    assert "style=" not in printed
