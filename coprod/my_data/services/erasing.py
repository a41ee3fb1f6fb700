"""Erasing somebody: all that says who it was goes; the row stays, so that counts and decisions stand (L6)."""

import re
from pathlib import Path
from uuid import UUID

from flask import current_app
from sqlalchemy import delete, select, update

from coprod.actions.models import ActionNote
from coprod.areas.models import Ordering, Proposal, SetAside, Taken
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import Root, after_commit, db
from coprod.core.journal import record
from coprod.cycles.models import AgendaItem
from coprod.evidence import services as evidence
from coprod.handovers.models import Handover
from coprod.my_data import queries, rules
from coprod.my_data.rules import Fate
from coprod.my_data.services import ledger
from coprod.notes.models import ItemNote, NoteVersion
from coprod.outputs.models import Launch, OutputVersion, Trial
from coprod.payments import services as payments
from coprod.payments.models import Expense, Payment
from coprod.people import services as people
from coprod.people.models import Person, Ticket
from coprod.programmes.models import Programme
from coprod.recommendations.models import Comment, Recommendation, Suggestion, Version
from coprod.risks.models import Rating, Risk
from coprod.steering.models import Contest, GroupQuestion, ItemInterest, Meeting, MeetingItem, Terms
from coprod.steering.rules import DECLARED
from coprod.workstreams import services as workstreams

_LEAST_DIGITS = 9
NAMED = (
    AgendaItem.lead,
    Recommendation.presenter,
    ActionNote.words,
    ItemNote.words,
    Meeting.minutes_notes,
    Meeting.why_undecided,
    MeetingItem.title,
    MeetingItem.speaker,
    MeetingItem.outcome,
    NoteVersion.words,
    Payment.what,
    Suggestion.before,
    Suggestion.words,
    Suggestion.why,
    Suggestion.reason,
    Comment.paragraph,
    Comment.words,
    Ordering.why,
    SetAside.why,
    Proposal.why,
    Taken.why,
    Trial.who,
    Trial.found,
    Launch.because,
    OutputVersion.new,
    Contest.words,
    Contest.speaker,
    GroupQuestion.words,
    GroupQuestion.answer,
    Terms.members,
    Terms.deciding,
    Risk.what,
    Risk.response,
    Risk.how_closed,
    Rating.why,
)
"""Words of a group in which somebody's name may stand."""


def erase(person: Person, *, by: Person) -> None:
    """Erase somebody at once; a supporter whom nobody else needs goes with her."""
    facts = {"is_lead": queries.is_lead(person), "is_last_admin": queries.is_last_admin(person)}
    require(rules.may_erase(by, person, **facts))
    _erase(person, by)


def reapply_erasures() -> int:
    """After a restore: erase again everybody who was erased since the backup; answer how many that were."""
    back = queries.not_erased_among(ledger.kept())
    for person in back:
        _free_the_lead(person.id)
        _erase(person, None)
    return len(back)


def _free_the_lead(key: UUID) -> None:
    for column in (Programme.safeguarding_lead_id, Programme.deputy_lead_id):
        db.session.execute(update(Programme).where(column == key).values({column.key: None}))


def _erase(person: Person, by: Person | None) -> None:
    alone = queries.left_alone_by(person)
    for one in (*alone, person):
        _take_out(one, by)
    after_commit(ledger.keep_at(ledger.place(), [one.id for one in (*alone, person)]))


def _take_out(person: Person, by: Person | None) -> None:
    _forget_files(person)
    _leave(person)
    evidence.withdraw_all_of(person)
    payments.end_for(person)
    _take_name_out_of_plans(person)
    db.session.execute(update(Handover).where(Handover.from_id == person.id).values(words=""))
    db.session.execute(update(Expense).where(Expense.person_id == person.id).values(receipt=None))
    db.session.execute(delete(Ticket).where(Ticket.asked.in_([person.email or "", person.phone or ""])))
    db.session.flush()
    for held in rules.REGISTER:
        if held.fate == Fate.GOES and held.table != Person.__tablename__:
            table = Root.metadata.tables[held.table]
            db.session.execute(delete(table).where(queries.is_hers(held, person.id)))
    _become_somebody(person, by)
    record(by, "erased", person)


def _become_somebody(person: Person, by: Person | None) -> None:
    person.alias, person.email, person.phone = rules.SOMEBODY, None, None
    person.totp, person.totp_last, person.no_text_links = None, 0, True
    person.is_admin, person.active, person.erased_on = False, False, today()
    people.renew_rights(person, "erased", by=by)
    db.session.expire_all()


def _leave(person: Person) -> None:
    """Leave every table, as she could by herself; an open vote keeps her on its roll, and nothing shows it (B1)."""
    workstreams.leave_everywhere(person)
    for place in queries.places_of(person):
        place.words, place.wants_a_call = None, False
        said = update(ItemInterest).where(ItemInterest.membership_id == place.id)
        db.session.execute(said.values(words=DECLARED))


# --- Her name where plans name people.


def _take_name_out_of_plans(person: Person) -> None:
    if queries.shares_her_name(person):
        return
    named = re.compile(rf"(?<!\w){re.escape(person.alias)}(?!\w)")
    for column in NAMED:
        for one in db.session.scalars(select(column.class_).where(column.contains(person.alias, autoescape=True))):
            setattr(one, column.key, named.sub(rules.SOMEBODY, getattr(one, column.key)))
    for version in db.session.scalars(select(Version)):
        if named.search(said := version.words.get("presenter", "")):
            version.words = version.words | {"presenter": named.sub(rules.SOMEBODY, said)}


# --- Messages that a demonstration keeps in files.


def _forget_files(person: Person) -> None:
    """Delete the files that hold a message to her; where messages really go out, there are none."""
    digits = re.sub(r"\D", "", person.phone or "")[-_LEAST_DIGITS:]
    signs = [sign.casefold() for sign in (person.email, digits) if sign]
    for file in message_files():
        said = file.read_text("utf-8", "replace").casefold()
        if any(sign in said for sign in signs):
            file.unlink(missing_ok=True)


def message_files() -> list[Path]:
    """List the files a demonstration keeps its e-mails and texts in."""
    config = current_app.config
    kept = [config["MAIL_FILE_PATH"]] if config.get("MAIL_BACKEND") == "file" else []
    kept += [config["TEXT_FOLDER"]] if config.get("TEXT_BACKEND") == "file" else []
    return [file for folder in kept for file in sorted(Path(folder).glob("*")) if file.is_file()]
