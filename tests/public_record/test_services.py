from collections import Counter
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from sqlalchemy import select

from coprod.core.answers import Refused
from coprod.core.db import Root, db
from coprod.core.journal import Entry
from coprod.cycles.models import Cycle, Session
from coprod.principles import services as wording
from coprod.principles.models import Principle, PrincipleVersion, Priority
from coprod.programmes import rules as programme_rules
from coprod.programmes.models import Comparison, Holiday, HolidayKind, Phase, Programme, Source, TimelineEntry
from coprod.programmes.queries import bank_holidays
from coprod.public_record.services import import_record
from coprod.workstreams.models import Kind, Workstream
from tests import factories
from tests.public_record.conftest import RECORD

pytestmark = pytest.mark.usefixtures("database")


def everything() -> dict[str, Counter[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table.name: Counter(tuple(map(str, row)) for row in db.session.execute(select(table)))
        for table in Root.metadata.sorted_tables
    }


def stream(name: str) -> Workstream:
    return db.session.scalars(select(Workstream).where(Workstream.name == name)).one()


def test_first_import_brings_all_of_it_in() -> None:
    report = import_record(RECORD)

    programme = db.session.scalars(select(Programme)).one()
    assert (report.applied, report.faults, report.left) == (True, (), [])
    assert (programme.name, programme.partnership, programme.state) == ("Born into Care", "Blackpool", "setting up")
    assert (len(programme.aims), len(programme.bodies), len(programme.report_sections)) == (3, 8, 14)
    assert programme.outputs == ["Film made by both groups together, showing the eight principles"]
    assert programme.parents_and_carers_in_first_three == 6
    assert [phase.name for phase in programme.phases] == ["Understand", "Explore", "Decide"]
    assert [entry.when for entry in programme.timeline][:5] == [
        "2019",
        "2019/2022",
        "2020-06",
        "2021",
        "2021-09/2022-02",
    ]
    assert [entry.position for entry in programme.timeline] == list(range(1, 16))
    counted = {
        model: len(db.session.scalars(select(model)).all()) for model in (Source, Comparison, Principle, Priority)
    }
    assert counted == {Source: 5, Comparison: 10, Principle: 8, Priority: 12}
    assert [entry.verb for entry in db.session.scalars(select(Entry))] == ["imported the public record"]


def test_import_makes_one_table_of_two_runs_and_closes_what_is_over() -> None:
    import_record(RECORD)

    models = stream("Practice models")
    assert [(run.number, run.began, run.until) for run in models.runs] == [
        (1, "2022-10", ""),
        (2, "2023-09", "2023-12"),
    ]
    assert {s.name: (s.kind, s.state) for s in db.session.scalars(select(Workstream))} == {
        "Mothers' group": (Kind.GROUP, "closed"),
        "Fathers' group": (Kind.GROUP, "closed"),
        "Relationships and transitions": (Kind.STREAM, "closed"),
        "Practice models": (Kind.STREAM, "closed"),
        "Systems and process mapping": (Kind.STREAM, "closed"),
        "Recurrent care": (Kind.STREAM, "closed"),
        "Lived experience": (Kind.STREAM, "closed"),
        "Legal": (Kind.STREAM, "active"),
        "Born into Care steering group": (Kind.STEERING, "active"),
    }
    assert (stream("Mothers' group").lived_experience, stream("Legal").open_ended) == (4, True)


def test_import_marks_wording_that_was_never_published_as_example() -> None:
    import_record(RECORD)
    first = db.session.scalars(select(Principle).order_by(Principle.number)).first()
    last = db.session.scalars(select(Priority).order_by(Priority.number.desc())).first()
    assert first
    assert (first.wording, first.is_example) == ("Principle 1 (example wording)", True)
    assert last
    assert (last.wording, last.is_example) == ("Priority 12 (example wording)", True)


def test_import_keeps_holidays_so_that_working_days_come_out() -> None:
    import_record(RECORD)
    school = db.session.scalars(select(Holiday).where(Holiday.kind == HolidayKind.SCHOOL)).one()
    days = bank_holidays(date(2022, 12, 15), date(2023, 1, 31))
    assert (school.first, school.last) == (date(2022, 10, 24), date(2022, 10, 28))
    assert programme_rules.add_working_days(date(2022, 12, 15), 10, days) == date(2023, 1, 3)


@pytest.mark.parametrize("apply", [False, True])
def test_second_import_of_the_same_file_changes_nothing_and_says_so(words: str, apply: bool) -> None:
    import_record(RECORD)
    before = everything()

    report = import_record(words, apply=apply)

    assert everything() == before
    assert (report.applied, report.lines) == (False, [])
    assert report.heading == "Nothing differs: the record is in already, and nothing was changed."


def test_fault_anywhere_leaves_nothing_behind(words: str) -> None:
    before = everything()
    report = import_record(words.replace('when = "2024-01"', 'when = "January"'))
    assert [line.split(",")[0] for line in report.faults] == ["[[timeline]] 13"]
    assert everything() == before


def test_file_that_is_not_there_is_one_fault(tmp_path: Path) -> None:
    assert import_record(tmp_path / "none.toml").faults == [
        f"{tmp_path / 'none.toml'}: expected a file that can be read."
    ]
    assert len(import_record(tmp_path).faults) == 1


def test_changed_file_shows_what_differs_and_does_nothing_without_apply(words: str) -> None:
    import_record(RECORD)
    before = everything()

    report = import_record(changed(words))

    assert everything() == before
    assert (report.applied, list(report.differences)) == (
        False,
        [
            "programme, name: changed from “Born into Care” to “Born into Care, Blackpool”",
            "timeline entry “Steering group starts”: added",
            "timeline entry “Ofsted inspection of local authority children's services”, when: "
            "changed from “2022-12” to “2022-11”",
            "comparison “Case audits graded good”, after: changed from 35 to 36",
            "principles: 1 added",
            "timeline entry “Steering group formed; first work streams prioritised”: no longer there",
        ],
    )


def changed(words: str) -> str:
    return (
        words.replace('name   = "Born into Care"', 'name = "Born into Care, Blackpool"')
        .replace('\nwhen = "2022-12"', '\nwhen = "2022-11"')
        .replace("after = 35", "after = 36")
        .replace("Steering group formed; first work streams prioritised", "Steering group starts")
        .replace("principles = 8", "principles = 9")
    )


def test_changed_file_is_applied_when_told_to_and_then_differs_in_nothing(words: str) -> None:
    import_record(RECORD)

    report = import_record(changed(words), apply=True)
    again = import_record(changed(words))

    programme = db.session.scalars(select(Programme)).one()
    db.session.refresh(programme)
    assert (report.applied, again.lines) == (True, [])
    assert programme.name == "Born into Care, Blackpool"
    assert [(entry.position, entry.when) for entry in programme.timeline][6:9] == [
        (7, "2022-06"),
        (8, "2022-10"),
        (9, "2022-11"),
    ]
    assert programme.timeline[6].what == "Steering group starts"
    assert len(db.session.scalars(select(Principle)).all()) == 9


def test_another_order_is_applied(words: str) -> None:
    import_record(RECORD)
    turned = words.replace("order = 1", "order = 9").replace("order = 2", "order = 1").replace("order = 9", "order = 2")

    report = import_record(turned, apply=True)

    assert list(report.differences) == ["phase: in another order"]
    phases = db.session.scalars(select(Phase).order_by(Phase.position)).all()
    assert [phase.name for phase in phases] == ["Explore", "Understand", "Decide"]


def without(words: str, *names: str) -> str:
    head, *blocks = words.split("[[")
    kept = [block for block in blocks if not any(f'"{name}"' in block for name in names)]
    return "[[".join([head, *kept])


def test_what_is_no_longer_in_the_file_is_taken_out_unless_people_have_built_on_it(words: str) -> None:
    import_record(RECORD)
    factories.a_membership(stream("Recurrent care"), factories.a_person())
    shorter = without(words, "Recurrent care", "Lived experience", "Case audits graded good").replace(
        "priority_areas = 12", "priority_areas = 10"
    )
    worded = db.session.scalars(select(Priority).where(Priority.number == 12)).one()
    worded.wording = "Words of the group"
    linked = db.session.scalars(select(Priority).where(Priority.number == 11)).one()
    linked.principles = list(db.session.scalars(select(Principle).where(Principle.number == 1)))
    db.session.flush()

    report = import_record(shorter, apply=True)
    again = import_record(shorter, apply=True)

    names = set(db.session.scalars(select(Workstream.name)))
    assert ("Recurrent care" in names, "Lived experience" in names) == (True, False)
    assert len(db.session.scalars(select(Comparison)).all()) == 9
    assert {priority.number for priority in db.session.scalars(select(Priority))} == set(range(1, 13))
    assert [line for line in report.left if "people have built on it" not in line] == []
    assert {line.split(":")[0] for line in report.left} == {
        "workstream “Recurrent care”",
        "run 1 of “Recurrent care”",
        "priority “11”",
        "priority “12”",
    }
    assert (again.applied, list(again.differences), len(again.left)) == (False, [], 4)


def test_phase_that_sessions_stand_on_is_left_and_stands_last(words: str) -> None:
    import_record(RECORD)
    table = stream("Legal")
    understand = db.session.scalars(select(Phase).where(Phase.name == "Understand")).one()
    cycle = Cycle(workstream=table, number=1, starts_on=date(2025, 11, 18), starts_at=time(18))
    moment = datetime(2025, 11, 18, 18, tzinfo=UTC)
    held = Session(
        cycle=cycle, number=1, on=moment.date(), starts_at=time(18), begins=moment, minutes=115, phase=understand
    )
    factories.keep(cycle, held)

    report = import_record(without(words, "Understand").replace("after = 35", "after = 36"), apply=True)

    assert [line.split(":")[0] for line in report.left] == ["phase “Understand”"]
    phases = db.session.scalars(select(Phase).order_by(Phase.position)).all()
    assert [(phase.position, phase.name) for phase in phases] == [(1, "Explore"), (2, "Decide"), (3, "Understand")]


def test_import_never_rewords_what_people_have_worded(words: str) -> None:
    import_record(RECORD)
    first = db.session.scalars(select(Principle).where(Principle.number == 1)).one()
    first.wording, first.is_example = "Be kind", False
    db.session.flush()

    import_record(changed(words), apply=True)

    assert (first.wording, first.is_example) == ("Be kind", False)


def test_import_leaves_alone_what_people_made_themselves(words: str) -> None:
    import_record(RECORD)
    programme = db.session.scalars(select(Programme)).one()
    factories.a_stream(programme, "Our own stream")
    factories.keep(
        Holiday(kind=HolidayKind.SCHOOL, first=date(2026, 2, 16), last=date(2026, 2, 20), what="Half term", sources=[])
    )
    admin = factories.an_admin()
    ours = [wording.add_principle(programme, "Ours", is_example=False, by=admin)]
    ours += [wording.add_priority(programme, "Ours", is_example=False, by=admin)]

    assert import_record(words).lines == []
    assert [one.number for one in ours] == [9, 13]


def test_counted_principles_are_in_their_first_version_and_go_with_it(words: str) -> None:
    import_record(RECORD)
    first = db.session.scalars(select(Principle).where(Principle.number == 1)).one()
    counted = db.session.scalars(select(PrincipleVersion).order_by(PrincipleVersion.wording)).all()
    assert [(said.number, said.is_example) for said in counted] == [(1, True)] * 8
    assert (first.version, [said.wording for said in first.versions]) == (1, ["Principle 1 (example wording)"])

    report = import_record(words.replace("principles = 8", "principles = 7"), apply=True)

    assert list(report.differences) == ["principle “8”: no longer there"]
    assert len(db.session.scalars(select(PrincipleVersion)).all()) == 7


def test_import_by_somebody_is_for_admins_and_written_down() -> None:
    ada = factories.an_admin()
    with pytest.raises(Refused, match="Only a programme admin"):
        import_record(RECORD, by=factories.a_professional())
    import_record(RECORD, by=ada)
    assert [entry.by_id for entry in db.session.scalars(select(Entry))] == [ada.id]


def test_second_programme_beside_one_that_was_not_imported_is_its_own(words: str) -> None:
    other = factories.a_programme("Another")
    report = import_record(words)
    assert report.applied
    assert {programme.name for programme in db.session.scalars(select(Programme))} == {"Another", "Born into Care"}
    assert other.record_hash is None
    assert db.session.scalars(select(TimelineEntry).where(TimelineEntry.programme_id == other.id)).all() == []
