"""Everything that can be done for a member: what stands there, how it is put back, and how it is spoken of.

The earlier features let only the person herself speak, so she is passed to them as the one who does it.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from coprod.agreements import queries as agreed
from coprod.agreements import services as agreements
from coprod.agreements.models import Agreement
from coprod.assistance import rules
from coprod.assistance.models import Act
from coprod.assistance.rules import Doing, Stood
from coprod.contacts.rules import HOURS, WAYS
from coprod.core.clock import today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.cycles.models import Session
from coprod.messages import services as messages
from coprod.messages.models import PartOfDay, Way
from coprod.needs import queries as needed
from coprod.needs import rules as needs_rules
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Slot, Wanted
from coprod.payments import services as payments
from coprod.payments.models import Payment, PaymentState
from coprod.payments.rules import Says
from coprod.people import services as people
from coprod.people.models import Person
from coprod.programmes.rules import pounds
from coprod.rsvp import queries as rsvp_queries
from coprod.rsvp import services as rsvp
from coprod.rsvp.models import ComingAnswer
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Membership, MembershipState

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


def _session(key: UUID) -> Session:
    return db.session.get_one(Session, key)


def _coming_stands(member: Person, key: UUID) -> Stood:
    said = rsvp_queries.answer_of(_session(key), member)
    if said is None:
        return {"answer": "", "lift": "", "ring": ""}
    return {"answer": said.answer.value, "lift": _flag(said.needs_lift), "ring": _flag(said.ring_me)}


def _flag(ticked: bool) -> str:
    return "yes" if ticked else ""


def _put_coming_back(member: Person, key: UUID, before: Mapping[str, str]) -> None:
    if not before["answer"]:
        rsvp.take_back(_session(key), member, by=member)
        return
    ticked = {"needs_lift": before["lift"] == "yes", "ring_me": before["ring"] == "yes"}
    rsvp.answer(_session(key), member, ComingAnswer(before["answer"]), by=member, **ticked)


def _coming_in_words(stood: Mapping[str, str]) -> str:
    said = {
        "": "You have not said whether you come",
        "yes": "You are coming",
        "no": "You are not coming",
        "not sure": "You are not sure whether you come",
    }[stood["answer"]]
    ticked = ["You need a lift"] if stood["lift"] else []
    return _told([said, *ticked, *(["You want a call"] if stood["ring"] else [])])


def _agreement(key: UUID) -> Agreement:
    return db.session.get_one(Agreement, key)


def _yes_stands(member: Person, key: UUID) -> Stood:
    return {"yes": _flag(agreed.has_said_yes(member, _agreement(key)))}


def _put_yes_back(member: Person, key: UUID, before: Mapping[str, str]) -> None:
    put = agreements.say_yes if before["yes"] else agreements.take_back_yes
    put(_agreement(key), member, by=member)


def _payment(key: UUID) -> Payment:
    return db.session.get_one(Payment, key)


_SAYS = {
    PaymentState.OFFERED: Says.ASK,
    PaymentState.ACCEPTED: Says.ALL,
    PaymentState.PART: Says.SOME,
    PaymentState.DECLINED: Says.NO,
}


def _offer_stands(_: Person, key: UUID) -> Stood:
    payment = _payment(key)
    return {"state": payment.state.value, "pence": str(payment.accepted_pence or "")}


def _put_offer_back(member: Person, key: UUID, before: Mapping[str, str]) -> None:
    says = _SAYS[PaymentState(before["state"])]
    payments.answer(_payment(key), says, int(before["pence"] or 0) or None, by=member)


def _offer_in_words(stood: Mapping[str, str]) -> str:
    if stood["pence"]:
        return f"You said yes to {pounds(int(stood['pence']))}."
    return "You said no thank you." if stood["state"] == PaymentState.DECLINED else "You have not said yes or no."


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
    Act.SAY_COMING: Doing(_coming_stands, _put_coming_back, _coming_in_words),
    Act.SAY_YES: Doing(
        _yes_stands, _put_yes_back, lambda stood: "You are OK with it." if stood["yes"] else "You have not said yes."
    ),
    Act.ANSWER_OFFER: Doing(_offer_stands, _put_offer_back, _offer_in_words),
}
"""Everything that can be done for a member. A vote is not among it, and nothing here knows of votes."""
