"""What changes about the things a group makes: versions, trials, the launch, where they are used."""

from datetime import date

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.files.services import Taken, keep_taken
from coprod.outputs import queries, rules
from coprod.outputs.models import Launch, Output, OutputKind, OutputVersion, Trial, Use
from coprod.people.models import Person
from coprod.recommendations.models import Recommendation
from coprod.workstreams.models import Workstream


class NameTaken(Exception):  # noqa: N818 - a name that says what happened
    """The group makes something of this name already."""


def begin(
    stream: Workstream,
    name: str,
    kind: OutputKind,
    *,
    by: Person,
    what_for: str = "",
    recommendation: Recommendation | None = None,
) -> Output:
    """Begin to make something, or raise NameTaken."""
    lock(stream)
    require(rules.may_make(by, stream) & rules.can_come_from(recommendation, stream))
    _ask_for_its_own_name(stream, name)
    output = Output(workstream=stream, name=name, kind=kind, what_for=what_for, recommendation=recommendation)
    db.session.add(output)
    db.session.flush()
    record(by, "begun", output)
    return output


def change(
    output: Output,
    name: str,
    kind: OutputKind,
    what_for: str,
    recommendation: Recommendation | None,
    *,
    by: Person,
    read: str | None = None,
) -> None:
    """Call it something else, or say anew what it is for; or raise Overtaken where other words were read (R4)."""
    lock(output.workstream)
    lock(output)
    require(rules.may_change(by, output) & rules.can_come_from(recommendation, output.workstream))
    if rules.is_the_same(output, name, kind, what_for, recommendation):
        return
    if read is not None and read != str(output.edits):
        raise Overtaken
    _ask_for_its_own_name(output.workstream, name, but=output)
    output.name, output.kind, output.what_for, output.recommendation = name, kind, what_for, recommendation
    output.edits += 1
    db.session.flush()
    record(by, "changed", output)


def _ask_for_its_own_name(stream: Workstream, name: str, but: Output | None = None) -> None:
    if queries.is_taken(stream, name, but=but):
        raise NameTaken


def add_version(
    output: Output, new: str, *, by: Person, on: date | None = None, address: str = "", file: Taken | None = None
) -> OutputVersion:
    """Write down a new version, and what is new in it; one that comes out of a test is being refined."""
    lock(output)
    day = on or today()
    require(rules.may_add_to(by, output) & rules.has_come(day, today()) & rules.can_lead_to(address))
    number = next_number(OutputVersion.number, OutputVersion.output_id == output.id)
    kept = keep_taken(output.workstream, file, by=by) if file is not None else None
    version = OutputVersion(output=output, number=number, on=day, new=new, address=address, file=kept)
    db.session.add(version)
    db.session.flush()
    record(by, "given a new version", output)
    if rules.LIFECYCLE.may(by, "refined", output):
        move(output, "refined", by=by)
    return version


def add_trial(version: OutputVersion, who: str, found: str, *, by: Person, on: date | None = None) -> Trial:
    """Write down who tried this version, without a name, and what they found."""
    output, day = version.output, on or today()
    lock(output)
    require(rules.may_add_to(by, output) & rules.can_be_tried(version, day, today()))
    trial = Trial(version=version, on=day, who=who, found=found)
    db.session.add(trial)
    db.session.flush()
    record(by, "tried", output)
    if rules.LIFECYCLE.may(by, "put to the test", output):
        move(output, "put to the test", by=by)
    return trial


def plan_launch(output: Output, on: date | None, *, by: Person) -> None:
    """Say for which day the launch is planned, or that there is no day any more."""
    lock(output)
    require(rules.may_plan(by, output) & rules.can_be_planned(on, today()))
    output.launch_planned = on
    record(by, "launch planned", output)


def launch(output: Output, on: date, *, by: Person, because: str = "") -> None:
    """Let it go out, again too; where nobody has tried it, the reason stands beside that launch."""
    lock(output)
    require(rules.may_launch(by, output) & rules.can_go_out(output, on, today()))
    require(rules.says_why_untried(output, because))
    number, reason = len(output.launches) + 1, "" if rules.trials_of(output) else because
    db.session.add(Launch(output=output, number=number, on=on, planned=output.launch_planned, because=reason))
    output.launch_planned = None
    _move(output, "launched", by=by)


def move(output: Output, name: str, *, by: Person) -> None:
    """Make one of its moves; the launch is written down with its day, so it is none of these."""
    require(rules.is_a_button(name))
    lock(output)
    _move(output, name, by=by)


def _move(output: Output, name: str, *, by: Person) -> None:
    """Make it, and write it down; what is no longer used is used nowhere."""
    before, after = rules.LIFECYCLE.make(by, name, output)
    record(by, name, output, before=before, after=after)
    if name == "retired":
        for use in rules.in_use(output):
            use.until = max(today(), use.since)
    db.session.flush()


def begin_use(output: Output, place: str, since: date, *, by: Person) -> Use:
    """Write down where it is used, and since when."""
    lock(output)
    require(rules.may_be_used(by, output) & rules.has_come(since, today()))
    use = Use(output=output, place=place, since=since)
    db.session.add(use)
    db.session.flush()
    record(by, "taken into use", output)
    return use


def end_use(use: Use, until: date, *, by: Person) -> None:
    """Write down that it is not used there any more."""
    lock(use.output)
    lock(use)
    require(rules.may_change(by, use.output) & rules.can_end(use, until, today()))
    use.until = until
    db.session.flush()
    record(by, "no longer used somewhere", use.output)
