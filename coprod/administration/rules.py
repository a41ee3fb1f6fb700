"""When the next look at everybody's access is due, and who may keep or remove whom."""

from calendar import monthrange
from datetime import date

from coprod.administration.models import AccessReview
from coprod.core.answers import YES, Answer, no
from coprod.people import rules as people
from coprod.people.models import Person
from coprod.programmes.models import Programme

CONFIRMING = "remove the example"


def may_review(person: Person) -> Answer:
    """Those who keep the accounts look at who has one."""
    return people.may_keep_accounts(person)


def next_due(last: AccessReview | None) -> date | None:
    """Answer on which day the next review is due: a month after the last one began; before the first, at once."""
    return month_after(last.began_on) if last else None


def is_due(last: AccessReview | None, today: date) -> bool:
    """Answer whether somebody should look now: a month has gone by, or a review was begun and is not finished."""
    due = next_due(last)
    return due is None or due <= today or (last is not None and last.finished_on is None)


def month_after(day: date) -> date:
    """Answer the same day a month later, or that month's last."""
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def may_begin(person: Person, last: AccessReview | None, today: date) -> Answer:
    """One review at a time, and one a day."""
    if last is not None and last.finished_on is None:
        return may_review(person) & no("A review is going on already.")
    done = no("The review was done today.") if last is not None and last.began_on >= today else YES
    return may_review(person) & done


def may_answer(person: Person, review: AccessReview, whose: Person) -> Answer:
    """Each person with an account is answered once in a review."""
    answered = any(line.person_id == whose.id for line in review.lines)
    open_still = no(f"{whose.alias} is answered already.") if answered else YES
    return may_review(person) & open_still & (YES if whose.active else no("This account is closed already."))


def may_remove(person: Person, review: AccessReview, whose: Person, leads: list[Programme]) -> Answer:
    """Whoever receives concerns is replaced before they are removed; nobody removes themself."""
    receives = no(f"{whose.alias} receives concerns for {leads[0].name}. Name somebody else first.") if leads else YES
    return may_answer(person, review, whose) & people.may_turn_away(person, whose) & receives


def may_remove_demonstration(person: Person, demonstration: bool) -> Answer:
    """A programme admin may, where there is a demonstration at all."""
    return may_review(person) & (YES if demonstration else no("There is no demonstration here."))
