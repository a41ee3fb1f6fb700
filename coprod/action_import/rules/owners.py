"""Who is meant by a name or an e-mail address in a log that was kept elsewhere."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from coprod.people.rules import looks_like_address, same_address

LONGEST_NAME = 60
NOT_SAID = "It does not say who does it."
NOBODY = "Nobody here goes by this name, and no e-mail address stands beside it."
SEVERAL_HERE = "More than one person here goes by this name. Write the e-mail address, too."
SEVERAL = "This names more than one person. One person does it."
NAMELESS = "Write a name beside this e-mail address."
NO_ADDRESS = "This is not an e-mail address."
ELSEWHERE = "Whoever has this e-mail address sits at another table, so this cannot be theirs to do."
LONG_NAME = f"This name is too long. Use {LONGEST_NAME} letters at most."
_WITH_ADDRESS = re.compile(r"(.*?)[\s<(\[,;:-]*(?:mailto:)?([^\s<>()\[\],;:]+@[^\s<>()\[\],;:]+)[>)\]]*", re.DOTALL)
_SEVERAL = re.compile(r"[/;&+\n]|\sand\s", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """Somebody who can own something here; their address only where it may be compared (P2)."""

    key: UUID
    email: str = ""


@dataclass(frozen=True)
class People:
    """Everybody a log can mean here, and which addresses are somebody's who cannot own anything at this table."""

    by_name: Mapping[str, list[Known]] = field(default_factory=dict)
    by_email: Mapping[str, UUID] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    chosen: Mapping[str, UUID] = field(default_factory=dict)
    """Whom somebody said is meant by a name; where an address stands beside it, that tells who it is."""


@dataclass(frozen=True)
class Owner:
    """Who is meant: somebody who is known here, or a name and an address from outside."""

    name: str
    email: str = ""
    key: UUID | None = None

    @property
    def whose(self) -> UUID | str:
        """Answer what tells this person from everybody else: the key, or the address of somebody new."""
        return self.key or self.email


class NoOwner(ValueError):  # noqa: N818 - a name that says what happened
    """A row names nobody who can own it; the words say why, and whether it is for want of a name we know."""

    def __init__(self, words: str, *, name: str = "", at_address: bool = False) -> None:
        super().__init__(words)
        self.name, self.at_address = name, at_address


def same(words: str) -> str:
    """Answer words as they are compared: without regard to case, spaces and kinds of quotation marks."""
    plain = unicodedata.normalize("NFKC", words).replace("’", "'").replace("‘", "'")
    return " ".join(plain.replace("“", '"').replace("”", '"').casefold().split())


def said(name: str, email: str) -> tuple[str, str]:
    """Answer the name and the address a row gives; both can stand in one cell: Kim Lee <kim@example.org>."""
    if not email and (found := _WITH_ADDRESS.fullmatch(name.strip())):
        name, email = found[1].strip(" \"'"), found[2]
    return " ".join(name.split()), same_address(email.removeprefix("mailto:").strip(" <>")) if email else ""


def owner_of(name: str, email: str, people: People) -> Owner:
    """Find who is meant; NoOwner where it is nobody, or could be two."""
    name, email = said(name, email)
    if not name and not email:
        raise NoOwner(NOT_SAID)
    if key := people.by_email.get(email) if email else people.chosen.get(same(name)):
        return Owner(name, email, key)
    if email and not looks_like_address(email):
        raise NoOwner(NO_ADDRESS, at_address=True)
    here = [one for one in people.by_name.get(same(name), []) if not (email and one.email and one.email != email)]
    if len(here) == 1:
        return Owner(name, email, here[0].key)
    return _from_outside(name, email, people, several=bool(here))


def _from_outside(name: str, email: str, people: People, *, several: bool) -> Owner:
    if several and not email:
        raise NoOwner(SEVERAL_HERE, name=name)
    if _SEVERAL.search(name):
        raise NoOwner(SEVERAL, name="" if email else name)
    if not email:
        raise NoOwner(NOBODY, name=name)
    if email in people.elsewhere:
        raise NoOwner(ELSEWHERE, at_address=True)
    if not name:
        raise NoOwner(NAMELESS)
    if len(name) > LONGEST_NAME:
        raise NoOwner(LONG_NAME)
    return Owner(name, email)
