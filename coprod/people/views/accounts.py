"""Pages of those who keep the accounts; for everybody else they are not there (P2)."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.web import leaves_no_event, me
from coprod.people import queries, rules, services
from coprod.people.forms import NameForm, PersonForm
from coprod.people.models import Person, Side
from coprod.people.views.blueprint import bp
from coprod.people.views.sign_in import Page

TAKEN = "This e-mail address or phone number cannot be used here."


@bp.get("/people")
def index() -> Page:
    """List everybody with an account."""
    return render_template("people/index.html", people=queries.seen_by(me()))


@bp.get("/people/new")
def add() -> Page:
    """Ask who is to have an account."""
    _only_who_keeps_accounts()
    return render_template("people/add.html", form=PersonForm())


@bp.post("/people/new")
def add_person() -> Page:
    """Give somebody an account."""
    _only_who_keeps_accounts()
    form = PersonForm()
    if not form.validate() or not _is_possible(form):
        return render_template("people/add.html", form=form), 422
    person = services.add_person(
        form.alias.data,
        Side(form.side.data),
        by=me(),
        email=form.email.data,
        phone=form.phone.data,
        is_admin=form.is_admin.data,
    )
    flash(f"{person.alias} has an account.")
    return redirect(url_for("people.show", key=person.id), 303)


@bp.get("/people/<uuid:key>")
def show(key: UUID) -> Page:
    """Show one account, and what can be done with it."""
    return _show(queries.one_seen_by(me(), key))


@bp.post("/people/<uuid:key>/name")
def rename(key: UUID) -> Page:
    """Call somebody by another name."""
    person, form = queries.one_seen_by(me(), key), NameForm()
    if not form.validate():
        return _show(person, form), 422
    services.rename(person, form.alias.data, by=me())
    flash("The name is changed. They sign in anew.")
    return _back_to(person)


@bp.post("/people/<uuid:key>/turn-away")
def turn_away(key: UUID) -> Page:
    """Close an account."""
    person = queries.one_seen_by(me(), key)
    services.turn_away(person, by=me())
    flash(f"{person.alias} can no longer sign in.")
    return _back_to(person)


@bp.post("/people/<uuid:key>/let-in-again")
def let_in_again(key: UUID) -> Page:
    """Open a closed account again."""
    person = queries.one_seen_by(me(), key)
    services.let_in_again(person, by=me())
    flash(f"{person.alias} can sign in again.")
    return _back_to(person)


@bp.post("/people/<uuid:key>/make-admin")
def make_admin(key: UUID) -> Page:
    """Make somebody a programme admin."""
    person = queries.one_seen_by(me(), key)
    services.set_admin(person, True, by=me())
    flash(f"{person.alias} is a programme admin now.")
    return _back_to(person)


@bp.post("/people/<uuid:key>/end-admin")
def end_admin(key: UUID) -> Page:
    """Let somebody be a programme admin no longer."""
    person = queries.one_seen_by(me(), key)
    services.set_admin(person, False, by=me())
    flash(f"{person.alias} is no longer a programme admin.")
    return _back_to(person)


@bp.post("/people/<uuid:key>/authenticator-again")
def authenticator_again(key: UUID) -> Page:
    """Let somebody who has lost their authenticator set up a new one."""
    person = queries.one_seen_by(me(), key)
    services.start_authenticator_again(person, by=me())
    flash(f"{person.alias} sets up a new authenticator at the next sign-in.")
    return _back_to(person)


@bp.get("/people/<uuid:key>/card")
def card_for(key: UUID) -> Page:
    """Say what a card is, and offer to make one."""
    person = queries.one_seen_by(me(), key)
    return render_template("people/card_for.html", person=person, words=None, may=rules.may_make_card(me(), person))


@bp.post("/people/<uuid:key>/card")
@leaves_no_event
def make_card(key: UUID) -> Page:
    """Make a card, and show its words this once."""
    person = queries.one_seen_by(me(), key)
    words = services.make_card(person, by=me())
    return render_template("people/card_for.html", person=person, words=words, may=rules.may_make_card(me(), person))


def _only_who_keeps_accounts() -> None:
    if not rules.may_keep_accounts(me()):
        raise NoResultFound


def _is_possible(form: PersonForm) -> bool:
    if form.is_admin.data and form.side.data != Side.PROFESSIONAL:
        form.is_admin.errors = ["Only professionals can be programme admins: they sign in with an authenticator."]
        return False
    address = rules.same_address(form.email.data) if form.email.data else None
    if queries.is_taken(address, rules.same_number(form.phone.data or "")):
        form.email.errors = [TAKEN]
        return False
    return True


def _show(person: Person, form: NameForm | None = None) -> str:
    return render_template(
        "people/show.html",
        person=person,
        form=form or NameForm(alias=person.alias),
        turning_away=rules.may_turn_away(me(), person),
        letting_in=rules.may_let_in_again(me(), person),
        changing=rules.may_change(me(), person),
        being_admin=rules.may_be_admin(person),
        card=rules.may_make_card(me(), person),
        authenticator_again=rules.may_start_authenticator_again(me(), person),
    )


def _back_to(person: Person) -> Response:
    return redirect(url_for("people.show", key=person.id), 303)
