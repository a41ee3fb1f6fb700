"""Pages about the agenda of a meeting, and its items."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from sqlalchemy.exc import NoResultFound
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.web import me
from coprod.steering import queries, rules, services
from coprod.steering.forms import ChangeItemForm, DeclareForm, ItemForm, PlaceForm, SettleForm
from coprod.steering.models import ItemInterest, Meeting, MeetingItem
from coprod.steering.views.blueprint import bp
from coprod.workstreams.rules import is_chair


@bp.get("/meetings/<uuid:key>/agenda")
def agenda(key: UUID) -> str:
    """Show the agenda to those who set it: its order, what is not on it yet, something else."""
    found = queries.meeting_seen_by(me(), key)
    require(rules.may_arrange(me(), found))
    return _agenda_page(found, ItemForm(found, formdata=None))


@bp.post("/meetings/<uuid:key>/agenda")
def add_item(key: UUID) -> Response | tuple[str, int]:
    """Put something else on it."""
    found = queries.meeting_seen_by(me(), key)
    require(rules.may_arrange(me(), found))
    form = ItemForm(found)
    if not form.validate():
        return _agenda_page(found, form), 422
    services.add_item(found, form.title.data or "", form.minutes.data or 0, form.speaker.data or "", by=me())
    flash("It is on the agenda.")
    return redirect(url_for(".agenda", key=key), 303)


@bp.post("/meetings/<uuid:key>/agenda/built")
def build_agenda(key: UUID) -> Response:
    """Put on it what waits."""
    services.build_agenda(queries.meeting_seen_by(me(), key), by=me())
    flash("The agenda is up to date.")
    return redirect(url_for(".agenda", key=key), 303)


def _agenda_page(found: Meeting, form: ItemForm) -> str:
    shown: dict[str, Any] = {
        "meeting": found,
        "rows": rules.running_order(found),
        "ends": rules.ends_at(found),
        "taken_off": rules.taken_off(found),
        "missing": services.not_on_it_yet(found),
        "kinds": rules.IN_SHORT,
        "tags": rules.TAGS,
        "form": form,
    }
    return render_template("steering/agenda.html", **shown)


@bp.get("/meetings/<uuid:key>/items/<uuid:item_key>")
def item(key: UUID, item_key: UUID) -> str:
    """Show one item: what it is about, who leaves for it, whether it can be decided, what became of it."""
    found, one = _pair(key, item_key)
    return _item_page(found, one)


@bp.post("/meetings/<uuid:key>/items/<uuid:item_key>")
def settle_item(key: UUID, item_key: UUID) -> Response | tuple[str, int]:
    """Say what became of it."""
    found, one = _pair(key, item_key)
    require(is_chair(me(), found.workstream) & rules.before_the_end(found))
    form = SettleForm(me(), one)
    if not form.validate():
        return _item_page(found, one, settle=form), 422
    services.settle_item(one, form.move.data, form.words.data or "", by=me())
    flash("It is kept for the minutes.")
    return redirect(url_for(".meeting", key=key), 303)


@bp.post("/meetings/<uuid:key>/items/<uuid:item_key>/place")
def move_item(key: UUID, item_key: UUID) -> Response:
    """Move it up or down."""
    found, one = _pair(key, item_key)
    require(rules.may_arrange(me(), found))
    form = PlaceForm()
    if form.validate():
        services.move_item(one, int(form.places.data), by=me())
    return redirect(url_for(".agenda", key=key), 303)


@bp.post("/meetings/<uuid:key>/items/<uuid:item_key>/time")
def change_item(key: UUID, item_key: UUID) -> Response | tuple[str, int]:
    """Say how long it takes, and who speaks."""
    found, one = _pair(key, item_key)
    require(rules.may_arrange(me(), found))
    form = ChangeItemForm()
    if not form.validate():
        return _item_page(found, one, change=form), 422
    services.change_item(one, form.minutes.data or 0, form.speaker.data or "", by=me())
    flash("That is changed.")
    return redirect(url_for(".item", key=key, item_key=item_key), 303)


@bp.post("/meetings/<uuid:key>/items/<uuid:item_key>/interests")
def declare(key: UUID, item_key: UUID) -> Response | tuple[str, int]:
    """Keep an interest in it, and whether this person leaves."""
    found, one = _pair(key, item_key)
    form = DeclareForm(me(), one)
    if not form.validate():
        return _item_page(found, one, declaring=form), 422
    services.declare(one, form.chosen, form.stake.data or "", form.leaves.data == "yes", by=me())
    flash("That is kept. Who leaves does not count for this item.")
    return redirect(url_for(".item", key=key, item_key=item_key), 303)


@bp.post("/meetings/<uuid:key>/items/<uuid:item_key>/interests/<uuid:interest_key>/taken-back")
def take_back_interest(key: UUID, item_key: UUID, interest_key: UUID) -> Response:
    """Take an interest back."""
    _, one = _pair(key, item_key)
    services.take_back_interest(_interest(one, interest_key), by=me())
    flash("That is taken back.")
    return redirect(url_for(".item", key=key, item_key=item_key), 303)


def _interest(one: MeetingItem, key: UUID) -> ItemInterest:
    found = next((interest for interest in one.interests if interest.id == key), None)
    if found is None:
        raise NoResultFound
    return found


def _pair(key: UUID, item_key: UUID) -> tuple[Meeting, MeetingItem]:
    found = queries.meeting_seen_by(me(), key)
    one = next((item for item in found.items if item.id == item_key), None)
    if one is None:
        raise NoResultFound
    return found, one


def _item_page(
    found: Meeting,
    one: MeetingItem,
    *,
    settle: SettleForm | None = None,
    change: ChangeItemForm | None = None,
    declaring: DeclareForm | None = None,
) -> str:
    minutes = queries.minutes_for(one)
    shown: dict[str, Any] = {
        "meeting": found,
        "item": one,
        "kinds": rules.IN_SHORT,
        "tags": rules.TAGS,
        "to_answer": rules.TO_ANSWER,
        "verdicts": rules.IN_WORDS,
        "quorum": rules.quorum(found, one),
        "is_chair": is_chair(me(), found.workstream),
        "may_arrange": rules.may_arrange(me(), found),
        "may_decide": rules.can_decide(me(), found, one),
        "may_approve": rules.may_approve(me(), minutes, found) if minutes else None,
        "may_take_back": {held.id for held in rules.to_declare(me(), one)},
        "contest": queries.contests_at(found).get(one.recommendation_id) if one.recommendation_id else None,
        "settle": settle or SettleForm(me(), one, formdata=None),
        "change": change or ChangeItemForm(formdata=None, obj=one),
        "declaring": declaring or DeclareForm(me(), one, formdata=None),
    }
    return render_template("steering/item.html", **shown, forms=[form for form in (settle, change, declaring) if form])
