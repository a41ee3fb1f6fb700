"""Sending a recommendation: the check page, the label, and what exactly was sent."""

from datetime import date, timedelta

import pytest

from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db
from coprod.recommendations import rules, services
from coprod.recommendations.models import Recommendation, Round, State, Version
from coprod.voting import services as voting
from coprod.voting.models import Outcome, Poll, PollState, Result, Rule
from coprod.voting.rules import Choice
from tests.recommendations.test_rules import a_scene
from tests.recommendations.written import WORDS, WORRIED
from tests.recommendations.written import Round as Scene

DAY = date(2025, 11, 17)


def held(number: int, on: date | None, rule: Rule = Rule.BOTH_SIDES, state: PollState = PollState.COUNTED) -> Round:
    poll = Poll(state=state, rule=rule, counted_on=on, lived_on_roll=6, professionals_on_roll=9)
    poll.result = Result(outcome=Outcome.AGREED, reason="") if on else None
    return Round(number=number, poll=poll)


# --- Rules.


def test_label_is_what_it_lacks():
    for state, rounds, expected in (
        (State.NEEDS_TALK, [held(1, DAY)], "needs more talk"),
        (State.NOT_AGREED, [held(1, DAY)], "not agreed"),
        (State.NO_RESULT, [held(1, DAY)], "no result"),
        (State.AGREED, [held(1, DAY)], ""),
        (State.AGREED, [held(1, DAY, Rule.PARENTS_AND_ALL)], ""),
        (State.AGREED, [], ""),
        (State.AGREED, [held(1, DAY, Rule.SIMPLE)], "agreed by more than half of the whole group"),
        (State.AGREED, [held(1, DAY, Rule.TWO_THIRDS)], "agreed by two thirds of the whole group"),
        (State.AGREED, [held(1, DAY, Rule.SIMPLE), held(2, DAY)], ""),
    ):
        made, people = a_scene(state, rounds=rounds, why_sent="")
        assert rules.label_if_sent(made) == expected
        assert bool(rules.LIFECYCLE.may(people["facilitator"], "submitted", made)) == (not expected)


def test_label_says_which_agreement_it_lacks():
    told = {
        "": "",
        "needs more talk": "Sent without an agreed result: needs more talk",
        "not agreed": "Sent without an agreed result: not agreed",
        "agreed by more than half": "Sent without lived-experience agreement: agreed by more than half",
    }
    assert {result: Recommendation(submitted_as=result).label for result in told} == told


def test_version_sent_is_the_one_that_was_kept_or_the_last_of_its_day():
    versions = [Version(number=n, on=DAY + timedelta(n), words={"title": f"{n}"}) for n in (1, 2, 3)]
    for sent_on, number, expected in (
        (None, None, None),
        (DAY + timedelta(9), 2, 2),
        (DAY + timedelta(2), None, 2),
        (DAY, None, None),
    ):
        made, people = a_scene(State.SUBMITTED, versions=versions, submitted_on=sent_on, sent_version=number)
        found = rules.version_sent(made)
        assert (found.number if found else None) == expected
        assert rules.words_for(people["chair"], made)["title"] == (str(expected) if expected else made.title)
        assert rules.words_for(people["mother"], made)["title"] == made.title


def test_round_sent_is_the_last_one_counted_by_that_day():
    rounds = [held(1, DAY), held(2, DAY, state=PollState.VOID), held(3, DAY + timedelta(5)), held(4, None)]
    for sent_on, expected in ((None, None), (DAY, 1), (DAY + timedelta(5), 3), (DAY - timedelta(1), None)):
        made, _ = a_scene(State.SUBMITTED, rounds=rounds, submitted_on=sent_on)
        found = rules.round_sent(made)
        assert (found.number if found else None) == expected
    assert rules.last_round(made).number == 3


def test_priorities_are_told_with_their_wording_where_they_still_have_one():
    made, _ = a_scene(State.SUBMITTED)
    assert rules.priorities_in({"priorities": "1, 7"}, made) == ["1. Kind words", "Priority 7"]
    assert rules.priorities_in({}, made) == []


def test_presenter_is_wanted_till_somebody_is_named():
    for said, wanted in (("", True), ("Nobody yet", True), ("nobody yet.", True), ("Robin", False)):
        assert rules.wants_a_presenter(a_scene(State.AGREED, presenter=said)[0]) == wanted


# --- Services.


def test_version_that_is_sent_is_kept_and_stays_when_it_is_written_on(database):
    scene = Scene()
    made = scene.submitted()
    assert made.sent_version == 2
    services.move(made, "referred back", by=scene.chair)
    services.move(made, "taken up again", by=scene.facilitator)
    services.save(made, WORDS | {"cost": "£9"}, [], version=2, by=scene.facilitator)
    assert (made.version, rules.version_sent(made).words["cost"]) == (3, WORDS["cost"])
    assert rules.words_for(scene.chair, made)["cost"] == WORDS["cost"]
    assert rules.words_for(scene.facilitator, made)["cost"] == "£9"


def test_agreed_without_asking_parents_apart_goes_labelled(database):
    scene = Scene()
    made = scene.drafted()
    poll = services.open_vote(made, now() + timedelta(days=1), by=scene.facilitator, rule=Rule.SIMPLE)
    for person in scene.table.voters:
        voting.cast(poll, Choice.YES, by=person)
    services.count_vote(made, by=scene.facilitator)
    assert made.state == State.AGREED
    with pytest.raises(Refused, match="Say why"):
        services.submit(made, by=scene.facilitator)
    services.submit(made, "It cannot wait.", by=scene.facilitator)
    assert made.label.startswith("Sent without lived-experience agreement: agreed by more than half")


# --- Pages.


def test_it_is_checked_and_sent_in_two_screens(as_):
    scene = Scene()
    made = scene.agreed()
    services.ask(made, "Who pays?", by=scene.facilitator)
    services.declare(made, "My ward gains.", by=scene.table.professionals[0])
    made.rounds[0].poll.result.minority_view = "Two of us would wait."
    db.session.commit()
    visitor, page = as_(scene.facilitator), f"/recommendations/{made.id}/submit"
    seen = visitor.get(page).text
    for words in ("The steering group reads exactly this", "Who pays?", "My ward gains.", "Two of us would wait."):
        assert words in seen
    assert "It is paid work" in seen
    response = visitor.post(page)
    assert (response.status_code, response.location) == (303, f"/recommendations/{made.id}/sent")
    assert made.state == State.SUBMITTED
    for reader in (scene.facilitator, scene.table.lived[0], scene.chair):
        sent = as_(reader).get(f"/recommendations/{made.id}/sent").text
        for words in ("Two of us would wait.", "Who pays?", "My ward gains.", WORDS["said"], "as version 2"):
            assert words in sent


def test_there_is_nothing_to_check_before_the_vote_or_once_it_is_sent(as_):
    scene = Scene()
    for made in (scene.drafted(), scene.submitted()):
        page = as_(scene.facilitator).get(f"/recommendations/{made.id}/submit")
        assert (page.status_code, f"It is {made.state}, so it cannot be sent now." in page.text) == (403, True)


def test_unfinished_one_is_not_sent_and_the_page_says_what_to_mend(as_):
    scene = Scene()
    made = scene.agreed()
    made.cost = made.data = ""
    db.session.commit()
    visitor, page = as_(scene.facilitator), f"/recommendations/{made.id}"
    seen = visitor.get(f"{page}/submit").text
    for words in ("Add the cost", f"{page}/edit#cost", "add it from the library", "First mend what is named above."):
        assert words in seen
    assert visitor.post(f"{page}/submit").status_code == 403


def test_without_agreement_a_reason_is_asked_for(as_):
    scene = Scene()
    made = scene.counted(WORRIED)
    visitor, page = as_(scene.facilitator), f"/recommendations/{made.id}/submit"
    assert "Sent without an agreed result: needs more talk" in visitor.get(page).text
    asked = visitor.post(page, data={"why_sent": ""})
    assert (asked.status_code, "Say why it is sent all the same" in asked.text) == (422, True)
    assert visitor.post(page, data={"why_sent": "It cannot wait."}).status_code == 303
    for path in ("", "/sent"):
        seen = as_(scene.chair).get(f"/recommendations/{made.id}{path}").text
        assert ("Sent without an agreed result: needs more talk" in seen, "It cannot wait." in seen) == (True, True)


def test_nothing_was_sent_before_it_was_sent(as_):
    scene = Scene()
    made = scene.agreed()
    assert as_(scene.facilitator).get(f"/recommendations/{made.id}/sent").status_code == 404
    assert as_(scene.table.lived[0]).get(f"/recommendations/{made.id}/submit").status_code == 403


def test_steering_group_reads_what_was_sent_while_the_group_writes_on(as_):
    scene = Scene()
    made = scene.submitted()
    services.move(made, "referred back", by=scene.chair)
    services.move(made, "taken up again", by=scene.facilitator)
    new = {"cost": "Nine pounds", "title": "Two named midwives"}
    services.save(made, WORDS | new, [scene.priority], version=2, by=scene.facilitator)
    services.open_vote(made, now() + timedelta(days=4), by=scene.facilitator)
    yesterday = made.submitted_on - timedelta(days=1)
    made.submitted_on = made.versions[0].on = made.versions[1].on = made.rounds[0].poll.counted_on = yesterday
    services.ask(made, "Who is the second?", by=scene.facilitator)
    db.session.commit()
    worked_on = ("Nine pounds", "Two named midwives", "Who is the second?", "Version 3", "Round 2", "can see before it")
    paths = [f"/recommendations/{more}" for more in ("", f"{made.id}", f"{made.id}/sent")]
    for number in (made.sent_version, None):
        made.sent_version = number
        db.session.commit()
        read = "".join(as_(scene.chair).get(path).text for path in paths)
        assert [words for words in worked_on if words in read] == []
        assert read.count("One named midwife") >= len(paths)
    read = "".join(as_(scene.facilitator).get(path).text for path in paths)
    assert [words for words in worked_on if words in read] == [words for words in worked_on if words[0] != "W"]
