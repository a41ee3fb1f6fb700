"""Rapid reviews of evidence: begun, searched, sifted, concluded, and as a record for paper."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.web import me
from coprod.evidence import queries, rules, services
from coprod.evidence.forms import ConclusionForm, FindForm, QuestionForm, SearchForm, SiftForm
from coprod.evidence.models import Find, Review
from coprod.evidence.views.blueprint import Page, bp
from coprod.workstreams.models import Workstream
from coprod.workstreams.queries import one_seen_by as one_group


@bp.get("/workstreams/<uuid:key>/reviews")
def reviews(key: UUID) -> str:
    """List what the group looked into, and ask for the next question."""
    return _reviews(one_group(me(), key), QuestionForm(formdata=None))


@bp.post("/workstreams/<uuid:key>/reviews")
def begin(key: UUID) -> Page:
    """Begin to look."""
    stream, form = one_group(me(), key), QuestionForm()
    require(rules.may_add(me(), stream))
    if not form.validate():
        return _reviews(stream, form), 422
    review = services.begin_review(stream, form.question.data, by=me())
    return redirect(url_for(".review", key=review.id), 303)


@bp.get("/reviews/<uuid:key>")
def review(key: UUID) -> str:
    """Show one review: where was looked, what was found, what is used and why."""
    return _review(queries.one_review_seen_by(me(), key))


@bp.post("/reviews/<uuid:key>/searches")
def search(key: UUID) -> Page:
    """Write down where was looked."""
    review, form = queries.one_review_seen_by(me(), key), SearchForm()
    require(rules.may_look(me(), review))
    if not form.validate():
        return _review(review, search=form), 422
    services.add_search(review, form.where.data, form.words.data, form.found.data or 0, form.day, by=me())
    return _kept(review, "The search is written down.")


@bp.post("/reviews/<uuid:key>/finds")
def find(key: UUID) -> Page:
    """Write down what was found."""
    review, form = queries.one_review_seen_by(me(), key), FindForm()
    require(rules.may_look(me(), review))
    if not form.validate():
        return _review(review, find=form), 422
    services.add_find(review, form.title.data, form.source.data or "", by=me())
    return _kept(review, "It is written down. Say next whether we use it.")


@bp.post("/reviews/<uuid:key>/conclude")
def conclude(key: UUID) -> Page:
    """Conclude the review in plain words."""
    review, form = queries.one_review_seen_by(me(), key), ConclusionForm()
    require(rules.may_conclude(me(), review))
    if not form.validate():
        return _review(review, conclusion=form), 422
    services.conclude(review, form.conclusion.data, by=me())
    return _kept(review, "The review is concluded.")


@bp.get("/reviews/<uuid:key>/record")
def record(key: UUID) -> str:
    """Lay the review out for paper, or to be copied."""
    return render_template("evidence/record.html", review=queries.one_review_seen_by(me(), key))


@bp.get("/finds/<uuid:key>")
def sift(key: UUID) -> str:
    """Ask whether something found is used, and why."""
    find = queries.one_find_seen_by(me(), key)
    require(rules.may_sift(me(), find))
    return _sift(find, SiftForm(find.title, formdata=None, data={"source": find.source, "why": find.why}))


@bp.post("/finds/<uuid:key>")
def settle(key: UUID) -> Page:
    """Include it or leave it out."""
    find = queries.one_find_seen_by(me(), key)
    require(rules.may_sift(me(), find))
    form = SiftForm(find.title)
    if not form.validate():
        return _sift(find, form), 422
    if form.includes:
        services.include(find, form.why.data, form.chosen_kind, form.says.data or "", by=me(), **form.words_said)
        return _kept(find.review, "It is included, and stands in the library.")
    services.leave_out(find, form.why.data, by=me())
    return _kept(find.review, "It is left out. Why, stands beside it.")


@bp.post("/finds/<uuid:key>/put-back")
def put_back(key: UUID) -> Response:
    """Look at it again."""
    find = queries.one_find_seen_by(me(), key)
    services.put_back(find, by=me())
    return _kept(find.review, "It is to be looked at again.")


def _reviews(stream: Workstream, form: QuestionForm) -> str:
    found, may_begin = queries.reviews_of(stream), rules.may_add(me(), stream)
    return render_template("evidence/reviews.html", stream=stream, reviews=found, form=form, may_begin=may_begin)


def _review(review: Review, **sent: Any) -> str:
    forms = {
        "search": sent.get("search") or SearchForm(formdata=None, data={"on": today()}),
        "find": sent.get("find") or FindForm(formdata=None),
        "conclusion": sent.get("conclusion") or ConclusionForm(formdata=None),
    }
    return render_template(
        "evidence/review.html",
        review=review,
        forms=forms,
        form=next(iter(sent.values()), forms["search"]),
        may_look=rules.may_look(me(), review),
        may_conclude=rules.may_conclude(me(), review),
        is_ready=rules.nothing_left(review),
        left=rules.left_to_sift(review),
    )


def _sift(find: Find, form: SiftForm) -> str:
    return render_template("evidence/sift.html", find=find, form=form)


def _kept(review: Review, words: str) -> Response:
    flash(words)
    return redirect(url_for(".review", key=review.id), 303)
