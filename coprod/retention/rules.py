"""How long each kind of thing is kept, and when somebody must look because it was not let go of (L4)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coprod.action_import.rules import KEPT_UNFINISHED
from coprod.core.answers import Answer
from coprod.people.models import Person
from coprod.programmes.rules import is_admin

ALARM = timedelta(hours=48)
MONTH, YEAR = timedelta(days=30), timedelta(days=365)


@dataclass(frozen=True)
class Limit:
    """One kind of thing: what it is, how long it is kept, in words and in days."""

    kind: str
    what: str
    kept: str
    lasts: timedelta


LIMITS = (
    Limit(
        "leavers",
        "Phone, e-mail and needs of people who left their last group",
        "30 days after they left. What was paid is kept by the people who pay",
        MONTH,
    ),
    Limit("closed accounts", "Phone, e-mail and needs of people whose account was closed", "30 days", MONTH),
    Limit("supporters", "Who helped whom, once it has ended", "30 days", MONTH),
    Limit("answered interests", "That somebody wanted to join, once they have an answer", "30 days", MONTH),
    Limit("waiting interests", "What people told us who still wait for a place", "A year", YEAR),
    Limit(
        "outside owners",
        "E-mail addresses of people without an account, once all they took on is settled",
        "30 days",
        MONTH,
    ),
    Limit("unfinished imports", "Action logs somebody began to bring in and did not finish", "7 days", KEPT_UNFINISHED),
    Limit("messages", "Which messages were sent or stopped", "30 days", MONTH),
    Limit("coming", "Who said they come to a session, and what was arranged", "30 days after it", MONTH),
    Limit("coming, said by another", "For whom somebody else said whether they come", "30 days after it", MONTH),
    Limit("message files", "Copies of messages, where a demonstration keeps them", "30 days", MONTH),
    Limit("sign-ins", "Sign-ins, codes and links that have run out", "A day", timedelta(0)),
    Limit("sent forms", "Marks that stop a form from counting twice", "7 days", timedelta(7)),
    Limit("contact changes", "Changes of a phone number or an e-mail", "30 days", MONTH),
    Limit("ways to be paid", "How somebody is paid, once nothing is owed", "30 days", MONTH),
    Limit("offers", "Offers of pay that came to nothing", "A year after the task", YEAR),
    Limit("payments", "What was paid, or ended unpaid, without bank details", "6 years", 6 * YEAR),
    Limit("expenses", "Expenses that were given back or ended, with the receipt", "6 years", 6 * YEAR),
    Limit("done for members", "What was done for members who asked for help", "A year", YEAR),
    Limit("check-ins", "How people said they are, before or after a session", "30 days", MONTH),
    Limit("calls back", "That somebody asked for a call, once they were rung", "30 days", MONTH),
    Limit("calls after sessions", "That somebody was rung after a session, or did not want it", "30 days", MONTH),
    Limit("testimonies", "What people told in their own words until a day", "30 days after that day", MONTH),
    Limit("breach notes", "What went against a group’s agreement, once it was seen to", "A year", YEAR),
    Limit("data requests", "Questions about data, once they are answered", "A year", YEAR),
    Limit("concerns", "Concerns about safety, once they are closed", "6 years", 6 * YEAR),
    Limit("security log", "Who signed in, and whose rights were changed", "A year", YEAR),
    Limit("runs", "How these daily runs went", "A year", YEAR),
)
KEPT_ON = (
    ("What was decided, agreed and measured", "As long as the programme, without the names of those who were erased"),
    ("Notes of sessions, from the first draft on", "As long as the programme, with every version of them"),
    ("Who did what, in numbers and verbs alone", "As long as the programme"),
    ("Your vote", "Until the count. Nobody can read it, and then it is gone"),
    ("Copies made for repairs", "35 days"),
)
"""What no daily run lets go of, and how long it is kept all the same."""


def limit(kind: str) -> Limit:
    """Answer the limit of one kind."""
    return next(one for one in LIMITS if one.kind == kind)


def is_late(last_finished: datetime | None, now: datetime) -> bool:
    """Answer whether no run has finished for 48 hours."""
    return last_finished is None or now - last_finished > ALARM


def may_see_runs(person: Person) -> Answer:
    """Programme admins may."""
    return is_admin(person)
