"""Adding to a group's library, changing what stands there, taking out what nothing leans on."""

from collections.abc import Callable
from datetime import date
from typing import Any

from coprod.core.answers import no, require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.core.overtaken import Overtaken
from coprod.evidence import queries, rules
from coprod.evidence.models import Audience, Evidence, EvidenceKind, Testimony
from coprod.evidence.rules import Said
from coprod.files import services as files
from coprod.files.services import Taken
from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from coprod.workstreams.rules import is_member

Following = Callable[[Evidence], None]
_FOLLOWING: list[Following] = []


def when_changed(following: Following) -> Following:
    """Let a later feature look anew at a testimony whose teller changed its words, or for whom it is."""
    _FOLLOWING.append(following)
    return following


def add(
    stream: Workstream,
    kind: EvidenceKind,
    title: str,
    says: str,
    *,
    by: Person,
    file: Taken | None = None,
    audience: Audience = Audience.GROUP,
    until: date | None = None,
    told_by: Person | None = None,
    in_person: bool = False,
    **more: str,
) -> Evidence:
    """Add one thing the group knows: `more` is source, period, address and content_note, as its kind asks for.

    A testimony is the words of whoever adds it. What a facilitator was told `in_person` is `told_by` somebody of the
    group, or by somebody with no account. Nothing is written down of who added a testimony.
    """
    require(rules.may_add(by, stream))
    said = Said(kind, title, says, **more)
    _sound(said, has_file=file is not None, until=until)
    evidence = Evidence(workstream=stream, kind=kind, added_on=today(), **_words(said))
    db.session.add(evidence)
    if kind == EvidenceKind.TESTIMONY:
        teller = _teller(stream, by, told_by, in_person=in_person)
        evidence.testimony = Testimony(person=teller, audience=audience, until=until)
    if file is not None:
        evidence.file = files.keep_taken(stream, file, by=by, named=evidence.testimony is None)
    db.session.flush()
    if evidence.testimony is None:
        record(by, "added", evidence)
    return evidence


def _teller(stream: Workstream, by: Person, told_by: Person | None, *, in_person: bool) -> Person | None:
    if not in_person:
        return by
    require(rules.may_write_for(by, stream))
    if told_by is not None:
        require(is_member(told_by, stream))
    return told_by


def _sound(said: Said, *, has_file: bool, until: date | None) -> None:
    found = rules.faults(said, has_file=has_file, until=until, today=today())
    if found:
        require(no(next(iter(found.values()))))


def _words(said: Said) -> dict[str, str]:
    return {name: getattr(said, name) for name in rules.WORDS}


def hold(evidence: Evidence) -> None:
    """Hold it until the transaction ends, freshly read, and whether its words are still given with it."""
    lock(evidence)
    if evidence.testimony is not None:
        lock(evidence.testimony)


def edit(
    evidence: Evidence,
    title: str,
    says: str,
    *,
    by: Person,
    read: str,
    file: Taken | None = None,
    without_file: bool = False,
    audience: Audience | None = None,
    until: date | None = None,
    **more: str,
) -> None:
    """Change what was `read` of it, or raise Overtaken (R4); a new file takes the old one's place, which goes."""
    hold(evidence)
    require(rules.may_edit(by, evidence))
    if rules.mark_of(evidence) != read:
        raise Overtaken
    said = Said(evidence.kind, title, says, **more)
    keeps_file = evidence.file is not None and not without_file
    _sound(said, has_file=file is not None or keeps_file, until=until)
    for name, words in _words(said).items():
        setattr(evidence, name, words)
    _change_file(evidence, file, without_file, by)
    _change_for_whom(evidence, audience, until, by)


def _change_file(evidence: Evidence, file: Taken | None, without_file: bool, by: Person) -> None:
    old = evidence.file
    if file is None and not without_file:
        return
    named = evidence.testimony is None
    evidence.file = files.keep_taken(evidence.workstream, file, by=by, named=named) if file is not None else None
    db.session.flush()
    if old is not None:
        files.wipe(old)


def _change_for_whom(evidence: Evidence, audience: Audience | None, until: date | None, by: Person) -> None:
    if evidence.testimony is None:
        record(by, "changed", evidence)
    else:
        evidence.testimony.audience = audience or evidence.testimony.audience
        evidence.testimony.until = until
        for follow in _FOLLOWING:
            follow(evidence)


def delete(evidence: Evidence, *, by: Person) -> None:
    """Take it out of the library, with its file, where nothing leans on it."""
    lock(evidence)
    require(rules.may_delete(by, evidence, is_linked=queries.is_linked(evidence)))
    file: Any = evidence.file
    record(by, "deleted", evidence)
    db.session.delete(evidence)
    db.session.flush()
    if file is not None:
        files.wipe(file)
