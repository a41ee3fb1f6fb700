"""A group's library: the list, one thing in it, adding, changing, taking out, and a testimony withdrawn."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.overtaken import Overtaken
from coprod.core.web import me
from coprod.evidence import queries, rules, services
from coprod.evidence.forms import EvidenceForm, TestimonyForm, words_of
from coprod.evidence.models import Evidence, EvidenceKind
from coprod.evidence.views.blueprint import Page, bp
from coprod.people.models import Person
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by as one_group
from coprod.workstreams.rules import membership_of, seated


@bp.get("/workstreams/<uuid:key>/evidence")
def index(key: UUID) -> str:
    """List what the group knows, of every kind or of one."""
    stream, kind = one_group(me(), key), _kind_asked()
    return render_template(
        "evidence/index.html",
        stream=stream,
        kinds=rules.KINDS,
        chosen=kind,
        shelves=rules.by_kind(queries.library_seen_by(me(), stream, kind)),
        may_add=rules.may_add(me(), stream),
    )


@bp.get("/workstreams/<uuid:key>/evidence/new")
def new(key: UUID) -> str:
    """Ask what kind of thing it is, and then what that kind needs."""
    stream, kind = one_group(me(), key), _kind_asked()
    require(rules.may_add(me(), stream))
    if kind is None:
        return render_template("evidence/choose.html", stream=stream, kinds=rules.KINDS)
    return _new(stream, _form(stream, kind, formdata=None))


@bp.post("/workstreams/<uuid:key>/evidence/new")
def add(key: UUID) -> Page:
    """Put it into the library."""
    stream, kind = one_group(me(), key), _kind_asked()
    require(rules.may_add(me(), stream))
    if kind is None:
        return redirect(url_for(".new", key=key), 303)
    form = _form(stream, kind)
    if not form.validate():
        return _new(stream, form), 422
    more = form.given | form.teller if isinstance(form, TestimonyForm) else {}
    evidence = services.add(stream, kind, file=form.taken, by=me(), **form.words, **more)
    flash("It is in the library now.")
    return redirect(url_for(".show", key=evidence.id), 303)


@bp.get("/evidence/<uuid:key>")
def show(key: UUID) -> str:
    """Show one thing, to whoever it is for; of what was withdrawn nothing but that it was."""
    evidence = queries.one_seen_by(me(), key)
    testimony = evidence.testimony
    return render_template(
        "evidence/show.html",
        evidence=evidence,
        asks=rules.KINDS[evidence.kind],
        audience=rules.AUDIENCES[testimony.audience] if testimony else "",
        is_hers=rules.is_hers(me(), evidence),
        is_here=membership_of(me(), evidence.workstream) is not None,
        may_edit=rules.may_edit(me(), evidence),
        may_withdraw=rules.TESTIMONY.may(me(), "withdrawn", testimony) if testimony else False,
        may_delete=rules.may_delete(me(), evidence, is_linked=queries.is_linked(evidence)),
    )


@bp.get("/evidence/<uuid:key>/edit")
def edit(key: UUID) -> str:
    """Show what is kept, to be changed."""
    evidence = queries.one_seen_by(me(), key)
    require(rules.may_edit(me(), evidence))
    return _edit(evidence, _form(evidence.workstream, evidence.kind, evidence, formdata=None, data=words_of(evidence)))


@bp.post("/evidence/<uuid:key>/edit")
def save(key: UUID) -> Page:
    """Keep the change, or show both where somebody else was faster (R4)."""
    evidence = queries.one_seen_by(me(), key)
    require(rules.may_edit(me(), evidence))
    form = _form(evidence.workstream, evidence.kind, evidence)
    if not form.validate():
        return _edit(evidence, form), 422
    more = form.given if isinstance(form, TestimonyForm) else {}
    changed = form.words | more | {"file": form.taken, "without_file": form.drops_file}
    try:
        services.edit(evidence, by=me(), read=form.read.data or "", **changed)
    except Overtaken:
        form.read.data = rules.mark_of(evidence)
        form.ask_for_file_again()
        return _edit(evidence, form, rules.theirs_beside(evidence, form.words)), 422
    flash("It is changed.")
    return redirect(url_for(".show", key=key), 303)


@bp.post("/evidence/<uuid:key>/delete")
def delete(key: UUID) -> Response:
    """Take it out, where nothing leans on it."""
    evidence = queries.one_seen_by(me(), key)
    stream = evidence.workstream_id
    services.delete(evidence, by=me())
    flash("It is out of the library.")
    return redirect(url_for(".index", key=stream), 303)


@bp.post("/evidence/<uuid:key>/withdraw")
def withdraw(key: UUID) -> Response:
    """Take a testimony back, at once and everywhere."""
    evidence = queries.one_seen_by(me(), key)
    is_here = membership_of(me(), evidence.workstream) is not None
    services.withdraw(evidence, by=me())
    flash("It is withdrawn. The words are gone.")
    return redirect(url_for(".show", key=key) if is_here else url_for(".mine"), 303)


@bp.get("/my-words")
def mine() -> str:
    """Show somebody her own testimonies, also of groups she has left; and what others let her read."""
    return render_template("evidence/mine.html", told=queries.told_by(me()), given=queries.given_to(me()))


def _kind_asked() -> EvidenceKind | None:
    asked = request.args.get("kind", "")
    return next((kind for kind in EvidenceKind if kind.name == asked), None)


def _form(stream: Workstream, kind: EvidenceKind, evidence: Evidence | None = None, **kwargs: Any) -> EvidenceForm:
    if kind != EvidenceKind.TESTIMONY:
        return EvidenceForm(kind, evidence, **kwargs)
    told_by = _who_may_have_told(stream) if evidence is None else ()
    return TestimonyForm(kind, evidence, told_by=told_by, **kwargs)


def _who_may_have_told(stream: Workstream) -> list[Person]:
    if not rules.may_write_for(me(), stream):
        return []
    others = [place.person for place in seated(stream) if place.person_id != me().id]
    return sorted(others, key=lambda person: (person.alias, person.id))


def _edit(evidence: Evidence, form: EvidenceForm, theirs: dict[str, str] | None = None) -> str:
    return render_template("evidence/edit.html", evidence=evidence, form=form, theirs=theirs)


def _new(stream: Workstream, form: EvidenceForm) -> str:
    return render_template("evidence/new.html", stream=stream, form=form)
