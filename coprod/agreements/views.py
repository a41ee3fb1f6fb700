"""Pages about working-together agreements."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.agreements import forms, queries, rules, services
from coprod.agreements.models import Agreement
from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by
from coprod.workstreams.rules import is_facilitator

bp = Blueprint("agreements", __name__)


@bp.get("/workstreams/<uuid:key>/agreement")
def show(key: UUID) -> str:
    """Show how the group works together, and to facilitators what they may do next."""
    stream = one_seen_by(me(), key)
    versions = queries.versions_of(stream)
    agreement, runs_it = rules.shown(versions), is_facilitator(me(), stream)
    return render_template(
        "agreements/show.html",
        stream=stream,
        group_name=stream.neutral_name,
        agreement=agreement,
        headings=rules.HEADINGS,
        limits=rules.LIMITS,
        changes=_changes(agreement, versions),
        may_answer=agreement is not None and rules.may_ask_for_change(me(), agreement),
        said_yes=agreement is not None and queries.has_said_yes(me(), agreement),
        working=rules.in_hand(versions),
        runs_it=runs_it,
        hub=_hub(stream, agreement) if runs_it else None,
    )


def _changes(agreement: Agreement | None, versions: Sequence[Agreement]) -> list[rules.Changed]:
    before = next((one for one in versions if agreement and one.number == agreement.number - 1), None)
    return rules.changes(agreement, before, queries.asked_for_in(agreement)) if agreement else []


def _hub(stream: Workstream, agreement: Agreement | None) -> dict[str, Any]:
    """Gather what those who run the group see beside it."""
    return {
        "everybody": agreement is not None and rules.said_by_all(agreement, queries.said_yes(agreement)),
        "wishes": bool(queries.wishes_of(stream)),
        "review": queries.review_of(agreement, today()) if agreement else None,
    }


@bp.post("/workstreams/<uuid:key>/agreement")
def start(key: UUID) -> Response:
    """Start the next version."""
    agreement = services.start(one_seen_by(me(), key), by=me())
    flash("A new version is ready to be changed.")
    return redirect(url_for(".edit", key=agreement.id))


@bp.get("/agreements/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Show a version's words to be changed."""
    agreement = queries.one_seen_by(me(), key)
    require(rules.may_write(me(), agreement))
    return _edit(agreement, forms.of(agreement))


@bp.post("/agreements/<uuid:key>/edit")
def write(key: UUID) -> Response | tuple[str, int]:
    """Keep the words, or show both where somebody else was faster (R4)."""
    agreement, form = queries.one_seen_by(me(), key), forms.AgreementForm()
    require(rules.may_write(me(), agreement))
    if not form.validate_on_submit():
        return _edit(agreement, form), 422
    try:
        services.write(agreement, form.words, form.changed.data or "", read=form.read.data or "", by=me())
    except Overtaken:
        return _both(agreement, form), 422
    flash("The words are kept.")
    return redirect(url_for(".show", key=agreement.workstream_id))


@bp.post("/agreements/<uuid:key>/talked-through")
def talk_through(key: UUID) -> Response:
    """Note that the group talked it through."""
    agreement = queries.one_seen_by(me(), key)
    services.talk_through(agreement, by=me())
    flash("You talked it through. Now the group can agree it.")
    return redirect(url_for(".show", key=agreement.workstream_id))


@bp.post("/agreements/<uuid:key>/agreed")
def agree(key: UUID) -> Response:
    """Note that the group agrees."""
    agreement = queries.one_seen_by(me(), key)
    services.agree(agreement, by=me())
    flash(f"Version {agreement.number} is agreed.")
    return redirect(url_for(".show", key=agreement.workstream_id))


@bp.post("/agreements/<uuid:key>/looked-at-again")
def look_again(key: UUID) -> Response:
    """Note that the group looked at it again, and leaves it as it is."""
    agreement = queries.one_seen_by(me(), key)
    services.look_again(agreement, by=me())
    flash("You looked at it again. It stays as it is.")
    return redirect(url_for(".show", key=agreement.workstream_id))


def _both(agreement: Agreement, form: forms.AgreementForm) -> str:
    """Show theirs beside ours; ours stays in the boxes, and is kept over what was read now."""
    form.read.data = rules.mark_of(agreement)
    return _edit(agreement, form, theirs=rules.theirs_beside(agreement, form.words, form.changed.data or ""))


def _edit(agreement: Agreement, form: forms.AgreementForm, *, theirs: Mapping[str, str] | None = None) -> str:
    return render_template(
        "agreements/edit.html",
        agreement=agreement,
        form=form,
        theirs=theirs or {},
        moves=rules.LIFECYCLE.open_to(me(), agreement),
        whole=rules.is_whole(agreement),
    )


# --- Each member's own answer.


@bp.get("/agreements/<uuid:key>/answer")
def answer(key: UUID) -> str:
    """Ask whether somebody is OK with this version."""
    agreement = queries.one_seen_by(me(), key)
    require(rules.may_ask_for_change(me(), agreement))
    return _answer(agreement, forms.answer_form(rules.may_be_rung_by(me(), agreement.workstream)))


@bp.post("/agreements/<uuid:key>/answer")
def send_answer(key: UUID) -> Response | tuple[str, int]:
    """Keep the answer: a yes as her own, a wish as nobody's."""
    agreement = queries.one_seen_by(me(), key)
    require(rules.may_ask_for_change(me(), agreement))
    runs_it = rules.may_be_rung_by(me(), agreement.workstream)
    form = forms.answer_form(runs_it)
    if not form.validate_on_submit():
        return _answer(agreement, form), 422
    flash(_keep(agreement, form, runs_it))
    return redirect(url_for(".show", key=agreement.workstream_id))


def _keep(agreement: Agreement, form: forms.AnswerForm, runs_it: Sequence[Person]) -> str:
    if form.rung_by:
        whom = next(one for one in runs_it if one.id == form.rung_by)
        services.ask_to_ring(agreement, whom, by=me())
        return f"{whom.alias} will ring you. Look at “Get support” to see when."
    if form.answer.data == forms.CHANGE:
        services.ask_for_change(agreement, form.words.data or "", by=me())
        return "Thank you. We will talk about it. Nobody sees who asked."
    services.say_yes(agreement, me(), by=me())
    return "Thank you. You are OK with this version."


def _answer(agreement: Agreement, form: forms.AnswerForm) -> str:
    group_name = agreement.workstream.neutral_name
    return render_template("agreements/answer.html", agreement=agreement, form=form, group_name=group_name)


# --- What members would like changed.


@bp.get("/workstreams/<uuid:key>/wishes")
def wishes(key: UUID) -> str:
    """Show those who run the group what somebody would like changed, and nothing of who."""
    stream = queries.one_run_by(me(), key)
    asked = [(wish, forms.take_form(n)) for n, wish in enumerate(queries.wishes_of(stream), 1)]
    working = rules.in_hand(queries.versions_of(stream))
    return render_template("agreements/wishes.html", stream=stream, working=working, wishes=asked)


@bp.post("/wishes/<uuid:key>/take")
def take(key: UUID) -> Response:
    """Take a wish into the version that is being written."""
    wish, form = queries.one_wish_run_by(me(), key), forms.TakeForm()
    if not form.validate_on_submit():
        raise NoResultFound
    services.take(wish, form.heading.data, by=me())
    flash("Taken. Now change the words under that heading.")
    return redirect(url_for(".wishes", key=wish.agreement.workstream_id))


@bp.post("/wishes/<uuid:key>/talked-about")
def talk_about(key: UUID) -> Response:
    """Note that the group talked about a wish."""
    wish = queries.one_wish_run_by(me(), key)
    services.talk_about(wish, by=me())
    flash("You talked about it.")
    return redirect(url_for(".wishes", key=wish.agreement.workstream_id))


# --- What went against it.


@bp.get("/workstreams/<uuid:key>/breach")
def breach(key: UUID) -> str:
    """Ask what went against the agreement."""
    return _breach(one_seen_by(me(), key), forms.BreachForm(formdata=None))


@bp.post("/workstreams/<uuid:key>/breach")
def send_breach(key: UUID) -> Response | tuple[str, int]:
    """Tell those who run the group."""
    stream, form = one_seen_by(me(), key), forms.BreachForm()
    if not form.validate_on_submit():
        return _breach(stream, form), 422
    services.tell(stream, form.words.data or "", named=form.named.data == "yes", by=me())
    flash("Thank you. Only the people who run the group can read it.")
    return redirect(url_for(".show", key=stream.id))


def _breach(stream: Workstream, form: forms.BreachForm) -> str:
    runs_it = [person.alias for person in rules.may_be_rung_by(me(), stream)]
    return render_template(
        "agreements/breach.html", stream=stream, form=form, runs_it=runs_it, group_name=stream.neutral_name
    )


@bp.get("/workstreams/<uuid:key>/breaches")
def breaches(key: UUID) -> str:
    """Show those who run the group what they were told."""
    stream = queries.one_run_by(me(), key)
    return render_template("agreements/breaches.html", stream=stream, notes=queries.breaches_of(stream))


@bp.post("/breaches/<uuid:key>/seen-to")
def see_to(key: UUID) -> Response:
    """Note that it was seen to."""
    note = queries.one_breach_run_by(me(), key)
    services.see_to(note, by=me())
    flash("Seen to. It goes in a year.")
    return redirect(url_for(".breaches", key=note.workstream_id))
