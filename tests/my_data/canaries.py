"""People about whom something unique is kept in every place there is, and the strings that say so."""

from dataclasses import dataclass
from datetime import time, timedelta
from itertools import count

from sqlalchemy import select, text

from coprod.actions.models import DueChange
from coprod.assistance.models import Act, Assisted
from coprod.contacts.models import Channel, ContactChange
from coprod.core.clock import moment_of, now, today
from coprod.core.db import db
from coprod.core.journal import record
from coprod.core.security_log import SecurityEvent
from coprod.cycles.models import AgendaItem, Attendance, Cycle, How, Session, SuggestedItem, SuggestionState
from coprod.handovers.models import Handover
from coprod.interests.models import Interest, InterestState, Whose
from coprod.messages.models import Message, PartOfDay, Reach, Way
from coprod.my_data.models import DataAsk
from coprod.needs.models import Needs, NeverTime
from coprod.notes.models import ItemNote, NoteCorrection, Notes, NoteVersion
from coprod.payments.models import Expense, ExpenseState, Payment, PaymentState, PaymentStep, PayMethod, PayWay
from coprod.people import services as people
from coprod.people.models import Passkey, Person, Side, Ticket
from coprod.people.sealing import real_now
from coprod.recommendations.models import Comment, Suggestion, Version
from coprod.recommendations.models import SuggestionState as Settled
from coprod.supporters.models import Support
from coprod.workstreams.models import CheckAnswer, Membership, SeparationCheck, SeparationRequest
from tests.factories import a_membership, a_person, an_action, keep
from tests.steering.rooms import Room

SEED = 424242


def word_mark(seed: int) -> str:
    """What every canary of this seed has in it."""
    return f"q{seed:x}zz"


def phone_mark(seed: int) -> str:
    """What every phone number of this seed begins with."""
    return f"07{seed % 10**6:06}"


@dataclass(frozen=True)
class Canary:
    """One person, and every string that is hers alone."""

    person: Person
    supporter: Person
    words: tuple[str, ...]


class Aviary:
    """A programme in full swing in which some of the people are canaries: a room, an evening, a decision, a vote."""

    def __init__(self, size: int, seed: int = SEED) -> None:
        self.room = Room()
        self.session = an_evening(self.room)
        self.asked = self.room.asked("A call back")
        self.canaries = [a_canary(n, self.room, seed) for n in range(size)]
        for canary in self.canaries:
            _at_work(canary, self.room, self.session)
        names = " and ".join(canary.person.alias for canary in self.canaries)
        self.asked.presenter = names
        keep(Version(recommendation_id=self.asked.id, number=1, on=today(), words={"presenter": names, "title": "A"}))
        self._suggested()
        self.room.decided(title="A named midwife")

    def _suggested(self) -> None:
        """What each suggested and said, in her own words; one was taken, and names her, as somebody else's does."""
        about = {"recommendation": self.asked, "from_version": 1, "before": "", "on": today(), "field": "problem"}
        numbers = count(1)
        for n, canary in enumerate(self.canaries):
            name, mark = canary.person.alias, canary.words[0]
            taken = Suggestion(words=f"Ask {name}.", why=mark, state=Settled.TAKEN, person=canary.person, **about)
            waits = Suggestion(words=mark, person=canary.person, **about)
            theirs = Suggestion(words=f"{name} knows", reason=f"So says {name}", **about)
            for one in (taken, waits, theirs):
                one.number = next(numbers)
            said = {"recommendation": self.asked, "field": "problem", "on": today()}
            keep(
                taken,
                waits,
                theirs,
                Comment(number=2 * n + 1, paragraph=f"Ask {name}.", words=mark, person=canary.person, **said),
                Comment(number=2 * n + 2, paragraph=f"Ask {name}.", words=f"Thanks, {name}.", **said),
            )

    def decided(self) -> dict[str, list[tuple]]:
        """Everything that was decided, counted and agreed, row by row."""
        return {name: _rows(name) for name in DECIDED}


DECIDED = {
    "membership": "workstream_id, person_id, seat, role",
    "attendance": "*",
    "presence": "*",
    "roll_entry": "*",
    "envelope": "*",
    "result": "*",
    "decision": "*",
    "reply": "*",
    "action": "*",
    "due_change": "*",
    "case_check": "*",
    "expense": "id, person_id, pence, state",
    "payment": "id, person_id, pence, state",
    "payment_step": "*",
    "poll": "*",
    "recommendation": "id, state, title, said, number",
}
"""What an erasure may not change."""


def _rows(name: str) -> list[tuple]:
    chosen = DECIDED[name]
    return sorted(tuple(map(str, row)) for row in db.session.execute(text(f"SELECT {chosen} FROM {name}")))


def an_evening(room: Room) -> Session:
    """A session of the room's stream and the one a week later, both still drafts."""
    cycle = Cycle(workstream=room.stream, number=1, starts_on=today(), starts_at=time(18))
    for number, on in enumerate((today(), today() + timedelta(7)), 1):
        phase, begins = room.programme.phases[0], moment_of(on, time(18))
        when = {"on": on, "starts_at": time(18), "begins": begins, "minutes": 115}
        cycle.sessions.append(Session(number=number, phase=phase, **when))
    keep(cycle)
    return cycle.sessions[0]


def _asked_for(canary: Canary, room: Room, session: Session) -> None:
    """What she asked the group to talk about, waiting and planned in her own words."""
    coming, said = session.cycle.sessions[1], f"Ask {canary.words[0]} about the phone"
    planned = AgendaItem(position=len(coming.items) + 1, title=said, outcome_wanted=said, minutes=5)
    coming.items.append(planned)
    hers = {"workstream": room.stream, "person": canary.person}
    keep(
        SuggestedItem(words=canary.words[0], **hers),
        SuggestedItem(words=said, state=SuggestionState.TAKEN, item=planned, **hers),
    )


def _at_work(canary: Canary, room: Room, session: Session) -> None:
    person, position = canary.person, len(session.items) + 1
    action = an_action(room.stream, person)
    keep(
        DueChange(action=action, number=1, was=today(), now=today(), reason="Later", on=today(), by_id=person.id),
        Attendance(session_id=session.id, person_id=person.id, how=How.ARRIVED),
        Handover(workstream=room.stream, giver=person, taker=room.sam, words=canary.words[0], offered_on=today()),
        SecurityEvent(at=now(), what="signed in", person_id=person.id, place="10.1"),
    )
    item = AgendaItem(position=position, title="Talk", lead=f"{person.alias} and Sam", minutes=5)
    session.items.append(item)
    db.session.flush()
    _asked_for(canary, room, session)
    _in_the_notes(canary, room, session, item)
    _in_the_books(canary, room)


def _in_the_books(canary: Canary, room: Room) -> None:
    """What she was paid stays, without her name; her receipt, and how she is paid, go."""
    whose = {"person_id": canary.person.id, "workstream_id": room.stream.id, "pence": 2500}
    paid = Payment(**whose, what=f"{canary.person.alias} speaks", task_on=today(), pay_on=today())
    paid.state, paid.accepted_pence = PaymentState.PAID, 2500
    paid.steps = [PaymentStep(number=1, state=PaymentState.PAID, on=today(), by_id=canary.person.id)]
    spent = Expense(**whose, what="Taxi", spent_on=today(), claimed_on=today(), claimed_by_id=canary.person.id)
    spent.receipt, spent.state, spent.paid_on = canary.words[0].encode(), ExpenseState.PAID, today()
    keep(paid, spent, PayMethod(person_id=canary.person.id, way=PayWay.BANK, sealed=b"-", changed_on=today()))


def _in_the_notes(canary: Canary, room: Room, session: Session, item: AgendaItem) -> None:
    """Her name stands in what somebody else wrote down, and in a version of it; her correction is her own."""
    notes = db.session.scalars(select(Notes).where(Notes.session_id == session.id)).one_or_none()
    said = f"{canary.person.alias} asked for a map."
    part = ItemNote(notes=notes or Notes(session=session), item=item, words=said, version=1)
    keep(
        part,
        NoteVersion(part=part, number=1, words=said, by_id=room.sam.id, on=today()),
        NoteCorrection(part=part, person=canary.person, words=canary.words[0]),
    )


def a_canary(n: int, room: Room, seed: int = SEED) -> Canary:
    """Somebody who has said something unique everywhere."""

    def said(what: str) -> str:
        return f"{what}{word_mark(seed)}{n:03}"

    phone = f"{phone_mark(seed)}{n:03}"
    words = {
        what: said(what)
        for what in ("Alias", "mail", "Tongue", "Food", "Apart", "Helper", "Ask", "Was", "Now", "Phone", "Key")
    }
    person = a_person(
        words["Alias"], email=f"{words['mail']}@example.org".lower(), phone=phone, totp=words["Key"].encode()
    )
    supporter = a_person(words["Helper"], Side.SUPPORTER, email=f"{words['Helper']}@example.org".lower())
    place = a_membership(room.stream, person)
    _about(person, supporter, place, room.sam, words)
    people.begin_session(person, words["Phone"])
    record(person, "joined", place)
    return Canary(person, supporter, (*words.values(), phone))


def _about(person: Person, supporter: Person, place: Membership, facilitator: Person, words: dict[str, str]) -> None:
    keep(
        Needs(person_id=person.id, helps=["a taxi"], language=words["Tongue"], food=words["Food"]),
        NeverTime(person_id=person.id, weekday=1, part=PartOfDay.EVENING),
        Reach(person_id=person.id, way=Way.TEXT, hours=["morning"]),
        SeparationRequest(person_id=person.id, words=words["Apart"], asked_on=today()),
        SeparationCheck(
            membership_id=place.id, answer=CheckAnswer.TOGETHER, checked_on=today(), checked_by_id=facilitator.id
        ),
        Support(member_id=person.id, supporter_id=supporter.id, called=words["Helper"], since=today(), shares=[]),
        Interest(
            name="",
            contact="",
            is_safe=True,
            whose=Whose.PARENT,
            state=InterestState.INVITED,
            told_on=today(),
            person_id=person.id,
        ),
        DataAsk(person_id=person.id, words=words["Ask"], asked_on=today()),
        Assisted(
            member_id=person.id,
            by_id=facilitator.id,
            act=Act.CHANGE_NEEDS,
            thing_id=person.id,
            before={"food": words["Was"]},
            after={"food": words["Now"]},
            done_on=today(),
        ),
        ContactChange(
            person_id=person.id,
            channel=Channel.PHONE,
            sealed=words["Phone"].encode(),
            asked_by_id=facilitator.id,
            asked_at=now(),
        ),
        Message(purpose="place", person_id=person.id, thing_id=place.id, due=now()),
        Passkey(person_id=person.id, credential=words["Key"].encode(), key=b"k", name=words["Phone"], added_on=today()),
        Ticket(purpose="code", asked=person.email, ends=real_now() + timedelta(minutes=10)),
        Ticket(purpose="card", person_id=person.id, hash="0" * 64, ends=real_now() + timedelta(days=1)),
    )
