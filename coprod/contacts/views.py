"""Pages about how somebody may be reached, and changing a phone number or an e-mail address."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.contacts import forms, queries, rules, services
from coprod.contacts.models import Channel, ContactChange
from coprod.core.clock import now
from coprod.core.texts import can_text
from coprod.core.web import me
from coprod.messages import services as messages
from coprod.people import doors
from coprod.people.models import Person

bp = Blueprint("contacts", __name__)
Page = Response | str | tuple[str, int]

CHANGED = "Thank you. That is how we reach you from now on. If it does not work, your group’s team will ask you."
NOT_THE_SAME = "This is not what was typed first. Check it with them, or stop the change and begin again."


# --- How can we reach you: journey 2, the first two questions.


@bp.get("/how-to-reach-me")
def reach() -> str:
    """Ask a member how to reach her."""
    _members_only()
    return render_template("contacts/reach.html", form=forms.reach_form(messages.reach_of(me())))


@bp.post("/how-to-reach-me")
def say_reach() -> Page:
    """Keep it, and ask about the phone."""
    _members_only()
    form = forms.ReachForm()
    if not form.validate_on_submit():
        return render_template("contacts/reach.html", form=form), 422
    messages.set_reach(me(), by=me(), way=form.chosen)
    return redirect(url_for(".safe"), 303)


@bp.get("/how-to-reach-me/safe")
def safe() -> str:
    """Ask a member whether her phone is safe, whether it is hers alone, and when a text may come."""
    _members_only()
    return render_template("contacts/safe.html", form=forms.safe_form(messages.reach_of(me())))


@bp.post("/how-to-reach-me/safe")
def say_safe() -> Page:
    """Keep it, and ask what would help."""
    _members_only()
    form = forms.SafeForm()
    if not form.validate_on_submit():
        return render_template("contacts/safe.html", form=form), 422
    messages.set_reach(me(), by=me(), **form.said)
    return redirect(url_for("needs.helps"), 303)


def _members_only() -> None:
    if not rules.is_asked_how_to_be_reached(me()):
        raise NoResultFound


# --- My own number and address.


@bp.get("/my-contact")
def mine() -> str:
    """Say which number and which address are used for me, and what is about to change."""
    changes = [(change, rules.made_at(change)) for change in queries.live_changes(me())]
    return render_template("contacts/mine.html", person=me(), shown=queries.shown(me()), changes=changes, **_words())


@bp.get("/my-contact/phone")
def phone() -> str:
    """Ask for a new phone number."""
    return _ask_own(forms.OwnPhoneForm())


@bp.post("/my-contact/phone")
def change_phone() -> Page:
    """Use it from now on."""
    return _change_own(forms.OwnPhoneForm())


@bp.post("/my-contact/phone/none")
def forget_phone() -> Response:
    """Use no phone number any more."""
    services.change_own(me(), Channel.PHONE, None)
    return _changed(Channel.EMAIL)


@bp.get("/my-contact/e-mail")
def email() -> str:
    """Ask for a new e-mail address."""
    return _ask_own(forms.OwnEmailForm())


@bp.post("/my-contact/e-mail")
def change_email() -> Page:
    """Use it from now on."""
    return _change_own(forms.OwnEmailForm())


@bp.post("/my-contact/changes/<uuid:key>/stop")
def stop_mine(key: UUID) -> Response:
    """Stop a change of my contact that somebody else has asked for."""
    services.stop(queries.one_live_change(me(), key), by=me())
    flash("It is stopped. Nothing was changed.")
    return redirect(url_for(".mine"), 303)


def _ask_own(form: Any) -> str:
    has_one = bool(queries.shown(me())[form.channel])
    return render_template("contacts/change.html", form=form, has_one=has_one)


def _change_own(form: Any) -> Page:
    if not form.validate_on_submit():
        return _ask_own(form), 422
    services.change_own(me(), form.channel, form.value.data, tell_the_old=form.tell.data)
    return _changed(form.channel)


def _changed(channel: Channel) -> Response:
    """Everything she has open is over now (A1), but for the page she is at; a new phone may not be safe."""
    doors.sign_in_here(me(), "contact changed")
    flash(CHANGED)
    asks = channel == Channel.PHONE and rules.is_asked_how_to_be_reached(me())
    return redirect(url_for(".safe" if asks else ".mine"), 303)


# --- For somebody else, by two people and a day (A6).


@bp.get("/people/<uuid:key>/contact")
def change_for(key: UUID) -> str:
    """Say what is being changed for this person, and offer to change it with them in the room."""
    person = queries.one_changed_by(me(), key)
    changes = [(c, rules.made_at(c), rules.is_second(me(), c)) for c in queries.live_changes(person)]
    return render_template(
        "contacts/change_for.html",
        person=person,
        shown=queries.shown(person),
        changes=changes,
        back=_back_from(),
        **_words(),
    )


@bp.get("/people/<uuid:key>/contact/phone")
def phone_for(key: UUID) -> str:
    """Ask for somebody's new phone number."""
    return _ask_for(queries.one_changed_by(me(), key), forms.PhoneForm())


@bp.post("/people/<uuid:key>/contact/phone")
def ask_phone(key: UUID) -> Page:
    """Write it down, to be confirmed by a second person."""
    return _ask_change(key, forms.PhoneForm())


@bp.get("/people/<uuid:key>/contact/e-mail")
def email_for(key: UUID) -> str:
    """Ask for somebody's new e-mail address."""
    return _ask_for(queries.one_changed_by(me(), key), forms.EmailForm())


@bp.post("/people/<uuid:key>/contact/e-mail")
def ask_email(key: UUID) -> Page:
    """Write it down, to be confirmed by a second person."""
    return _ask_change(key, forms.EmailForm())


@bp.get("/people/<uuid:key>/contact/changes/<uuid:change_key>")
def confirming(key: UUID, change_key: UUID) -> str:
    """Ask a second person to type the new one once more."""
    change = queries.one_live_change(queries.one_changed_by(me(), key), change_key)
    return _ask_again(change, forms.FORMS[change.channel]())


@bp.post("/people/<uuid:key>/contact/changes/<uuid:change_key>")
def confirm(key: UUID, change_key: UUID) -> Page:
    """Confirm the change where both typed the same."""
    change = queries.one_live_change(queries.one_changed_by(me(), key), change_key)
    form = forms.FORMS[change.channel]()
    if not form.validate_on_submit():
        return _ask_again(change, form), 422
    if not services.confirm(change, form.value.data, by=me()):
        form.value.errors = [NOT_THE_SAME]
        return _ask_again(change, form), 422
    flash("It is confirmed, and takes effect in 24 hours.")
    return redirect(url_for(".change_for", key=key), 303)


@bp.post("/people/<uuid:key>/contact/changes/<uuid:change_key>/stop")
def stop(key: UUID, change_key: UUID) -> Response:
    """Stop a change that was asked for."""
    services.stop(queries.one_live_change(queries.one_changed_by(me(), key), change_key), by=me())
    flash("It is stopped. Nothing was changed.")
    return redirect(url_for(".change_for", key=key), 303)


def _ask_change(key: UUID, form: Any) -> Page:
    person = queries.one_changed_by(me(), key)
    if not form.validate_on_submit():
        return _ask_for(person, form), 422
    services.ask_change(person, form.channel, form.value.data, by=me())
    flash("It is written down. A second person now confirms it, with them in the room.")
    return redirect(url_for(".change_for", key=key), 303)


def _ask_for(person: Person, form: Any) -> str:
    return render_template("contacts/ask_for.html", person=person, form=form)


def _ask_again(change: ContactChange, form: Any) -> str:
    may = rules.LIFECYCLE.may(me(), "confirmed", change)
    return render_template("contacts/confirming.html", change=change, form=form, may=may)


def _back_from() -> tuple[str, str]:
    if me().is_admin:
        return "People", url_for("people.index")
    return "Reaching people", url_for(".to_reach")


def _words() -> dict[str, Any]:
    return {"PHONE": Channel.PHONE, "EMAIL": Channel.EMAIL}


# --- For a facilitator: how to reach the people of her groups.


@bp.get("/to-reach")
def to_reach() -> str:
    """List what a facilitator tells people by hand, and how each member wants to be reached."""
    people = queries.people_of(me())
    if not people:
        raise NoResultFound
    by_hand = queries.to_do_by_hand(me(), now(), can_text())
    return render_template(
        "contacts/to_reach.html", person=me(), by_hand=by_hand, reached=queries.reached(people), ways=rules.WAYS
    )


@bp.post("/to-reach/<uuid:key>/done")
def done(key: UUID) -> Response:
    """Note that somebody has been told."""
    message = queries.one_to_do_by_hand(me(), key, now(), can_text())
    messages.done_by_hand(message)
    flash(f"{message.person.alias} has been told.")
    return redirect(url_for(".to_reach"), 303)
