from itertools import pairwise

from coprod.drawings.ten_weeks import TenWeeksFacts, Week, WeekState, draw_ten_weeks, half_gaps, phases

HELD, NEXT, TO_COME, SKIPPED = WeekState.HELD, WeekState.NEXT, WeekState.TO_COME, WeekState.SKIPPED
WEEKS = (
    Week("7 Oct", HELD, 1, "Understand"),
    Week("14 Oct", HELD, 2, "Understand"),
    Week("Half term", SKIPPED),
    Week("4 Nov", HELD, 3, "Explore", "Agreement review"),
    Week("Tomorrow", NEXT, 4, "Explore", "Vote open"),
    Week("25 Nov", TO_COME, 5, "Decide"),
)
FACTS = TenWeeksFacts("six", "Ten weeks", WEEKS)


def test_strands_draw_nearer_with_every_session_but_not_by_a_skipped_week():
    gaps = half_gaps(WEEKS)

    assert gaps[2] == gaps[1]
    assert all(before > after for before, after in pairwise(gaps[:2] + gaps[3:]))
    assert (gaps[0], gaps[-1]) == (48, 12)


def test_phases_reach_from_their_first_to_their_last_week():
    assert list(phases(WEEKS)) == [("Understand", 0, 1), ("Explore", 3, 4), ("Decide", 5, 5)]
    assert list(phases(())) == []


def test_both_pictures_draw_every_week_by_what_became_of_it():
    drawn = draw_ten_weeks(FACTS)

    for picture in (drawn.wide, drawn.tall):
        assert len(picture.shapes("thread-stitch")) == 3
        assert len(picture.shapes("thread-stitch-tocome")) == 1
        assert len(picture.shapes("weeks-hatch")) == 1
        assert [word.text for word in picture.shapes("weeks-disc-number")] == ["4"]
        assert [word.text for word in picture.shapes("weeks-phase")] == ["Understand", "Explore", "Decide"]
        assert len(picture.shapes("thread-frame")) == 1
    assert len(drawn.wide.shapes("weeks-bracket")) == 3


def test_notes_break_into_short_lines_when_lying_and_make_room_when_upright():
    drawn = draw_ten_weeks(FACTS)
    bare = draw_ten_weeks(TenWeeksFacts("bare", "Ten weeks", tuple(Week(week.label, HELD, 1) for week in WEEKS)))

    assert [word.text for word in drawn.wide.shapes("weeks-note")] == ["Agreement", "review", "Vote open"]
    assert [word.text for word in drawn.tall.shapes("weeks-note start")] == ["Agreement review", "Vote open"]
    assert drawn.tall.height > bare.tall.height


def test_story_says_every_week():
    assert draw_ten_weeks(FACTS).wide.desc == (
        "Session 1, 7 Oct: held, Understand. Session 2, 14 Oct: held, Understand. Half term: skipped. "
        "Session 3, 4 Nov: held, Explore, Agreement review. Session 4, Tomorrow: next, Explore, Vote open. "
        "Session 5, 25 Nov: to come, Decide. Then: To steering."
    )


def test_cycle_without_weeks_or_with_one_is_drawn():
    assert draw_ten_weeks(TenWeeksFacts("none", "Ten weeks", ())).wide.shapes("thread-lived")
    assert half_gaps((Week("7 Oct", NEXT),)) == (48,)


def test_macro_prints_both_pictures_valid_and_light(macro, parse):
    printed = str(macro("ten_weeks")(draw_ten_weeks(FACTS)))

    assert [svg.get("class") for svg in parse(printed)] == ["weeks-wide", "weeks-tall"]
    assert "style=" not in printed
    assert len(printed.encode()) < 12_000
