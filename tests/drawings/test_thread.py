import re
from dataclasses import replace
from itertools import pairwise

import pytest

from coprod.drawings.shapes import Word
from coprod.drawings.thread import Decided, Evidence, Place, Reply, Round, Station, Stitch, ThreadFacts
from coprod.drawings.thread_panorama import draw_thread_panorama
from coprod.drawings.thread_places import half_gap, loop_places, stitch_places
from coprod.drawings.thread_rail import draw_thread_rail
from coprod.drawings.thread_story import last_reached, reached, shown_stations, story

STATIONS = tuple(Station(place, place.value.title(), "A few words", "March 2022") for place in Place)
WHOLE = ThreadFacts(
    key="three",
    title="One named midwife",
    stations=STATIONS,
    priority=4,
    evidence=tuple(Evidence),
    sessions=(Stitch.HELD,) * 3 + (Stitch.SKIPPED,) + (Stitch.HELD,) * 6 + (Stitch.TO_COME,),
    versions=3,
    rounds=(Round.NOT_AGREED, Round.AGREED),
    decision=Decided.WITH_CHANGES,
    actions=(True, True, False),
    cycles=(True, True, False),
    outcome=(48, 52, 50, 62),
    reply=Reply("23 December 2022", 6),
)
NOTHING = ThreadFacts(key="new", title="A new idea", stations=STATIONS)
DECIDED = replace(WHOLE, actions=(), cycles=(), outcome=())
VOTING = replace(DECIDED, decision=Decided.NOTHING_YET, reply=None)
UNJOINED = replace(WHOLE, rounds=(Round.NOT_AGREED,), agreement_missing=True)


def picture(facts):
    return draw_thread_panorama(facts).picture


def ends_of(path) -> float:
    """How far along a strand reaches."""
    return float(re.findall(r"H(-?[\d.]+)$", path.d)[0])


def test_strands_draw_nearer_with_every_session():
    places = stitch_places(WHOLE.sessions)
    held = [x for x, state in zip(places, WHOLE.sessions, strict=True) if state is not Stitch.SKIPPED]
    gaps = [half_gap(WHOLE, x) for x in held]

    assert all(before > after for before, after in pairwise(gaps))


def test_strands_stay_apart_without_a_session():
    assert half_gap(NOTHING, 400) == half_gap(NOTHING, 0) == 96


def test_skipped_week_leaves_a_wider_gap():
    stitches = [shape.d for shape in picture(WHOLE).shapes("thread-stitch")]
    tops = [float(d[1:].split()[0]) for d in stitches]
    steps = [after - before for before, after in pairwise(tops)]

    assert len(stitches) == 9
    assert len(picture(WHOLE).shapes("thread-stitch-tocome")) == 1
    assert steps[2] == pytest.approx(2 * steps[0], abs=0.2)


def test_many_weeks_still_fit_before_the_pages():
    assert max(stitch_places((Stitch.HELD,) * 30)) < 400


def test_agreed_vote_draws_cloth_and_an_earlier_round_a_frame_with_a_bar():
    drawn = picture(WHOLE)

    assert len(drawn.shapes("thread-cloth-lived")) == len(drawn.shapes("thread-cloth-professional")) == 8
    assert len(drawn.shapes("thread-frame")) == len(drawn.shapes("thread-bar")) == 1


def test_open_vote_draws_a_frame_without_a_bar_and_no_gold():
    drawn = picture(replace(VOTING, rounds=(Round.NOT_AGREED, Round.OPEN)))

    assert len(drawn.shapes("thread-frame")) == 2
    assert len(drawn.shapes("thread-bar")) == 1
    assert drawn.shapes("thread-cloth-lived") == drawn.shapes("thread-main") == ()


def test_missing_agreement_keeps_the_strand_apart_to_the_end_and_says_so():
    (lived,) = picture(UNJOINED).shapes("thread-lived")
    (joined,) = picture(WHOLE).shapes("thread-lived")

    assert ends_of(lived) > 1128 > ends_of(joined)
    assert "Sent without an agreed result" in [word.text for word in picture(UNJOINED).shapes("thread-name-lived")]
    assert "It was sent without an agreed result." in picture(UNJOINED).desc


def test_missing_agreement_ends_beside_the_hem():
    stopped = replace(UNJOINED, actions=(), cycles=(), outcome=(), ended=True)

    assert ends_of(picture(stopped).shapes("thread-lived")[0]) == 700


def test_no_is_a_hem_with_its_reason_and_nothing_after():
    facts = replace(DECIDED, decision=Decided.NO, ended_because="The court sets these days")
    drawn = picture(facts)

    assert len(drawn.shapes("thread-hem")) == 1
    assert drawn.shapes("thread-disc") == drawn.shapes("thread-dots") == drawn.shapes("thread-tocome") == ()
    assert "The court sets these days" in [word.text for word in drawn.shapes("thread-note")]
    assert Place.ACTIONS not in {station.place for station in draw_thread_panorama(facts).stations}
    assert "It ends here: The court sets these days." in drawn.desc


@pytest.mark.parametrize("cycles", [(), (True,)])
def test_stopped_thread_ends_in_a_hem_where_it_has_come_to(cycles):
    drawn = picture(replace(WHOLE, cycles=cycles, outcome=(), ended=True))

    assert len(drawn.shapes("thread-hem")) == 1
    assert drawn.shapes("thread-dots") == ()
    assert drawn.desc.endswith("It ends here.")


def test_not_now_waits_in_dots_to_its_date():
    drawn = picture(replace(DECIDED, decision=Decided.NOT_NOW, look_again="14 May 2026"))

    assert len(drawn.shapes("thread-dots")) == len(drawn.shapes("thread-tocome")) == 1
    assert "Look again 14 May 2026" in [word.text for word in drawn.shapes("thread-note")]
    assert "they look again 14 May 2026" in drawn.desc


def test_not_now_without_a_date_still_waits():
    drawn = picture(replace(DECIDED, decision=Decided.NOT_NOW, reply=None))

    assert len(drawn.shapes("thread-dots")) == 1
    assert drawn.shapes("thread-note") == ()


def test_each_decision_but_no_has_a_sign_of_its_own():
    signs = {
        kind: picture(replace(DECIDED, decision=kind)).shapes("thread-sign")
        for kind in (Decided.YES, Decided.NOT_NOW, Decided.REFERRED_BACK)
    }

    assert len({shapes[0].d for shapes in signs.values()}) == 3
    assert picture(DECIDED).shapes("thread-sign") == signs[Decided.YES]


def test_stations_not_reached_are_rings_on_dots():
    drawn = picture(VOTING)

    assert len(drawn.shapes("thread-tocome")) == 4
    assert len(drawn.shapes("thread-dots")) == 1


def test_new_idea_is_two_strands_and_dots():
    drawn = picture(NOTHING)

    assert len(drawn.shapes("thread-tocome")) == 9
    assert len(drawn.shapes("thread-lived")) == 1
    assert drawn.shapes("thread-stitch") == drawn.shapes("thread-main") == ()
    assert drawn.desc == ""


def test_evidence_without_sessions_leaves_the_strands_apart():
    drawn = picture(replace(NOTHING, priority=2, evidence=(Evidence.STORIES, Evidence.STORIES)))

    assert ends_of(drawn.shapes("thread-lived")[0]) == 180
    assert [shape.kind for shape in drawn.shapes("thread-evidence")] == ["circle"]


def test_sessions_alone_end_the_strands_before_the_pages():
    drawn = picture(replace(NOTHING, sessions=(Stitch.HELD, Stitch.TO_COME)))

    assert drawn.shapes("thread-lived")[0].d.count("L") > 20


def test_reply_is_a_dashed_arc_with_its_date_and_absent_until_sent():
    drawn = picture(WHOLE)

    assert len(drawn.shapes("thread-reply")) == 1
    assert drawn.shapes("thread-note")[0].text == "Answer back to the group: 23 December 2022, 6 working days"
    assert picture(replace(WHOLE, reply=None)).shapes("thread-reply") == ()
    assert "1 working day." in story(replace(WHOLE, reply=Reply("16 December 2022", 1)))


def test_thread_becomes_the_line_on_the_chart():
    (line,) = picture(WHOLE).shapes("thread-data")

    assert line.d.count("L") == len(WHOLE.outcome)
    assert len(picture(WHOLE).shapes("thread-end")) == 1


def test_outcome_of_one_reading_without_a_pilot_is_drawn():
    drawn = picture(replace(DECIDED, outcome=(50,)))

    assert len(drawn.shapes("thread-data")) == 1
    assert drawn.shapes("thread-loop") == ()


def test_only_the_newest_versions_and_first_actions_are_drawn():
    drawn = picture(replace(WHOLE, versions=7, actions=(True, *[False] * 8)))

    assert [word.text for word in drawn.shapes("thread-page-number")] == ["5", "6", "7"]
    assert len(drawn.shapes("thread-done")) == 1
    assert len(drawn.shapes("thread-open")) == 3
    assert drawn.shapes("thread-more")[0].text == "+5"


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_loops_climb_and_grow_and_fit(count):
    places = loop_places(count)

    assert all(b[0] > a[0] and b[1] < a[1] and b[2] > a[2] for a, b in pairwise(places))
    assert places[-1][0] + places[-1][2] <= 1002


def test_many_cycles_show_the_last_five():
    drawn = picture(replace(WHOLE, cycles=(True,) * 7))

    assert [word.text for word in drawn.shapes("thread-number")] == ["4", "3", "4", "5", "6", "7"]


def test_story_tells_every_station_once():
    assert story(WHOLE) == (
        "Priority 4. Evidence: data, practice elsewhere, stories. Sessions: 9 held, 1 to come, 1 skipped. "
        "3 versions. Vote: round 1 not agreed, round 2 agreed. Decision: yes, with changes. "
        "Actions: 2 done, 1 open. 3 test cycles, 2 closed. 4 readings of the outcome. "
        "The group had its answer on 23 December 2022, 6 working days."
    )
    assert "1 version." in story(replace(WHOLE, versions=1))


def test_reached_names_what_there_is():
    assert reached(NOTHING) == frozenset()
    assert last_reached(NOTHING) is None
    assert last_reached(WHOLE) is Place.OUTCOME
    assert last_reached(VOTING) is Place.VOTE


def test_stations_come_in_their_order_and_end_where_the_thread_ends():
    shuffled = replace(WHOLE, stations=STATIONS[::-1])
    places = [station.place for station in shown_stations(shuffled)]

    assert places == list(Place)
    later = replace(DECIDED, decision=Decided.NOT_NOW)
    assert [station.place for station in shown_stations(later)][-2:] == [Place.DECISION, Place.NEXT]


def test_panorama_prints_a_valid_picture_and_a_link_to_each_station(macro, parse):
    stations = (replace(STATIONS[0], href="/priorities"), replace(STATIONS[1], words=""), *STATIONS[2:])
    panorama = draw_thread_panorama(replace(WHOLE, stations=stations))
    printed = str(macro("thread_panorama")(panorama))

    assert re.findall(r'href="([^"]+)">', printed) == ["/priorities", *[f"#{place}" for place in list(Place)[1:-1]]]
    assert "style=" not in printed
    assert len(printed.encode()) < 16_000
    parse(str(macro("picture")(panorama.picture)))


def test_panorama_shows_what_it_is_called_with(environment):
    template = environment.from_string(
        '{% from "components/thread_panorama.html" import thread_panorama %}'
        "{% call thread_panorama(drawn) %}<h1>Its name</h1>{% endcall %}"
    )

    assert "<h1>Its name</h1>" in template.render(drawn=draw_thread_panorama(WHOLE))


def test_rail_has_a_piece_for_every_station_and_ids_of_their_own(macro, parse):
    rail = draw_thread_rail(WHOLE)
    printed = str(macro("thread_rail")(rail))
    ids = re.findall(r' id="([^"]+)"', printed)

    assert [piece.anchor for piece in rail.stations] == list(Place)
    assert len(ids) == len(set(ids))
    assert "style=" not in printed
    for piece in rail.stations:
        parse(str(macro("picture")(piece.glyph)))


def test_rail_strands_draw_nearer_and_then_turn_to_gold():
    pieces = {piece.anchor: piece.strand for piece in draw_thread_rail(WHOLE).stations}
    tops = [float(pieces[place].shapes("thread-lived")[0].d[1:].split()[0]) for place in ("evidence", "sessions")]

    assert tops[0] < tops[1]
    assert pieces["vote"].shapes("thread-main")
    assert pieces["outcome"].shapes("thread-dots")
    assert pieces["next"].layers == ()


def test_rail_strands_stay_apart_without_a_session():
    pieces = {piece.anchor: piece for piece in draw_thread_rail(replace(NOTHING, priority=1, versions=1)).stations}

    assert pieces["versions"].strand.shapes("thread-lived")[0].d == "M8 0L8 100"
    assert pieces["sessions"].glyph.shapes("thread-tocome")
    assert not pieces["sessions"].reached


def test_rail_keeps_the_strand_apart_where_agreement_is_missing():
    pieces = {piece.anchor: piece for piece in draw_thread_rail(UNJOINED).stations}

    assert [bool(pieces[place].strand.shapes("thread-lived")) for place in ("vote", "decision", "outcome")] == [
        True
    ] * 3
    assert pieces["versions"].strand.shapes("thread-lived")[0].d.endswith("L6 100")
    assert [piece.flag for piece in pieces.values() if piece.flag] == ["Sent without an agreed result"]


def test_rail_shows_the_flag_and_the_words_it_is_called_with(environment, macro):
    template = environment.from_string(
        '{% from "components/thread_rail.html" import thread_rail %}'
        "{% call(station) thread_rail(drawn) %}[{{ station.place }}]{% endcall %}"
    )
    printed = template.render(drawn=draw_thread_rail(UNJOINED))

    assert re.findall(r"\[(\w+)\]", printed) == list(Place)
    assert "thread-rail__flag" in printed
    assert "thread-rail__flag" not in macro("thread_rail")(draw_thread_rail(WHOLE))


def test_rail_ends_in_a_hem():
    no = draw_thread_rail(replace(DECIDED, decision=Decided.NO))
    stopped = draw_thread_rail(replace(WHOLE, cycles=(), outcome=(), ended=True))

    assert no.stations[-1].glyph.shapes("thread-hem")
    assert no.stations[-1].strand.layers == stopped.stations[-1].strand.layers == ()
    assert stopped.stations[-1].anchor == "actions"


@pytest.mark.parametrize("rounds", [(Round.NOT_AGREED,), (Round.OPEN,)])
def test_rail_frames_a_round_that_is_not_agreed(rounds):
    (vote,) = [piece for piece in draw_thread_rail(replace(VOTING, rounds=rounds)).stations if piece.anchor == "vote"]

    assert vote.glyph.shapes("thread-frame")
    assert bool(vote.glyph.shapes("thread-bar")) == (rounds == (Round.NOT_AGREED,))
    assert vote.strand.shapes("thread-dots")


@pytest.mark.parametrize(("sessions", "gold"), [((Stitch.HELD,), 1), ((Stitch.HELD,) * 9, 3), ((Stitch.TO_COME,), 0)])
def test_rail_stitches_are_gold_once_held(sessions, gold):
    glyph = draw_thread_rail(replace(VOTING, sessions=sessions)).stations[2].glyph

    assert len(glyph.shapes("thread-main")) == gold
    assert bool(glyph.shapes("thread-stitch-tocome")) == (gold == 0)


def test_rail_outcome_falls_when_its_numbers_fall():
    falling = draw_thread_rail(replace(WHOLE, outcome=(60, 40)))
    rising = draw_thread_rail(WHOLE)

    assert falling.stations[8].glyph.shapes("thread-outcome-line") != rising.stations[8].glyph.shapes(
        "thread-outcome-line"
    )


def test_key_shows_every_kind_of_line(macro, parse):
    printed = str(macro("thread_key")())

    assert printed.count("<li>") == 6
    parse(printed)


def test_no_word_of_a_picture_lies_on_another():
    words = [shape for layer in picture(UNJOINED).layers for shape in layer.shapes if isinstance(shape, Word)]

    assert len({word.at for word in words}) == len(words)
