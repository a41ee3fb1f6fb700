"""Doing a listed thing for a member who asked, by the rules of the thing itself; and taking it back.

The earlier features let only the person herself speak, so she is passed to them as the one who does it; who really
did it is kept here, where she can read it, and in the journal, which says nothing of what it was about.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from coprod.assistance import rules
from coprod.assistance.models import Act, Assisted
from coprod.assistance.rules import Doing, Stood
from coprod.contacts.rules import HOURS, WAYS
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.messages import services as messages
from coprod.messages.models import PartOfDay, Way
from coprod.needs import queries as needed
from coprod.needs import rules as needs_rules
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Slot, Wanted
from coprod.people import services as people
from coprod.people.models import Person
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Membership, MembershipState
from coprod.workstreams.services import when_left

# --- What stands, and how it is put back.


def _place(key: UUID) -> Membership:
    return db.session.get_one(Membership, key)


def _place_stands(_: Person, key: UUID) -> Stood:
    place = _place(key)
    return {"state": place.state.value, "said_yes": "yes" if place.said_yes else ""}


def _put_place_back(member: Person, key: UUID, before: Mapping[str, str]) -> None:
    place, state = _place(key), MembershipState(before["state"])
    if state == MembershipState.PAUSED and place.state == state:
        place.said_yes = False
    elif state in {MembershipState.JOINED, MembershipState.PAUSED}:
        workstreams.move(place, state.value, by=member)
    else:
        _put_answer_back(place, state, by=member)


def _put_answer_back(place: Membership, state: MembershipState, *, by: Person) -> None:
    workstreams.hold(place.workstream)
    if place.state != state:
        name = f"put back to {state}"
        before, after = rules.PUT_BACK.make(by, name, place)
        record(by, name, place, before=before, after=after)
        _begin_anew(place, before)
    place.said_yes = False
    place.wants_a_call = state == MembershipState.THINKING


def _begin_anew(place: Membership, before: str) -> None:
    if before == MembershipState.LEFT:
        place.left_on, place.words, place.asked_on = None, None, today()
    if before == MembershipState.JOINED:
        people.renew_rights(place.person, "put back to an invitation")


def _needs_stand(member: Person, _: UUID) -> Stood:
    said = needs_rules.wanted(needed.needs_of(member))
    helps = "|".join(each.value for each in said.helps)
    return {"helps": helps, "places": str(said.places), "language": said.language, "food": said.food}


def _wanted(stood: Mapping[str, str]) -> Wanted:
    helps = tuple(each for each in Help if each.value in stood["helps"].split("|"))
    return Wanted(helps, int(stood["places"]), stood["language"], stood["food"])


def _times_stand(member: Person, _: UUID) -> Stood:
    return {"slots": " ".join(sorted(needs_rules.code(slot) for slot in needed.never_of(member)))}


def _slots(stood: Mapping[str, str]) -> set[Slot]:
    return {needs_rules.slot_of(code) for code in stood["slots"].split()}


def _reach_stands(member: Person, _: UUID) -> Stood:
    reach = messages.reach_of(member)
    return {
        "way": reach.way.value if reach.way else "",
        "safe": _yes_or_no(reach.phone_is_safe),
        "shared": _yes_or_no(reach.phone_is_shared),
        "hours": " ".join(part.value for part in PartOfDay if part in reach.hours),
    }


def _put_reach_back(member: Person, _: UUID, before: Mapping[str, str]) -> None:
    messages.set_reach(
        member,
        by=member,
        way=Way(before["way"]) if before["way"] else None,
        phone_is_safe=_answer(before["safe"]),
        phone_is_shared=_answer(before["shared"]),
        hours=[PartOfDay(part) for part in before["hours"].split()],
    )


def _reach_in_words(stood: Mapping[str, str]) -> str:
    told = [
        WAYS[Way(stood["way"])] if stood["way"] else "",
        {"yes": "The phone is safe", "no": "The phone is not safe"}.get(stood["safe"], ""),
        {"yes": "Others use the phone", "no": "Nobody else uses the phone"}.get(stood["shared"], ""),
        *(HOURS[PartOfDay(part)] for part in stood["hours"].split()),
    ]
    return _told(each for each in told if each)


def _yes_or_no(answer: bool | None) -> str:
    return "" if answer is None else "yes" if answer else "no"


def _answer(said: str) -> bool | None:
    return {"yes": True, "no": False}.get(said)


def _told(words: Any) -> str:
    lines = list(words)
    return ". ".join(lines) + "." if lines else "Nothing."


def _put_texts_back(member: Person, _: UUID, before: Mapping[str, str]) -> None:
    people.stop_texts(member, before["texts"] == "no")


_A_PLACE = Doing(_place_stands, _put_place_back, rules.said)
DOINGS: dict[Act, Doing] = {
    **dict.fromkeys(sorted(rules.OF_A_PLACE), _A_PLACE),
    Act.CHANGE_NEEDS: Doing(
        _needs_stand,
        lambda member, _, before: needs.say(member, _wanted(before), by=member),
        lambda stood: _told(needs_rules.to_arrange(_wanted(stood))),
    ),
    Act.CHANGE_NEVER_TIMES: Doing(
        _times_stand,
        lambda member, _, before: needs.say_never(member, _slots(before), by=member),
        lambda stood: _told(needs_rules.in_words(_slots(stood))),
    ),
    Act.CHANGE_REACH: Doing(_reach_stands, _put_reach_back, _reach_in_words),
    Act.STOP_TEXTS: Doing(
        lambda member, _: {"texts": "no" if member.no_text_links else "yes"},
        _put_texts_back,
        lambda stood: "No texts." if stood["texts"] == "no" else "Texts may come.",
    ),
}
"""Everything that can be done for a member. A vote is not among it, and nothing here knows of votes."""


# --- Doing it.


def answer(place: Membership, name: str, *, by: Person) -> None:
    """Answer for a member what she said about her place: yes, maybe, no, a break, coming back."""
    act = rules.act_of(place, name)

    def do() -> None:
        require(rules.may_answer(place, name))
        workstreams.move(place, name, by=place.person)

    _do(place, act, place.id, do, by=by)


def change_needs(place: Membership, wanted: Wanted, *, by: Person) -> None:
    """Keep for a member what would help her to come."""
    _do(place, Act.CHANGE_NEEDS, place.person_id, lambda: needs.say(place.person, wanted, by=place.person), by=by)


def change_never_times(place: Membership, slots: Collection[Slot], *, by: Person) -> None:
    """Keep for a member which parts of the week never work."""
    person = place.person
    _do(place, Act.CHANGE_NEVER_TIMES, person.id, lambda: needs.say_never(person, slots, by=person), by=by)


def change_reach(place: Membership, said: Mapping[str, Any], *, by: Person) -> None:
    """Keep for a member how she may be reached."""
    person = place.person
    _do(place, Act.CHANGE_REACH, person.id, lambda: messages.set_reach(person, by=person, **said), by=by)


def stop_texts(place: Membership, *, by: Person) -> None:
    """Send a member no more texts."""
    _do(place, Act.STOP_TEXTS, place.person_id, lambda: people.stop_texts(place.person, True), by=by)


def _do(place: Membership, act: Act, thing: UUID, do: Callable[[], None], *, by: Person) -> None:
    """Ask our own rule first, then let the thing's own rules speak; where nothing changed, nothing was done."""
    require(rules.may_help(by, place))
    stands, member = DOINGS[act].stands, place.person
    before = stands(member, thing)
    do()
    after = stands(member, thing)
    if before == after:
        return
    assisted = Assisted(
        member_id=member.id, by_id=by.id, act=act, thing_id=thing, before=before, after=after, done_on=today()
    )
    db.session.add(assisted)
    db.session.flush()
    record(by, "did for a member", assisted)


# --- Taking it back.


def take_back(assisted: Assisted, *, by: Person) -> None:
    """Let the member put back what stood before, unless something newer stands there."""
    lock(assisted)
    require(rules.may_take_back(by, assisted))
    doing = DOINGS[assisted.act]
    require(rules.is_latest(assisted, doing.stands(by, assisted.thing_id), doing.words))
    doing.put_back(by, assisted.thing_id, assisted.before)
    assisted.undone_on = today()
    db.session.flush()
    record(by, "took back", assisted)


@when_left
def _when_left(membership: Membership, last: bool) -> None:
    """With the last place goes what was private, and so does what was written down of it."""
    if last:
        private = Assisted.member_id == membership.person_id, Assisted.act.in_(rules.PRIVATE)
        db.session.execute(delete(Assisted).where(*private))
