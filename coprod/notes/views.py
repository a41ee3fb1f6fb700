"""Notes of a session: written, corrected, agreed; and what somebody missed."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.cycles import queries as cycles
from coprod.cycles.models import Session
from coprod.cycles.rules.evening import hours, where
from coprod.notes import queries, rules, services
from coprod.notes.forms import AnswerForm, CorrectionForm, NoteForm, of
from coprod.notes.models import ItemNote

bp = Blueprint("notes", __name__)


# --- Those who run the group.


@bp.get("/sessions/<uuid:key>/notes")
def show(key: UUID) -> str:
    """Show the notes item by item, how far they are, and what members asked to be corrected."""
    session = cycles.one_session_run_by(me(), key)
    notes = queries.notes_of(session)
    if notes is None:
        may_open = rules.may_open(me(), session, today())
        return render_template("notes/begin.html", session=session, may_open=may_open)
    corrections = queries.corrections_to(notes)
    waiting = rules.waiting(corrections)
    return render_template(
        "notes/show.html",
        session=session,
        notes=notes,
        parts=rules.in_order(notes),
        waiting=waiting,
        settled=[one for one in corrections if one not in waiting],
        until=rules.until(notes),
        may_write=rules.may_write(me(), notes),
        may_give=rules.may_give(me(), notes),
        may_agree=rules.may_agree(me(), notes, len(waiting), today()),
    )


@bp.post("/sessions/<uuid:key>/notes")
def begin(key: UUID) -> Response:
    """Begin them, with a place for each item."""
    services.open_notes(cycles.one_session_run_by(me(), key), by=me())
    return redirect(url_for(".show", key=key), 303)


@bp.post("/sessions/<uuid:key>/notes/with-members")
def give(key: UUID) -> Response:
    """Give them to the members."""
    services.give(queries.one_run_by(me(), key), by=me())
    flash("The members can read the notes now. Each of them is told in her own way.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/sessions/<uuid:key>/notes/agreed")
def agree(key: UUID) -> Response:
    """Note that the group agrees."""
    services.agree(queries.one_run_by(me(), key), by=me())
    flash("The notes are agreed. They stay as they are.")
    return redirect(url_for(".show", key=key), 303)


@bp.get("/sessions/<uuid:key>/notes/paper")
def paper(key: UUID) -> str:
    """Lay the notes out for paper, with nobody's name."""
    notes = queries.one_run_by(me(), key)
    return render_template(
        "notes/paper.html",
        session=notes.session,
        notes=notes,
        parts=rules.written(notes),
        named=rules.named_in(notes),
        until=rules.until(notes),
    )


@bp.get("/notes/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Show what stands under an item, to be changed."""
    part = queries.one_part_run_by(me(), key)
    require(rules.may_write(me(), part.notes))
    return _edit(part, of(part))


@bp.post("/notes/<uuid:key>/edit")
def write(key: UUID) -> Response | tuple[str, int]:
    """Save it, or show both texts when somebody else was faster (R4)."""
    part, form = queries.one_part_run_by(me(), key), NoteForm()
    require(rules.may_write(me(), part.notes))
    if not form.validate():
        return _edit(part, form), 422
    try:
        services.write(part, form.words.data or "", form.read, by=me())
    except Overtaken as met:
        return _both(part, form, met)
    flash(f"“{part.item.title}” is saved.")
    return redirect(url_for(".show", key=part.notes.session_id), 303)


@bp.get("/notes/<uuid:key>/versions")
def versions(key: UUID) -> str:
    """Show everything an item's note has said."""
    part = queries.one_part_run_by(me(), key)
    return render_template("notes/versions.html", part=part, versions=queries.versions_of(part))


@bp.get("/corrections/<uuid:key>/take")
def take(key: UUID) -> str:
    """Show the note with what a member asked for beside it."""
    correction = queries.one_correction_run_by(me(), key)
    require(rules.CORRECTION.may(me(), "taken", correction))
    return _edit(correction.part, of(correction.part), correction=correction)


@bp.post("/corrections/<uuid:key>/take")
def save_taken(key: UUID) -> Response | tuple[str, int]:
    """Save the note with the correction in it."""
    correction, form = queries.one_correction_run_by(me(), key), NoteForm()
    require(rules.CORRECTION.may(me(), "taken", correction))
    if not form.validate():
        return _edit(correction.part, form, correction=correction), 422
    try:
        services.take(correction, form.words.data or "", form.read, by=me())
    except Overtaken as met:
        return _both(correction.part, form, met, correction=correction)
    flash("It is in the notes. Who asked for it can see that you took it.")
    return redirect(url_for(".show", key=correction.part.notes.session_id), 303)


@bp.get("/corrections/<uuid:key>/answer")
def answering(key: UUID) -> str:
    """Ask for a kind word on a correction that is not taken."""
    correction = queries.one_correction_run_by(me(), key)
    require(rules.CORRECTION.may(me(), "not taken", correction))
    return render_template("notes/answering.html", correction=correction, form=AnswerForm(formdata=None))


@bp.post("/corrections/<uuid:key>/answer")
def answer(key: UUID) -> Response | tuple[str, int]:
    """Keep it."""
    correction, form = queries.one_correction_run_by(me(), key), AnswerForm()
    require(rules.CORRECTION.may(me(), "not taken", correction))
    if not form.validate():
        return render_template("notes/answering.html", correction=correction, form=form), 422
    services.answer(correction, form.words.data or "", by=me())
    flash("Your answer is kept. Only who asked for the correction can see it.")
    return redirect(url_for(".show", key=correction.part.notes.session_id), 303)


def _edit(part: ItemNote, form: NoteForm, **more: Any) -> str:
    shown = {"part": part, "form": form, "correction": None, "theirs": None, "yours": None}
    return render_template("notes/edit.html", **(shown | more))


def _both(part: ItemNote, form: NoteForm, met: Overtaken, **more: Any) -> tuple[str, int]:
    """Show theirs as it stands and ours in the box, which saves over the version they made."""
    ours = form.words.data or ""
    form.version.data = str(met.now.version)
    both = {"theirs": rules.compare(met.now.words, ours), "yours": rules.compare(ours, met.now.words)}
    return _edit(part, form, **both, **more), 409


# --- Members.


@bp.get("/evenings/<uuid:key>/notes")
def read(key: UUID) -> str:
    """Let a member read the notes, ask for a correction, and see what came of hers."""
    notes = queries.one_read_by(me(), key)
    return render_template(
        "notes/read.html",
        session=notes.session,
        notes=notes,
        group_name=notes.session.cycle.workstream.neutral_name,
        parts=rules.written(notes),
        called=rules.called,
        mine=queries.corrections_by(me(), notes),
        until=rules.until(notes),
        may_correct=rules.may_correct(me(), notes, today()),
    )


@bp.get("/notes/<uuid:key>/correct")
def correct(key: UUID) -> str:
    """Ask what an item's note should say."""
    part = queries.one_part_read_by(me(), key)
    require(rules.may_correct(me(), part.notes, today()))
    return _correct(part, CorrectionForm(formdata=None))


@bp.post("/notes/<uuid:key>/correct")
def ask(key: UUID) -> Response | tuple[str, int]:
    """Keep it for those who run the group."""
    part, form = queries.one_part_read_by(me(), key), CorrectionForm()
    require(rules.may_correct(me(), part.notes, today()))
    if not form.validate():
        return _correct(part, form), 422
    services.ask_correction(part, form.words.data or "", by=me())
    flash("Thank you. We will look at it. You can see here what we do.")
    return redirect(url_for(".read", key=part.notes.session_id), 303)


def _correct(part: ItemNote, form: CorrectionForm) -> str:
    name = part.notes.session.cycle.workstream.neutral_name
    return render_template("notes/correct.html", part=part, form=form, group_name=name)


@bp.get("/evenings/<uuid:key>/what-you-missed")
def missed(key: UUID) -> str:
    """Tell somebody who could not come what happened, and never ask why."""
    session = cycles.one_session_seen_by(me(), key)
    require(rules.may_catch_up(session))
    notes, days = queries.given(session), queries.days_of(session)
    return render_template(
        "notes/missed.html",
        session=session,
        group_name=session.cycle.workstream.neutral_name,
        notes=notes,
        parts=rules.talked(notes) if notes else [],
        called=rules.called,
        decided=rules.decided(notes) if notes else [],
        results=queries.results_of(session, days),
        actions=queries.actions_of(session, days),
        comes_by=rules.comes_by(session, today()),
        coming=_coming(session),
    )


def _coming(session: Session) -> dict[str, Any] | None:
    found = queries.next_told(session, today())
    return {"on": found.on, "hours": hours(found), "place": where(found)} if found else None
