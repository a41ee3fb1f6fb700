"""One of everything, and somebody of every kind: the world the table of access is walked through.

Two groups of the same make, so that what is one's own to some is another's to the rest; people and things straight
through the models, past every rule. Nothing a walk does to it lasts: every transaction of a request is undone.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask

from coprod.action_import.models import Import, ImportState
from coprod.action_log.models import SavedView
from coprod.actions.models import Action, ActionState, Repeat
from coprod.administration.models import AccessReview
from coprod.agreements.models import Agreement, AgreementState, BreachNote, ChangeAsked
from coprod.agreements.rules import offered
from coprod.areas.models import Ordering, Proposal, SetAside
from coprod.assistance.models import Act, Assisted
from coprod.contacts.models import ChangeState, Channel, ContactChange
from coprod.core.clock import HERE
from coprod.core.db import db
from coprod.cycles.models import Cycle, CycleState, Part, PlanStep, Session, SessionState, SuggestedItem
from coprod.cycles.rules import template
from coprod.evidence.models import Audience, Evidence, EvidenceKind, Find, FindState, Review, Search, Testimony
from coprod.files.models import FileKind, FileState, StoredFile
from coprod.gatherings.models import Gathering, GatheringKind, GatheringState, Origin
from coprod.handovers.models import Handover
from coprod.interests.models import Interest, Whose
from coprod.library.models import Stage as LibraryStage
from coprod.library.models import Template, TemplateKind, TemplateStep, TemplateWeek
from coprod.my_data.models import DataAsk
from coprod.needs.models import Help, Needs
from coprod.notes.models import ItemNote, NoteCorrection, Notes, NotesState, NoteVersion
from coprod.outputs.models import Launch, Output, OutputKind, OutputState, OutputVersion, Trial, Use
from coprod.payments.models import Expense, ExpenseState, Payment, PaymentState, PaymentStep, PayMethod, PayWay
from coprod.payments.rules import BankDetails
from coprod.payments.sealing import seal
from coprod.people import services as accounts
from coprod.people.models import Passkey, Person, Side, SignedIn
from coprod.pilots.models import Feedback, FundingAsk, Pilot, PilotState, PilotStep, StepKind, TestCycleState, Touched
from coprod.principles.models import Principle, Priority
from coprod.programmes.models import Phase, Programme
from coprod.recommendations.models import (
    Comment,
    Declaration,
    EvidenceLink,
    OpenQuestion,
    QuestionState,
    Recommendation,
    Round,
    Stage,
    State,
    Strength,
    Suggestion,
    Version,
)
from coprod.risks.models import Risk, RiskKind, RiskState
from coprod.rsvp.models import Arranged, Coming, ComingAnswer
from coprod.safeguarding.models import Concern, ConcernState, Told, Urgency
from coprod.statements.models import Asked, Statement, StatementState, Theme
from coprod.steering.models import (
    Attended,
    Contest,
    Decision,
    GroupQuestion,
    ItemInterest,
    ItemKind,
    Meeting,
    MeetingItem,
    MeetingState,
    Presence,
    Reply,
    Terms,
)
from coprod.stories.models import Story, StoryState, Turn
from coprod.supporters.models import Share, Support
from coprod.theories.models import PartKind, Theory, TheoryArrow, TheoryPart, TheoryState
from coprod.voting import services as voting
from coprod.voting.models import Kind as PollKind
from coprod.voting.models import Outcome, Poll, PollOption, PollState, Result, ResultLine, Standing, Worry
from coprod.voting.rules import Choice
from coprod.wellbeing.models import CallBack, CheckIn, CheckInCall, Feeling, Moment
from coprod.workstreams.models import Kind, MembershipState, Role, Seat, SeparationRequest, Workstream, WorkstreamState
from tests.factories import (
    PHASES,
    a_membership,
    a_person,
    a_professional,
    a_steering_group,
    a_stream,
    an_admin,
    keep,
)
from tests.outcomes.builders import a_proposal, an_indicator
from tests.pilots.builders import a_decision, a_pilot, a_test_cycle

DAY = date(2025, 11, 17)
SOON = datetime(2025, 11, 21, 17, tzinfo=HERE)
LINKS_END = datetime.now(UTC) + timedelta(days=1)
"""Sign-in keeps real time, whatever the tests' clock says."""
WORDS = {
    "said": "Give each parent one midwife they know.",
    "problem": "Parents start again with each new face.",
    "data": "Seven of twelve met four midwives.",
    "stories": "Nobody knew my name.",
    "options": "A card, or one midwife.",
    "outcomes": "Parents know whom to ring.",
    "owner_wanted": "The clinic",
    "cost": "Not known",
    "presenter": "Nobody yet",
}


@dataclass
class World:
    """The application, who is who, and what lies where."""

    app: Flask
    people: dict[str, UUID | None] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    """Keys and secrets, by the names the table calls them."""
    tasks: dict[str, str] = field(default_factory=dict)
    """What those who came by a link came for."""
    canaries: dict[str, str] = field(default_factory=dict)
    """Words that stand nowhere else, and what each was put into."""

    def canary(self, what: str) -> str:
        """Draw a word of its own for this."""
        word = f"quill{len(self.canaries):03}feather"
        self.canaries[word] = what
        return word


def build(app: Flask) -> World:
    """Make it, in an empty database, within an application context."""
    made = _Maker(World(app))
    made.everybody()
    made.the_programme()
    made.group("")
    made.group("other ")
    made.the_steering_group()
    made.groups_together()
    made.areas()
    made.theories()
    made.outputs()
    made.recommendations()
    made.what_is_private()
    db.session.commit()
    return made.world


class _Maker:
    """Makes the world, a part at a time."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.who: dict[str, Person] = {}
        self.tables: dict[str, Workstream] = {}

    def word(self, what: str) -> str:
        """A word that is looked for wherever it may not be known."""
        return self.world.canary(what)

    def note(self, name: str, thing: Any) -> Any:
        """Keep a thing, and remember its key under this name."""
        keep(thing)
        self.world.things[name] = thing.id
        return thing

    def everybody(self) -> None:
        """People of every kind, on both sides of every wall."""
        makers = {
            "member": lambda name: a_person(name),
            "peer": lambda name: a_person(name),
            "other member": lambda name: a_person(name),
            "left member": lambda name: a_person(name),
            "steering parent": lambda name: a_person(name),
            "other steering parent": lambda name: a_person(name),
            "outsider": lambda name: a_person(name),
            "invited": lambda name: a_person(name),
            "professional": lambda name: a_professional(name),
            "other professional": lambda name: a_professional(name),
            "facilitator": lambda name: a_professional(name),
            "second facilitator": lambda name: a_professional(name),
            "other facilitator": lambda name: a_professional(name),
            "chair": lambda name: a_professional(name),
            "lead": lambda name: a_professional(name),
            "deputy": lambda name: a_professional(name),
            "officer": lambda name: a_professional(name),
            "second admin": lambda name: a_professional(name, is_admin=True),
            "turned away": lambda name: a_person(name, active=False),
            "supporter": lambda name: a_person(name, Side.SUPPORTER),
            "other supporter": lambda name: a_person(name, Side.SUPPORTER),
        }
        for name, make in makers.items():
            self.who[name] = make(self.word(f"alias of {name}"))
            self.who[name].email = f"{self.word(f'e-mail of {name}')}@example.org"
        self.who["admin"] = an_admin(self.word("alias of admin"))
        self.who["professional"].totp = self.who["deputy"].totp = b"-"
        self.world.people = {name.replace(" ", "-"): person.id for name, person in self.who.items()}
        self.world.people |= {"stranger": None, "vote-link": self.who["member"].id}
        self.world.people |= {"place-link": self.who["invited"].id, "coming-link": self.who["member"].id}
        self.world.things |= {f"{name} person": person.id for name, person in self.who.items()}

    def the_programme(self) -> None:
        """A programme under way, with its leads, principles and priorities."""
        programme = Programme(
            name="Born into Care",
            partnership="Blackpool",
            state="active",
            safeguarding_lead=self.who["lead"],
            deputy_lead=self.who["deputy"],
            payments_officer=self.who["officer"],
            data_protection_signed_on=DAY,
            accessibility_statement_on=DAY,
        )
        programme.phases = [Phase(position=n, name=name, content=f"{name} it") for n, name in enumerate(PHASES, 1)]
        self.programme = self.note("programme", programme)
        self.note("principle", Principle(programme=programme, number=1, wording="Beside, not above"))
        self.priority = self.note("priority", Priority(programme=programme, number=1, wording="One midwife"))

    def group(self, which: str) -> None:
        """A group with its people, its agreement, ten weeks, actions and votes."""
        who = self.who
        stream = a_stream(self.programme, f"The {which}named midwife group", facilitator=who[f"{which}facilitator"])
        self.tables[which] = stream
        self.world.things[f"{which}stream"] = stream.id
        a_membership(stream, who[f"{which}professional"])
        place = a_membership(stream, who[f"{which}member"])
        self.world.things[f"{which}place"] = place.id
        if not which:
            a_membership(stream, who["peer"])
            a_membership(stream, who["second facilitator"], Role.FACILITATOR, Seat.TEAM)
            left = a_membership(stream, who["left member"], state=MembershipState.LEFT)
            invited = a_membership(stream, who["invited"], state=MembershipState.INVITED)
            invited.wants_a_call = True
            self.world.things |= {"left place": left.id, "invited place": invited.id}
            quiet = a_stream(self.programme, "A group without papers", facilitator=who["facilitator"])
            a_membership(quiet, who["member"])
            self.world.things["quiet stream"] = quiet.id
        for n in range(3):
            a_membership(stream, a_person(f"Parent {n} of the {which}group"))
        self._papers(stream, which)
        self._weeks(stream, which)
        self._actions(stream, which)
        self._votes(stream, which)
        self._statements(stream, which)
        self._library(stream, which)

    def _papers(self, stream: Workstream, which: str) -> None:
        states = (AgreementState.AGREED, AgreementState.DISCUSSED, AgreementState.DRAFT)
        for number, state in enumerate(states, 1):
            paper = Agreement(workstream=stream, number=number, state=state, words=offered())
            paper.changed = self.word(f"{which}agreement")
            self.note(f"{which}{state} agreement", paper)
        stream_id = stream.id
        self.note(
            f"{which}handover",
            Handover(
                workstream_id=stream_id,
                from_id=self.who[f"{which}facilitator"].id,
                to_id=self.who["other professional" if which else "second facilitator"].id,
                words=self.word(f"{which}handover"),
                offered_on=DAY,
            ),
        )

    def _weeks(self, stream: Workstream, which: str) -> None:
        cycle = Cycle(
            workstream=stream, number=1, state=CycleState.SCHEDULED, starts_on=DAY, starts_at=time(18), place="Sea Room"
        )
        self.note(f"{which}cycle", cycle)
        sessions = (("held soon", SessionState.PUBLISHED, 0), ("published", SessionState.PUBLISHED, 7))
        for number, (name, state, days) in enumerate((*sessions, ("draft", SessionState.DRAFT, 14)), 1):
            on = DAY + timedelta(days)
            session = Session(
                cycle=cycle,
                number=number,
                state=state,
                on=on,
                starts_at=time(8),
                begins=datetime.combine(on, time(8), HERE),
                minutes=115,
                place="Sea Room",
                phase_id=self.programme.phases[0].id,
            )
            self.note(f"{which}{name} session", session)
            session.items = template.evening(number)
            keep(session)
            self.world.things[f"{which}{name} item"] = next(x.id for x in session.items if x.part == Part.WORK)

        self._notes(stream, which)
        asked = {"workstream": stream, "person": self.who[f"{which}member"]}
        self.note(f"{which}suggestion", SuggestedItem(words=self.word(f"{which}suggestion"), **asked))
        step = PlanStep(stage=LibraryStage.BEFORE, position=1, title="A walk", cycle=cycle)
        self.note(f"{which}step", step)
        if not which:
            self._templates()

    def _notes(self, stream: Workstream, which: str) -> None:
        """Ten weeks before these, with notes in draft, with members for a week, and with a correction to look at."""
        cycle = Cycle(workstream=stream, number=2, state=CycleState.RUNNING, starts_on=DAY - timedelta(21))
        cycle.starts_at, cycle.minutes = time(8), 115
        told = (("drafted", 21, None), ("noted", 14, 7), ("asked", 7, 0))
        for number, (name, ago, given) in enumerate(told, 1):
            on = DAY - timedelta(ago)
            session = Session(
                cycle=cycle, number=number, state=SessionState.HELD, on=on, starts_at=time(8), minutes=115
            )
            session.begins, session.phase = datetime.combine(on, time(8), HERE), self.programme.phases[0]
            session.items = template.evening(number)
            self.note(f"{which}{name} session", session)
            state = NotesState.DRAFT if given is None else NotesState.WITH_MEMBERS
            notes = Notes(session=session, state=state)
            notes.with_members_on = None if given is None else DAY - timedelta(given)
            words = self.word(f"{which}notes that are {name}")
            part = ItemNote(notes=notes, item=session.items[3], words=words, version=1)
            writer = self.who[f"{which}facilitator"].id
            keep(NoteVersion(part=part, number=1, words=words, by_id=writer, on=DAY))
            self.world.things[f"{which}{name} note"] = part.id
        said = self.word(f"{which}correction of notes")
        correction = NoteCorrection(part=part, person=self.who[f"{which}member"], words=said)
        self.note(f"{which}correction", correction)

    def _templates(self) -> None:
        for name, shared in (("template", False), ("shared template", True)):
            kept = Template(kind=TemplateKind.CYCLE, name="The weeks", owner=self.who["facilitator"], changed_on=DAY)
            kept.shared, kept.note = shared, "Shared" if shared else self.word("template")
            kept.weeks = [TemplateWeek(number=number, phase=1) for number in (1, 2, 3)]
            kept.steps = [TemplateStep(stage=LibraryStage.BEFORE, position=1, title="A walk")]
            self.note(name, kept)
            self.world.things[f"{name} step"] = kept.steps[0].id

    def _actions(self, stream: Workstream, which: str) -> None:
        owner, done = self.who[f"{which}member"], self.who[f"{which}professional"]
        shared = {"workstream": stream, "opened_on": DAY, "due": DAY + timedelta(3)}
        self.note(f"{which}action", Action(number=1, what=self.word(f"{which}action"), owner=owner, **shared))
        done_so = {"said_done_by": done, "state": ActionState.SAID_DONE}
        said = Action(number=2, what="Find a room", owner=done, **done_so, **shared)
        self.note(f"{which}said-done action", said)
        settled = {"settled_on": DAY, "state": ActionState.CANCELLED}
        self.note(f"{which}cancelled action", Action(number=3, what="Print it", owner=owner, **settled, **shared))
        weekly = Action(number=4, what="Count the calls", owner=owner, repeats=Repeat.WEEKLY, **shared)
        self.note(f"{which}weekly action", weekly)
        row = [2, [self.word(f"{which}log on its way"), owner.alias, "5/12/2025"]]
        brought: dict[str, Any] = {
            "workstream": stream,
            "by": self.who[f"{which}facilitator"],
            "on": DAY,
            "name": "log.csv",
        }
        # What is to be done stands under a heading nobody could guess.
        guessed, matched = {"B": "owner", "C": "due"}, {"A": "what", "B": "owner", "C": "due"}
        cells = [[1, ["Task list", "Who", "Due"]], row]
        self.note(f"{which}log just read", Import(cells=cells, columns=guessed, **brought))
        self.note(f"{which}log on its way", Import(state=ImportState.MATCHED, cells=cells, columns=matched, **brought))
        done = [{"row": 2, "did": "refused", "cell": "C2", "reason": "It does not say by when."}]
        self.note(f"{which}log that came in", Import(state=ImportState.BROUGHT_IN, report=done, **brought))

    def _votes(self, stream: Workstream, which: str) -> None:
        facilitator = self.who[f"{which}facilitator"]
        poll = voting.draft(stream, "One named midwife?", by=facilitator)
        voting.open_vote(poll, SOON, by=facilitator)
        self.world.things[f"{which}open poll"] = poll.id
        self.note(f"{which}counted poll", _counted(stream))
        paper = voting.draft(stream, "A walk first?", by=facilitator, on_paper=True)
        voting.open_vote(paper, SOON, by=facilitator)
        voting.close(paper, by=facilitator)
        self.world.things[f"{which}paper poll"] = paper.id
        by_hand = voting.draft(stream, "A film?", by=facilitator, kind=PollKind.HANDS)
        self.world.things[f"{which}hands poll"] = by_hand.id
        self.note(f"{which}room poll", _counted(stream, Outcome.ASK_THE_ROOM))
        self.note(f"{which}tied pick poll", self._tied(stream))
        member = self.who[f"{which}member"]
        voting.cast(poll, Choice.WORRIED, by=member)
        voting.raise_worry(poll, self.word("sealed worry"), by=member)
        self.world.things[f"{which}vote link"] = accounts.draw_link(member, f"vote {poll.id}", LINKS_END)
        if not which:
            invited = f"place {self.world.things['invited place']}"
            self.world.tasks |= {"vote-link": f"vote {poll.id}", "place-link": invited}
            self.world.things["place link"] = accounts.draw_link(self.who["invited"], invited, LINKS_END)

    @staticmethod
    def _tied(stream: Workstream) -> Poll:
        """A vote in which two things came out level."""
        poll = _counted(stream, Outcome.COUNTED)
        poll.kind = PollKind.PICK
        level = {"rank": 1, "standing": Standing.TIED, "reason": "Most picked it."}
        for number, words in enumerate(("A card", "A walk"), 1):
            poll.options.append(PollOption(number=number, words=words, line=ResultLine(**level)))
        return poll

    def _statements(self, stream: Workstream, which: str) -> None:
        """What was said, a theme, a vote on it that is open, and one that was counted."""
        theme = self.note(f"{which}theme", Theme(workstream=stream, number=1, name=self.word(f"{which}theme")))
        said = Statement(workstream=stream, theme=theme, words=self.word(f"{which}statement"))
        self.note(f"{which}statement", said)
        aside = Statement(workstream=stream, words="Said twice", state=StatementState.SET_ASIDE)
        aside.why_set_aside = self.word(f"{which}why a statement is set aside")
        self.note(f"{which}statement set aside", aside)
        shared = {"by": self.who[f"{which}facilitator"], "kind": PollKind.STATEMENTS}
        poll = voting.draft(stream, "Do you agree?", options=[said.words, aside.words], **shared)
        voting.open_vote(poll, SOON, by=self.who[f"{which}facilitator"])
        self.world.things[f"{which}open statements poll"] = poll.id
        counted = _counted(stream)
        counted.kind = PollKind.STATEMENTS
        counted.options = [PollOption(number=1, words=said.words)]
        self.note(f"{which}counted statements poll", counted)
        reason = self.word(f"{which}reason of a statement")
        keep(ResultLine(poll_id=counted.id, number=1, rank=1, standing=Standing.SHARED, reason=reason))
        keep(Asked(poll_id=counted.id, number=1, statement_id=said.id))

    def _library(self, stream: Workstream, which: str) -> None:
        """What the group knows, what a member told it for each audience, and two reviews: one open, one sifted."""
        member, kind = self.who[f"{which}member"], EvidenceKind
        more = {"workstream": stream, "added_on": DAY, "says": "So it is."}
        data = Evidence(kind=kind.LOCAL_DATA, title=self.word(f"{which}library item"), source="Here", **more)
        data.file = self._file(stream, f"{which}file")
        self.note(f"{which}library item", data)
        for audience, name in (
            (Audience.GROUP, "testimony"),
            (Audience.STEERING, "testimony for the steering group"),
            (Audience.PARTNERSHIP, "testimony for everybody"),
        ):
            told = Evidence(kind=kind.TESTIMONY, title=self.word(f"{which}{name}"), **more)
            told.says = told.content_note = told.title
            told.testimony = Testimony(person=member, audience=audience)
            told.file = self._file(stream, f"{which}file of a {name}")
            self.note(f"{which}{name}", told)
        for name, state in (("evidence review", FindState.TO_SIFT), ("sifted evidence review", FindState.LEFT_OUT)):
            review = Review(workstream=stream, question=self.word(f"{which}{name}"), begun_on=DAY)
            review.searches = [Search(number=1, where=review.question, words="card", found=1, on=DAY)]
            self.note(f"{which}{name}", review)
            find = Find(review=review, number=1, title=review.question, state=state, why="Too old")
            self.note(f"{which}find {state}", find)

    def _file(self, stream: Workstream, name: str) -> StoredFile:
        content = self.word(name).encode()
        file = StoredFile(workstream=stream, name=f"{content.decode()}.txt", kind=FileKind.TEXT, content=content)
        file.size, file.state, file.on = len(content), FileState.CLEAN, DAY
        return self.note(name, file)

    def the_steering_group(self) -> None:
        """The steering group, with a meeting behind it, one going on and one to come."""
        who = self.who
        self.steering = a_steering_group(
            self.programme, chair=who["chair"], members=[who["steering parent"], who["other steering parent"]]
        )
        self.world.things["steering group"] = self.steering.id
        for place in self.steering.memberships:
            if place.person is who["steering parent"]:
                self.world.things["steering place"] = place.id
        for days, state in ((-30, MeetingState.CLOSED), (0, MeetingState.OPEN), (30, MeetingState.PLANNED)):
            meeting = Meeting(workstream=self.steering, on=DAY + timedelta(days), starts_at=time(10), state=state)
            self.note(f"{state} meeting", meeting)
            meeting.present = [Presence(membership=place) for place in self.steering.memberships]
            self._planned(meeting)
        action = Action(
            # A number of its own: that of another partnership's finds nothing here.
            number=uuid4().int % 10**6 + 1,
            what=self.word("steering action"),
            owner=who["steering parent"],
            workstream=self.steering,
            opened_on=DAY,
            due=DAY + timedelta(3),
        )
        self.note("steering action", action)
        self.world.things["steering action's number"] = action.number
        for name, state in (("risk", RiskState.OPEN), ("closed risk", RiskState.CLOSED)):
            kept = Risk(workstream=self.steering, number=len(name), kind=RiskKind.ISSUE, what=self.word(name))
            kept.owner, kept.opened_on, kept.state, kept.how_closed = who["steering parent"], DAY, state, "It went"
            self.note(name, kept)
        view = SavedView(person=who["steering parent"], name=self.word("view of the log"), address={"show": "late"})
        self.note("view of the log", view)

    def _planned(self, meeting: Meeting) -> None:
        """What a meeting talks about and what its minutes say, and the terms it works by."""
        if meeting.state == MeetingState.CLOSED:
            meeting.closed_on, meeting.minutes_notes = meeting.on, self.word("minutes of a meeting")
            keep(Attended(meeting_id=meeting.id, membership_id=self.world.things["steering place"]))
            terms = Terms(workstream=self.steering, number=1, agreed_on=DAY, by_id=self.who["chair"].id)
            terms.purpose = self.word("terms of a steering group")
            keep(terms)
        if meeting.state == MeetingState.PLANNED:
            item = MeetingItem(meeting=meeting, position=1, kind=ItemKind.OTHER, title=self.word("item of a meeting"))
            self.note("item of a meeting", item)
            place = next(place for place in self.steering.memberships if place.person is self.who["steering parent"])
            interest = ItemInterest(item=item, membership=place, words=self.word("interest in an item"))
            self.note("interest in an item", interest)

    def groups_together(self) -> None:
        """Two groups of one facilitator that wait for their checks, and two that have come together for an evening."""
        quiet = db.session.get_one(Workstream, self.world.things["quiet stream"])
        for name, state, live in (
            ("gathering", GatheringState.WAITING, WorkstreamState.PROPOSED),
            ("together gathering", GatheringState.TOGETHER, WorkstreamState.ACTIVE),
        ):
            table = a_stream(self.programme, f"A {name}", facilitator=self.who["facilitator"], state=live)
            table.kind = Kind.GATHERING
            a_membership(table, self.who["member"], state=MembershipState.INVITED)
            made = Gathering(workstream=table, kind=GatheringKind.JOINT_SESSION, state=state, asked_on=DAY)
            made.origins = [Origin(workstream=self.tables[""]), Origin(workstream=quiet)]
            self.note(name, made)
            self.world.things[f"{name} table"] = table.id

    def areas(self) -> None:
        """The priority areas in an order, one set aside, and groups that are proposed to come together for one."""
        led = {"workstream": self.steering, "on": DAY, "by": self.who["chair"]}
        keep(Ordering(number=1, why=self.word("reason for an order"), places=[], **led))
        later = self.note("later priority", Priority(programme=self.programme, number=2, wording="A map"))
        why = self.word("reason an area is set aside")
        keep(SetAside(priority=later, on=DAY, why=why, by=self.who["chair"]))
        proposal = Proposal(kind=GatheringKind.DEVELOPMENT_DAY, why=self.word("proposal"), **led)
        quiet = db.session.get_one(Workstream, self.world.things["quiet stream"])
        proposal.areas, proposal.groups = [self.priority], [self.tables[""], quiet]
        self.note("proposal", proposal)

    def theories(self) -> None:
        """How the programme thinks change happens: agreed, being written, being read, and its parts only."""
        states = {"agreed theory": TheoryState.AGREED, "theory": TheoryState.SECOND}
        states |= {"read theory": TheoryState.READ, "first theory": TheoryState.FIRST}
        for number, (name, state) in enumerate(states.items(), 1):
            made = Theory(programme=self.programme, number=number, state=state, changed="Less of it")
            made.agreed_on = DAY if state == TheoryState.AGREED else None
            start = TheoryPart(number=1, kind=PartKind.ACTIVITY, words=self.word("theory of change"))
            end = TheoryPart(number=2, kind=PartKind.IMPACT, words="Fewer start again")
            made.parts = [start, end]
            made.arrows = [TheoryArrow(number=1, start=start, end=end, assumption=self.word("theory of change"))]
            self.note(name, made)
            self.world.things |= {f"{name} part": start.id, f"{name} arrow": made.arrows[0].id}

    def outputs(self) -> None:
        """What each group makes, and what it has brought out."""
        for which in ("", "other "):
            for name, state in (("output", OutputState.IN_DEVELOPMENT), ("launched output", OutputState.LAUNCHED)):
                made = Output(workstream=self.tables[which], name=self.word(f"{which}{name}"), kind=OutputKind.MAP)
                made.state = state
                if state == OutputState.LAUNCHED:
                    made.launches = [Launch(number=1, on=DAY)]
                self.note(f"{which}{name}", made)
                version = OutputVersion(output=made, number=1, on=DAY, new=made.name)
                version.trials = [Trial(on=DAY, who="Five parents", found=made.name)]
                self.note(f"{which}{name} version", version)
                self.note(f"{which}{name} use", Use(output=made, place=made.name, since=DAY))

    def recommendations(self) -> None:
        """One of each kind of standing, the first group's; the other group's is a draft and one sent."""
        self.number = 0
        for state in (
            State.IDEA,
            State.DRAFTED,
            State.VOTING,
            State.NEEDS_TALK,
            State.AGREED,
            State.SUBMITTED,
            State.ACCEPTED,
            State.REPLIED,
            State.IN_PILOT,
        ):
            self._asked("", state)
        self._asked("", State.VOTING, "room")
        self._asked("other ", State.DRAFTED)
        self._asked("other ", State.SUBMITTED)
        self._decided()
        self._tried()
        self._stories()

    def _asked(self, which: str, state: State, name: str = "") -> Recommendation:
        self.number += 1
        sent = state in (State.SUBMITTED, State.ACCEPTED, State.REPLIED, State.IN_PILOT)
        made = Recommendation(
            workstream=self.tables[which],
            steering=self.steering,
            number=self.number,
            title=self.word(f"{which}recommendation that is {name or state}"),
            state=state,
            stage=Stage.WARD,
            priorities=[self.priority],
            submitted_on=DAY if sent else None,
            **WORDS,
        )
        self.note(f"{which}{name or state} recommendation", made)
        keep(Version(recommendation=made, number=1, on=DAY, words=dict(WORDS)))
        if state in (State.VOTING, State.NEEDS_TALK, State.SUBMITTED):
            self._round(made, which, name)
        if state in (State.DRAFTED, State.SUBMITTED):
            self._beside(made, which)
            self._talked_about(made, which)
        return made

    def _talked_about(self, made: Recommendation, which: str) -> None:
        """Other words that were suggested, and what was said about a paragraph: both a member's."""
        whose = {"recommendation": made, "person": self.who[f"{which}member"], "field": "problem", "on": DAY}
        other = self.word(f"{which}suggestion for what is {made.state}")
        before = WORDS["problem"]
        suggested = Suggestion(number=1, from_version=1, before=before, words=f"{before} {other}", **whose)
        words = self.word(f"{which}comment on what is {made.state}")
        said = Comment(number=1, paragraph=before, words=words, **whose)
        keep(suggested, said)
        if made.state == State.DRAFTED and not which:
            self.world.things |= {"its suggestion": suggested.id, "its comment": said.id}
            self.world.things |= {"its problem": 4, "its paragraph": 1, "its version": 1}

    def _beside(self, made: Recommendation, which: str) -> None:
        """What is not known yet, who would gain, and what the evidence shows."""
        state, whose = made.state, self.who[f"{which}professional"]
        asked = OpenQuestion(recommendation=made, number=1, on=DAY, person=whose)
        asked.words = self.word(f"{which}question about what is {state}")
        known = OpenQuestion(recommendation=made, number=2, on=DAY, words="When?", answer="In May.")
        known.state = QuestionState.ANSWERED
        words = self.word(f"{which}declaration on what is {state}")
        keep(asked, known, Declaration(recommendation=made, person=whose, words=words, on=DAY))
        piece, free = (
            Evidence(workstream=made.workstream, kind=EvidenceKind.RESEARCH, title=title, says="So.", added_on=DAY)
            for title in (f"A study for {state}", f"A free study for {state}")
        )
        keep(piece, free)
        link = EvidenceLink(recommendation=made, evidence=piece, strength=Strength.SOME)
        link.shows = self.word(f"{which}evidence for what is {state}")
        keep(link)
        if state == State.DRAFTED and not which:
            self.world.things |= {"its question": asked.id, "its answered question": known.id}
            self.world.things |= {"its evidence": link.id, "free evidence": free.id}

    def _round(self, made: Recommendation, which: str, name: str) -> None:
        counted = made.state != State.VOTING or name == "room"
        if counted:
            poll = _counted(self.tables[which], Outcome.ASK_THE_ROOM if name == "room" else Outcome.NEEDS_TALK)
            keep(poll)
            standing = name or made.state
            worry = Worry(poll=poll, words=self.word(f"{which}worry of what is {standing}"))
            self.note(f"{which}{standing} worry", worry)
        else:
            poll = voting.draft(self.tables[which], made.said, by=self.who[f"{which}facilitator"])
            voting.open_vote(poll, SOON, by=self.who[f"{which}facilitator"])
        keep(Round(recommendation=made, poll=poll, number=1))

    def _decided(self) -> None:
        for number, name in enumerate((State.ACCEPTED, State.REPLIED, State.IN_PILOT), 1):
            made = db.session.get_one(Recommendation, self.world.things[f"{name} recommendation"])
            decision = a_decision(made, number=number)
            self.world.things[f"{name} decision"] = decision.id
        self._answered("answered", 4)
        self._contested(self._answered("contested", 5))

    def _answered(self, name: str, number: int) -> Decision:
        """A decision its group has been told of, with a question of the group's own."""
        decision = a_decision(self._asked("", State.REPLIED, name), number=number)
        keep(Reply(decision=decision, words="We say yes.", sent_on=DAY, by_id=self.who["chair"].id))
        self.world.things[f"{name} decision"] = decision.id
        question = GroupQuestion(decision=decision, number=1, on=DAY, by_id=self.who["member"].id)
        question.words = self.word(f"question about what is {name}")
        self.note(f"question about what is {name}", question)
        return decision

    def _contested(self, decision: Decision) -> None:
        """What somebody of a group wants to be looked at again, and no second person has sent."""
        contest = Contest(decision=decision, on=DAY, raised_by_id=self.who["peer"].id)
        contest.words = self.word("contest nobody has sent")
        self.note("contest nobody has sent", contest)

    def _tried(self) -> None:
        made = db.session.get_one(Recommendation, self.world.things["in pilot recommendation"])
        indicator = an_indicator(made, "Knew who rings", 48, 52, 62)
        self.world.things["indicator"] = indicator.id
        self.world.things["reading"] = indicator.readings[0].id
        waits = a_proposal(indicator, self.who["facilitator"], note=self.word("reading nobody has approved"))
        self.world.things["proposed reading"] = waits.id
        owner = self.who["chair"]
        pilot = a_pilot(made, owner)
        self.world.things["pilot"] = pilot.id
        for state in (TestCycleState.ADAPT, TestCycleState.STUDYING, TestCycleState.DOING, TestCycleState.PLANNED):
            self.world.things[f"{state} test cycle"] = a_test_cycle(pilot, state).id
        for name, state in (
            ("proposed", PilotState.PROPOSED),
            ("new", PilotState.CYCLING),
            ("reviewed", PilotState.REVIEWED),
        ):
            asked = self._asked("", State.IN_PILOT, name)
            another = self.world.things[f"{name} pilot"] = a_pilot(asked, owner, state).id
        reviewed = db.session.get_one(Pilot, another)
        for _ in range(2):
            a_test_cycle(reviewed, TestCycleState.ADOPT)
        self.note("funding ask", FundingAsk(pilot=pilot, number=1, board="A board", pounds=100, asked_on=DAY))
        step = PilotStep(pilot=pilot, kind=StepKind.SET_UP, what="Train four midwives", owner=owner, due=DAY)
        self.note("pilot step", step)
        said = Feedback(test_cycle=pilot.test_cycles[0], by_id=self.who["member"].id, whose=Touched.PARENT, on=DAY)
        said.words = "She rang me."
        self.note("feedback on a test cycle", said)

    def _stories(self) -> None:
        """What a member told of a change, for each audience, checked and not, and in a group of four parents."""
        for which, name, audience, state in (
            ("", "story", Audience.GROUP, StoryState.TOLD),
            ("", "story for the steering group", Audience.STEERING, StoryState.CHECKED),
            ("", "story for everybody", Audience.PARTNERSHIP, StoryState.CHECKED),
            ("", "unchecked story", Audience.PARTNERSHIP, StoryState.TOLD),
            ("", "story sent back", Audience.STEERING, StoryState.SENT_BACK),
            ("other ", "story for everybody", Audience.PARTNERSHIP, StoryState.CHECKED),
        ):
            made = db.session.get_one(Recommendation, self.world.things[f"{which}submitted recommendation"])
            words = self.word(f"{which}{name}")
            told = Evidence(kind=EvidenceKind.TESTIMONY, title=words, says=words, added_on=DAY)
            told.workstream, told.content_note = made.workstream, words
            told.testimony = Testimony(person=self.who[f"{which}member"], audience=audience)
            story = Story(testimony=told.testimony, recommendation=made, turn=Turn.BETTER, state=state)
            story.how_much = story.name = words
            if state == StoryState.SENT_BACK:
                story.to_change = self.word("what to change in a story")
            self.note(f"{which}{name}", story)

    def what_is_private(self) -> None:
        """What one person alone, or two, may know."""
        who = self.who
        for which in ("", "other "):
            member, facilitator = who[f"{which}member"], who[f"{which}facilitator"]
            keep(Needs(person=member, helps=[Help.TAXI], food=self.word(f"{which}needs")))
            words = self.word(f"{which}separation request")
            self.note(f"{which}request", SeparationRequest(person=member, words=words, asked_on=DAY))
            support = Support(member=member, supporter=who[f"{which}supporter"], since=DAY, shares=[Share.AGENDA])
            support.called = self.word(f"{which}support")
            self.note(f"{which}support", support)
            member.no_text_links = True
            assisted = Assisted(member=member, by=facilitator, act=Act.STOP_TEXTS, thing_id=member.id, done_on=DAY)
            assisted.before, assisted.after = {"texts": "yes"}, {"texts": "no"}
            self.note(f"{which}assisted", assisted)
            ask = DataAsk(person=member, words=self.word(f"{which}data ask"), asked_on=DAY)
            self.note(f"{which}data ask", ask)
            change = ContactChange(person=member, channel=Channel.EMAIL, sealed=b"-", asked_by=facilitator)
            change.state, change.asked_at = ChangeState.ASKED, datetime.combine(DAY, time(8), HERE)
            self.note(f"{which}contact change", change)
            passkey = Passkey(person=facilitator, credential=facilitator.id.bytes, key=b"-", added_on=DAY)
            passkey.name = self.word(f"{which}passkey")
            self.note(f"{which}passkey", passkey)
            visit = SignedIn(person=member, hash=member.id.hex, rights=0, by="code", began=SOON, ends=SOON)
            visit.device = self.word(f"{which}session")
            self.note(f"{which}session of a member", visit)
            self._told(which)
            self._comes(which)
            self._money(which)
        self._concern()
        seat = {"whose": next(iter(Whose)), "is_safe": True, "told_on": DAY}
        self.note("interest", Interest(name=self.word("interest"), contact=self.word("interest"), **seat))
        held = Interest(name=self.word("interest"), contact=self.word("interest"), workstream=self.tables[""], **seat)
        self.note("interest of a group", held)
        self.note("review", AccessReview(began_on=DAY, by=who["admin"]))

    def _told(self, which: str) -> None:
        """What a member told one person, or those who run her group; and a call that two people alone know of."""
        member, facilitator = self.who[f"{which}member"], self.who[f"{which}facilitator"]
        evening = {"session_id": self.world.things[f"{which}held soon session"], "person": member}
        said = CheckIn(to=facilitator, moment=Moment.BEFORE, feeling=Feeling.NOT_GREAT, on=DAY, **evening)
        said.words = self.word(f"{which}check-in")
        keep(said)
        self.note(f"{which}check-in call", CheckInCall(due=DAY + timedelta(1), **evening))
        self.note(f"{which}call back", CallBack(person=member, asked=facilitator, due=DAY))
        agreed = self.world.things[f"{which}agreed agreement"]
        self.note(f"{which}wish", ChangeAsked(agreement_id=agreed, words=self.word(f"{which}wish")))
        breach = BreachNote(workstream=self.tables[which], words=self.word(f"{which}breach note"), sent_on=DAY)
        self.note(f"{which}breach note", breach)
        if which:
            pair = {"member": self.who["outsider"], "supporter": self.who["other supporter"]}
            keep(Support(called="A friend", since=DAY, shares=[], **pair))
            keep(CallBack(person=self.who["outsider"], asked=self.who["other supporter"], due=DAY))

    def _money(self, which: str) -> None:
        """What a member was offered, what she spent, and where her money goes."""
        member, stream = self.who[f"{which}member"], self.tables[which]
        for state, session in (
            (PaymentState.OFFERED, "published"),
            (PaymentState.DUE, "held soon"),
            (PaymentState.APPROVED, "held soon"),
        ):
            offered = Payment(person=member, workstream=stream, state=state, pence=2500, task_on=DAY, pay_on=DAY)
            offered.what = self.word(f"{which}payment that is {state}")
            offered.session_id = self.world.things[f"{which}{session} session"]
            offered.accepted_pence = None if state == PaymentState.OFFERED else 2500
            by = self.who[f"{which}facilitator"]
            offered.steps = [PaymentStep(number=1, state=PaymentState.OFFERED, on=DAY, by=by)]
            if state != PaymentState.OFFERED:
                offered.steps.append(PaymentStep(number=2, state=state, on=DAY, by=self.who["second admin"]))
            self.note(f"{which}{state} payment", offered)
        for claim in ExpenseState.CLAIMED, ExpenseState.APPROVED:
            spent = Expense(person=member, workstream=stream, state=claim, pence=460, spent_on=DAY, claimed_on=DAY)
            spent.what, spent.claimed_by_id = self.word(f"{which}expense that is {claim}"), member.id
            spent.receipt = self.word(f"{which}receipt").encode()
            if claim == ExpenseState.APPROVED:
                spent.approved_on, spent.approved_by_id = DAY, self.who["second admin"].id
            self.note(f"{which}{claim} expense", spent)
        details = BankDetails(self.word(f"{which}bank details"), "123456", "87654334")
        keep(PayMethod(person=member, way=PayWay.BANK, sealed=seal(member.id, details), changed_on=DAY))

    def _comes(self, which: str) -> None:
        """That a member comes, the taxi that was booked for her, and the link in her reminder."""
        member, evening = self.who[f"{which}member"], self.world.things[f"{which}published session"]
        hers = {"session_id": evening, "person_id": member.id, "on": DAY + timedelta(7)}
        keep(Coming(**hers, answer=ComingAnswer.YES, ring_me=True))
        keep(Arranged(**hers, what="taxi", words=self.word(f"{which}what was arranged")))
        task = f"coming {evening}"
        self.world.things[f"{which}coming link"] = accounts.draw_link(member, task, LINKS_END)
        if not which:
            self.world.tasks["coming-link"] = task

    def _concern(self) -> None:
        for state in (ConcernState.RAISED, ConcernState.RECEIVED):
            concern = Concern(programme=self.programme, raised_by=self.who["facilitator"], state=state)
            concern.about, concern.number, concern.words = (self.word("concern") for _ in range(3))
            concern.urgency, concern.told = Urgency.TODAY, Told.NOT_YET
            concern.raised_at = datetime.combine(DAY, time(8), HERE)
            self.note(f"{state} concern", concern)


def _counted(stream: Workstream, outcome: Outcome = Outcome.AGREED) -> Poll:
    """A vote whose result is known, whose envelopes and key are gone."""
    poll = Poll(workstream=stream, question="A card?", state=PollState.COUNTED, public_key=b"-", opened_on=DAY)
    poll.closes_at, poll.counted_on = SOON - timedelta(7), DAY
    poll.result = Result(outcome=outcome, reason="Most can live with it.")
    return poll
