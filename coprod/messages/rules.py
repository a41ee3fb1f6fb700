"""What a message may say, how somebody may be reached and when, and when a message is given up (O1-O3)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from config import HERE
from coprod.core.answers import YES, Answer, no
from coprod.messages.models import PartOfDay, Reach, Way
from coprod.people.models import Person

SUBJECT = "You have a message"
LONGEST_TEXT = 160
ROOM_FOR_A_NAME = 20
LEASE = timedelta(minutes=2)
MOST_TRIES = 12
MOST_UNSURE = 2
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(hours=6)
STOP_THERE, STOP_BY_WORD = " You can stop texts there.", " To stop texts, tell us."

# The signs of a plain text, of which 160 fit into one part; those that count double are left out.
PLAIN = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \n"
    "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!\"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà"
)
UNSPOKEN = re.compile(r"\b(care|court|child|child(ren|hood)|bab(y|ie)|social|removed)s?\b", re.IGNORECASE)
_PLACES = re.compile(r"\{(.*?)\}")

PARTS = {
    PartOfDay.MORNING: (time(9), time(12)),
    PartOfDay.AFTERNOON: (time(12), time(17)),
    PartOfDay.EVENING: (time(17), time(20)),
}


@dataclass(frozen=True)
class Purpose:
    """A kind of message: its words for a text and for an e-mail, and the one task its link opens, if any.

    `link` is the kind of task ("vote"), `endpoint` the page it opens. One for `any_hour` is not held at night, and
    never stands in a list of what somebody does by hand. One `without_account` also goes to somebody who has none, at
    the address it says itself. `about` is what staff call it. `fills` are places of its own
    in the words, each with the longest that can stand there; what does stand there is asked as it is sent.
    """

    name: str
    text: str
    email: str
    link: str = ""
    endpoint: str = ""
    lasts: timedelta = timedelta(7)
    any_hour: bool = False
    about: str = ""
    fills: tuple[tuple[str, str], ...] = ()
    without_account: bool = False

    @property
    def title(self) -> str:
        """Answer what staff call it."""
        return self.about or self.name.capitalize()


@dataclass(frozen=True)
class Kind:
    """A purpose as it was announced: what is asked again at sending, and where it goes if not to the usual place.

    `says` answers what stands in the places of its own, for this person and this thing. While it `rests`, nothing of
    this kind goes out, and nothing of it is lost.
    """

    purpose: Purpose
    still_right: Callable[[Person, UUID], bool]
    address: Callable[[Person, UUID], "tuple[Way, str] | None"] | None = None
    says: Callable[[Person, UUID], Mapping[str, str]] | None = None
    rests: Callable[[], bool] = bool


def goes_to(purpose: Purpose, person: Person) -> bool:
    """Answer whether a message of this kind may go to this person: their account is open, or it needs none."""
    return person.active or (purpose.without_account and person.erased_on is None)


# --- What it says.


def fill(words: str, said: Mapping[str, str]) -> str:
    """Put into the places of its own what this message says there."""
    for place, what in said.items():
        words = words.replace(f"{{{place}}}", what)
    return words


def compose(words: str, alias: str, link: str) -> str:
    """Put name and link into the words; without a name, the place where it stood closes up."""
    named = words.replace("{alias}", alias) if alias else re.sub(r" ?\{alias\}", "", words).lstrip(" ,.")
    return named.replace("{link}", link)


def text_of(words: str, alias: str, link: str) -> str:
    """Answer one text: the name only where it is plain and there is room, and the way out of texts likewise."""
    spoken = alias if is_plain(alias) and not UNSPOKEN.search(alias) else ""
    named, bare = compose(words, spoken, link), compose(words, "", link)
    text = named if len(named) <= LONGEST_TEXT else bare
    with_way_out = text + (STOP_THERE if link else STOP_BY_WORD)
    return with_way_out if len(with_way_out) <= LONGEST_TEXT else text


def alias_for(person: Person, reach: Reach) -> str:
    """Answer the name a message may hold: none on a phone that others use, too."""
    return "" if reach.phone_is_shared else person.alias


def is_plain(words: str) -> bool:
    """Answer whether every sign is one that fits into a plain text: no curly quotes, no emoji."""
    return PLAIN.issuperset(words)


def may_say(words: str, purpose: Purpose, longest_link: int = 0) -> Answer:
    """Answer whether a text may have these words: short, plain, with its link, and naming nothing (domain rule 13).

    There is room for a name of twenty letters; where somebody's is longer and does not fit, the text goes without it.
    """
    places = _PLACES.findall(words)
    longest = compose(fill(words, dict(purpose.fills)), "x" * ROOM_FOR_A_NAME, "x" * longest_link)
    return (
        _holds_its_places(places, purpose)
        & _is_in_plain_signs(_PLACES.sub("", words))
        & names_nothing(words)
        & _is_short(longest)
    )


def _holds_its_places(places: Iterable[str], purpose: Purpose) -> Answer:
    found, known = sorted(places), ["alias", *dict(purpose.fills), "link"]
    if odd := [place for place in found if place not in known]:
        return no(f"Nothing can be put in the place of {{{odd[0]}}}. Use {_named(known)}.")
    if found.count("link") != bool(purpose.endpoint):
        return no("Keep {link} in it, once." if purpose.endpoint else "There is no link in this message.")
    twice = next((place for place in known if found.count(place) > 1), "")
    return no(f"Use {{{twice}}} once.") if twice else YES


def _named(places: list[str]) -> str:
    *first, last = [f"{{{place}}}" for place in places]
    return f"{', '.join(first)} and {last}"


def _is_in_plain_signs(words: str) -> Answer:
    odd = sorted(set(words) - PLAIN)
    return no(f"A plain text cannot hold {odd[0]}. Use simple letters and straight quotes.") if odd else YES


def names_nothing(words: str) -> Answer:
    """Answer whether the words are free of those that the wrong person must never read (domain rule 13)."""
    found = UNSPOKEN.search(words)
    return no(f"Leave out the word {found[0]}: somebody else may read this text.") if found else YES


def _is_short(longest: str) -> Answer:
    over = len(longest) - LONGEST_TEXT
    return no(f"With a long name and its link it is {over} signs too long for one text.") if over > 0 else YES


# --- How somebody is reached, and when.


def may_set_reach(by: Person, person: Person) -> Answer:
    """How somebody wants to be reached is for them to say."""
    return YES if by.id == person.id else no("Only the person themself can say this.")


def channel(person: Person, reach: Reach, can_text: bool) -> Way | None:
    """Answer how a message goes to this person: by text, by e-mail, or by hand where none of the two may be."""
    texts = can_text and bool(person.phone) and reach.phone_is_safe is not False
    if reach.way == Way.TEXT:
        return Way.TEXT if texts else None
    if reach.way == Way.EMAIL:
        return Way.EMAIL if person.email else None
    if reach.way is not None:
        return None
    return Way.EMAIL if person.email else Way.TEXT if texts else None


def may_text(reach: Reach, moment: datetime) -> bool:
    """Answer whether a text may come to this phone at this moment, by the clock on the wall."""
    if reach.phone_is_safe is False:
        return False
    wall = moment.astimezone(HERE).time()
    chosen = [PartOfDay(part) for part in reach.hours] or list(PARTS)
    return any(PARTS[part][0] <= wall < PARTS[part][1] for part in chosen)


# --- Trying again.


def pause(tries: int) -> timedelta:
    """Answer how long to wait after so many tries: three times as long each time, six hours at most."""
    return min(FIRST_PAUSE * 3 ** min(tries - 1, 12), LONGEST_PAUSE)


def is_over(tries: int, unsure: int) -> bool:
    """Answer whether a message is given up: tried often enough, or perhaps arrived twice."""
    return tries >= MOST_TRIES or unsure >= MOST_UNSURE


def may_word(person: Person) -> Answer:
    """Programme admins may change the words an installation sends."""
    return YES if person.is_admin else no("Only a programme admin can do this.")
