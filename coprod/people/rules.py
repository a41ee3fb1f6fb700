"""How long sign-ins last, what may be tried how often, and who may change whose account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person

IDLE = timedelta(minutes=30)
SIGN_ANEW = timedelta(minutes=1)
LONGEST_LIVED = timedelta(hours=12)
LONGEST_PROFESSIONAL = timedelta(hours=8)
CODE_LASTS = timedelta(minutes=10)
CARD_LASTS = timedelta(days=28)
CHALLENGE_LASTS = timedelta(minutes=5)
FRESH = timedelta(minutes=15)
RECOVERY_LASTS = timedelta(days=3650)
RECOVERY_CODES = 8
CARD_WORDS = 4

_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_E164 = 0


@dataclass(frozen=True)
class Limit:
    """How often something may be tried; without a stretch of time the count is never begun anew."""

    what: str
    most: int
    within: timedelta | None = None


# What one secret stands; then one contact asked for from one place, one contact from anywhere, one place (A8).
TRIES = Limit("tries", 5)
ASKED_FROM_HERE = Limit("asked from here", 5, timedelta(minutes=15))
ASKED_AT_ALL = Limit("asked", 20, timedelta(hours=1))
FROM_ONE_PLACE = Limit("place", 100, timedelta(minutes=15))


def longest(person: Person) -> timedelta:
    """Answer how long this person may stay signed in at most (A1)."""
    return LONGEST_PROFESSIONAL if person.is_professional else LONGEST_LIVED


def is_stale(signed_at: datetime, now: datetime) -> bool:
    """Answer whether a session's cookie should be signed anew: once a minute at most."""
    return now - signed_at >= SIGN_ANEW


def task_began(now: datetime) -> datetime:
    """Answer what is kept of when a one-task session began: the day, or it would say when somebody voted (B7)."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def task_ends(now: datetime) -> datetime:
    """Answer when a one-task session ends: at a quarter of the day, an hour away or more, as for everybody (B7)."""
    quarter, soonest = timedelta(hours=6), now + timedelta(hours=1)
    day = task_began(now)
    return day + quarter * -((day - soonest) // quarter)


def needs_authenticator(person: Person) -> bool:
    """Answer whether a code is only the first step for this person: supporters sign in as members do."""
    return person.is_professional


def may_have_passkey(person: Person) -> Answer:
    """Professionals may: a member's phone is often not hers alone."""
    return YES if needs_authenticator(person) and person.active else no("Passkeys are for professionals.")


def is_fresh(began: datetime, now: datetime) -> Answer:
    """How somebody signs in may be changed soon after signing in: not by who finds an open page."""
    fresh = now - began <= FRESH
    return YES if fresh else no("Sign out and sign in again first. It is more than 15 minutes since you did.")


def card_words(drawn: bytes) -> str:
    """Spell random bytes as words that can be read out: two bytes a word, five letters each."""
    pairs = [int.from_bytes(drawn[at : at + 2]) for at in range(0, len(drawn), 2)]
    return " ".join(_word(pair) for pair in pairs)


def _word(pair: int) -> str:
    c, v = _CONSONANTS, _VOWELS
    return c[pair >> 12] + v[pair >> 10 & 3] + c[pair >> 6 & 15] + v[pair >> 4 & 3] + c[pair & 15]


def plain(typed: str) -> str:
    """Answer what was typed as far as it counts: letters and numbers, big or small."""
    return "".join(sign for sign in typed.casefold() if sign.isalnum())


def same_address(typed: str) -> str:
    """Answer an e-mail address as it is kept and compared."""
    return typed.strip().casefold()


def same_number(typed: str) -> str | None:
    """Answer a phone number as it is kept and compared, like +447700900123; None where it cannot be one."""
    import phonenumbers

    try:
        number = phonenumbers.parse(typed, "GB")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, _E164) if phonenumbers.is_possible_number(number) else None


def same_contact(typed: str) -> str:
    """Answer an e-mail address or a phone number as it is kept and compared."""
    return same_address(typed) if "@" in typed else same_number(typed) or typed


def looks_like_address(typed: str) -> bool:
    """Answer whether this has the shape of an e-mail address; whether it is one, only a message can tell."""
    name, at, host = typed.rpartition("@")
    plausible = bool(name and at and "." in host.strip("."))
    return plausible and len(typed) <= 254 and not any(sign.isspace() or sign in '<>,;"' for sign in typed)


def may_keep_accounts(person: Person) -> Answer:
    """Programme admins may."""
    return YES if person.is_admin else no("Only a programme admin can do this.")


def may_be_admin(person: Person) -> Answer:
    """Whoever signs in with an authenticator may."""
    return YES if needs_authenticator(person) else no("A programme admin must sign in with an authenticator.")


def may_change(by: Person, person: Person) -> Answer:
    """A programme admin may, but not their own account: there must be one left."""
    yourself = no("Ask another programme admin to do this for you.") if by.id == person.id else YES
    return may_keep_accounts(by) & yourself


def may_turn_away(by: Person, person: Person) -> Answer:
    """A programme admin may, while the account is open."""
    return may_change(by, person) & (YES if person.active else no("This account is closed already."))


def may_let_in_again(by: Person, person: Person) -> Answer:
    """A programme admin may, once the account is closed."""
    return may_change(by, person) & (no("This account is open.") if person.active else YES)


def may_make_card(by: Person, person: Person) -> Answer:
    """A programme admin may, for a member or a supporter whose account is open."""
    return may_keep_accounts(by) & may_have_card(person)


def may_have_card(person: Person) -> Answer:
    """Members and supporters may, while their account is open; professionals have an authenticator (A4)."""
    if needs_authenticator(person):
        return no("Cards are for members. Professionals sign in with a code and an authenticator.")
    return YES if person.active else no("This account is closed.")


def may_start_authenticator_again(by: Person, person: Person) -> Answer:
    """A programme admin may, for somebody who has lost theirs."""
    return may_change(by, person) & (YES if person.totp else no("There is no authenticator to take away."))
