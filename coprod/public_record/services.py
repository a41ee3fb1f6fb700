"""Bringing the public record in: all of it or nothing, twice without harm, and never over what people have built on."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

from govuk_bank_holidays.bank_holidays import BankHolidays
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import Base, db
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.principles import services as wording
from coprod.principles.models import Principle, PrincipleVersion, Priority
from coprod.principles.queries import added_here
from coprod.principles.rules import example_wording, is_untouched
from coprod.programmes.models import Comparison, Holiday, HolidayKind, Phase, Programme, Source, TimelineEntry
from coprod.programmes.rules import is_admin
from coprod.public_record import queries
from coprod.public_record.rules import (
    ORDERED,
    Difference,
    Fact,
    How,
    Report,
    differences,
    facts_of,
    in_lines,
    is_over,
    read,
)
from coprod.workstreams.models import Run, Workstream, WorkstreamState

FAR = 100_000
"""A place in the order beyond any other, while rows change places."""


def import_record(text_or_path: str | bytes | Path, *, apply: bool = False, by: Person | None = None) -> Report:
    """Bring the record in where there is none yet; else say what differs, and change it only when told to apply."""
    if by is not None:
        require(is_admin(by))
    content, fault = _content(text_or_path)
    said, faults = read(content) if not fault else ({}, [fault])
    if faults:
        return Report(faults=faults)
    programme = queries.programme_of(said["programme"]["name"])
    wanted = apply or programme is None
    with db.session.begin_nested() as tried:
        bringing = _Import(facts_of(said, _bank_holidays()), programme)
        done, left = bringing.bring_in()
        if wanted and done:
            bringing.programme.record_hash = _fingerprint(content)
            record(by, "imported the public record", bringing.programme)
        else:
            tried.rollback()
    return Report(differences=in_lines(done), left=[_left(d.fact) for d in left], applied=wanted and bool(done))


def _content(text_or_path: str | bytes | Path) -> tuple[str | bytes, str]:
    if not isinstance(text_or_path, Path):
        return text_or_path, ""
    try:
        return text_or_path.read_bytes(), ""
    except OSError:
        return "", f"{text_or_path}: expected a file that can be read."


def _bank_holidays() -> dict[date, str]:
    known = BankHolidays(use_cached_holidays=True)
    return {day["date"]: day["title"] for day in known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)}


def _fingerprint(content: str | bytes) -> str:
    given = content if isinstance(content, bytes) else content.encode()
    return sha256(given.replace(b"\r\n", b"\n").strip()).hexdigest()


def _left(fact: Fact) -> str:
    return f"{fact.words}: no longer in the file, and left because people have built on it"


class _Import:
    """One bringing-in: what the file says, what is kept here, and the rows that come of it."""

    def __init__(self, facts: list[Fact], programme: Programme | None) -> None:
        self.facts = facts
        self.programme = programme or Programme(**facts[0].fields)
        db.session.add(self.programme)
        db.session.flush()
        self.kept = queries.kept_of(self.programme)
        self.known = list(self.kept) if programme else []
        self.gone: set[Fact] = set()
        self.ours = added_here()
        self.last_runs = {fact.of: fact for fact in facts if fact.table == "run"}

    def bring_in(self) -> tuple[list[Difference], list[Difference]]:
        """Add, change, take out what nobody has built on; answer what was done and what was left."""
        found = [difference for difference in differences(self.facts, self.known) if not self._is_ours(difference)]
        for difference in found:
            if difference.how == How.ADDED and difference.fact not in self.kept:
                self._add(difference.fact)
            elif difference.how == How.CHANGED:
                self._change(difference)
        gone = [difference for difference in found if difference.how == How.GONE]
        self.gone = {difference.fact for difference in gone}
        left = [difference for difference in gone if not self._take_out(difference.fact)]
        self._put_in_order()
        return [d for d in found if d not in left], left

    def _is_ours(self, difference: Difference) -> bool:
        """Answer whether the record only lacks what it never had: a principle or a priority that was added here."""
        return difference.how == How.GONE and self.kept[difference.fact].id in self.ours

    def _add(self, fact: Fact) -> None:
        self.kept[fact] = MAKERS[fact.table](self, fact)
        db.session.add(self.kept[fact])
        db.session.flush()

    def _change(self, difference: Difference) -> None:
        for name in difference.changed:
            setattr(self.kept[difference.fact], name, difference.fact.fields[name])
        db.session.flush()

    def _take_out(self, fact: Fact) -> bool:
        row, table = self.kept[fact], Fact("workstream", fact.of)
        if table in self.gone:
            return table not in self.kept
        if isinstance(row, Principle | Priority) and not is_untouched(row):
            return False
        model = type(row)
        try:
            with db.session.begin_nested():
                if isinstance(row, Workstream):
                    db.session.execute(delete(Run).where(Run.workstream_id == row.id))
                if isinstance(row, Principle):
                    db.session.execute(delete(PrincipleVersion).where(PrincipleVersion.principle_id == row.id))
                db.session.execute(delete(model).where(model.id == row.id))
        except IntegrityError:
            return False
        del self.kept[fact]
        return True

    def _put_in_order(self) -> None:
        """Give the rows of each ordered kind their places; what was left comes last."""
        for table in ORDERED:
            file = [fact for fact in self.facts if fact.table == table]
            rows = [self.kept[fact] for fact in [*file, *(f for f in self.kept if f.table == table and f not in file)]]
            if [row.position for row in rows] != list(range(1, len(rows) + 1)):  # type: ignore[attr-defined]
                self._number(rows, FAR)
                self._number(rows, 1)

    @staticmethod
    def _number(rows: list[Base], first: int) -> None:
        for position, row in enumerate(rows, first):
            row.position = position  # type: ignore[attr-defined]
        db.session.flush()

    # --- What a new fact becomes.

    def source(self, fact: Fact) -> Base:
        """A public document."""
        return Source(programme_id=self.programme.id, key=fact.name, **fact.fields)

    def ordered(self, fact: Fact) -> Base:
        """A phase, an entry of the timeline or a comparison, far behind until all are put in order."""
        model, named_by = ORDERED_MODELS[fact.table]
        place = 2 * FAR + self.facts.index(fact)
        return model(programme_id=self.programme.id, position=place, **{named_by: fact.name}, **fact.fields)

    def table(self, fact: Fact) -> Base:
        """A table people sat at, closed where the record says that it is over."""
        over = is_over(self.last_runs[fact.name], open_ended=fact.fields["open_ended"], today=today())
        state = WorkstreamState.CLOSED if over else WorkstreamState.ACTIVE
        return Workstream(programme_id=self.programme.id, name=fact.name, state=state, **fact.fields)

    def run(self, fact: Fact) -> Base:
        """One stretch of a table's life."""
        stream = self.kept[Fact("workstream", fact.of)]
        return Run(workstream_id=stream.id, number=int(fact.name), **fact.fields)

    def school_holiday(self, fact: Fact) -> Base:
        """Days off school."""
        return Holiday(kind=HolidayKind.SCHOOL, what=fact.name, first=date.fromisoformat(fact.of), **fact.fields)

    def bank_holiday(self, fact: Fact) -> Base:
        """One day off for everybody."""
        day = date.fromisoformat(fact.of)
        return Holiday(kind=HolidayKind.BANK, what=fact.name, first=day, last=day)

    def numbered(self, fact: Fact) -> Base:
        """A principle or a priority that was counted, with a wording that says it is only an example."""
        model = Principle if fact.table == "principle" else Priority
        number = int(fact.name)
        words = example_wording(model.__name__, number)
        row = model(programme_id=self.programme.id, number=number, wording=words, is_example=True)
        if isinstance(row, Principle):
            wording.begin(row)
        return row


ORDERED_MODELS: dict[str, tuple[type[Base], str]] = {
    "phase": (Phase, "name"),
    "timeline entry": (TimelineEntry, "what"),
    "comparison": (Comparison, "name"),
}
MAKERS: dict[str, Callable[[_Import, Fact], Base]] = {
    "source": _Import.source,
    **dict.fromkeys(ORDERED_MODELS, _Import.ordered),
    "workstream": _Import.table,
    "run": _Import.run,
    "school holiday": _Import.school_holiday,
    "bank holiday": _Import.bank_holiday,
    "principle": _Import.numbered,
    "priority": _Import.numbered,
}
