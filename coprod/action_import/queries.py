"""Finding logs on their way in: for who leads the table alone; and whom a log can mean."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload

from coprod.action_import import rules
from coprod.action_import.models import BroughtIn, Import, ImportState
from coprod.action_import.rules import Known, Part, People, Sheet, Sifted
from coprod.actions import queries as actions
from coprod.actions.rules import LEADS, may_own
from coprod.core.clock import today
from coprod.core.db import db
from coprod.people.models import Person
from coprod.workstreams.models import Membership, MembershipState, Workstream

UNFINISHED = (ImportState.READ, ImportState.MATCHED)


def _seen_by(person: Person) -> Select[Import]:
    led = select(Membership.workstream_id).where(
        Membership.person_id == person.id, Membership.state == MembershipState.JOINED, Membership.role.in_(LEADS)
    )
    kept = Import.workstream_id.in_(led), Import.state != ImportState.DROPPED
    return select(Import).where(*kept).options(joinedload(Import.by))


def seen_by(person: Person, table: Workstream) -> Sequence[Import]:
    """List what was brought to this table, or is on its way, the newest first; without what stands in it."""
    found = _seen_by(person).where(Import.workstream_id == table.id)
    light = defer(Import.cells), defer(Import.faults), defer(Import.report)
    return db.session.scalars(found.options(*light).order_by(Import.on.desc(), Import.name, Import.id)).all()


def one_seen_by(person: Person, key: UUID) -> Import:
    """Find one, if this person chairs or runs its table and nobody left it."""
    found = _seen_by(person).where(Import.id == key)
    table = joinedload(Import.workstream).selectinload(Workstream.memberships).joinedload(Membership.person)
    return db.session.scalars(found.options(table)).one()


def unfinished(until: date) -> Sequence[UUID]:
    """List what somebody began to bring in by this day and did not finish."""
    found = select(Import.id).where(Import.state.in_(UNFINISHED), Import.on <= until)
    return db.session.scalars(found.order_by(Import.on, Import.id)).all()


def sheet_of(brought: Import) -> Sheet:
    """Answer its sheet as it is to be read."""
    rows = [(int(number), list(cells)) for number, cells in brought.cells]
    return Sheet(rows, brought.head, brought.columns, brought.faults)


def sifted(brought: Import, by: Person) -> Sifted:
    """Answer what would become of every row, brought in by this person today."""
    sheet = sheet_of(brought)
    return rules.sift(sheet, people(brought, sheet, by), fingerprints(brought.workstream), today())


def fingerprints(table: Workstream) -> frozenset[str]:
    """Answer which rows this table's log has brought in before."""
    found = select(BroughtIn.fingerprint).where(BroughtIn.workstream_id == table.id)
    return frozenset(db.session.scalars(found.order_by(BroughtIn.id)))


def people(brought: Import, sheet: Sheet, by: Person) -> People:
    """Answer whom this log can mean: who sits at the table, and who is known without an account.

    An address is compared with those of professionals at the tables of whoever brings it, and of people without an
    account; whether anybody else has it, nobody learns (P2).
    """
    table = brought.workstream
    here = [held.person for held in may_own(table)]
    outside = actions.owners_from_outside(table)
    compared = {person.id: person.email for person in here if person.is_professional} | actions.addresses_of(outside)
    by_name: dict[str, list[Known]] = defaultdict(list)
    for person in [*here, *outside]:
        by_name[rules.same(person.alias)].append(Known(person.id, compared.get(person.id) or ""))
    addresses = _addresses(sheet)
    colleagues, named = actions.professionals_at_tables_of(by, addresses), actions.outside_owners_at(addresses)
    can_own = {person.id for person in here}
    by_email = {email: person.id for email, person in colleagues.items() if person.id in can_own}
    by_email |= {email: person.id for email, person in named.items() if not person.active}
    elsewhere = set(colleagues) - set(by_email)
    able = can_own | {person.id for person in outside}
    chosen = {name: UUID(key) for name, key in brought.owners.items() if UUID(key) in able}
    return People(dict(by_name), by_email, frozenset(elsewhere), chosen)


def choices(brought: Import) -> list[Person]:
    """List who can be meant by a name: who sits at the table, and who had something to do for it without an account."""
    outside = actions.owners_from_outside(brought.workstream)
    return [*(held.person for held in may_own(brought.workstream)), *outside]


def _addresses(sheet: Sheet) -> set[str]:
    owner, email = sheet.letters.get(Part.OWNER, ""), sheet.letters.get(Part.EMAIL, "")
    return {rules.said(cells.get(owner, ""), cells.get(email, ""))[1] for _, cells in sheet.below} - {""}
