"""Which tables the public record has, which keys each has, and what stands behind them."""

from dataclasses import dataclass
from typing import Any

from coprod.public_record.rules import values as v


@dataclass(frozen=True)
class Key:
    """One key: how its value is checked, and what it is where it is left out (or that it may not be)."""

    check: v.Check
    needed: bool = True
    otherwise: Any = None


@dataclass(frozen=True)
class Table:
    """One table: its keys, whether it comes once or many times, and which key names one of many."""

    keys: dict[str, Key]
    many: bool = True
    needed: bool = False
    named_by: str = ""


def _maybe(check: v.Check, otherwise: Any = None) -> Key:
    return Key(check, needed=False, otherwise=otherwise)


_TEXT, _TEXTS, _SOURCE = Key(v.text), Key(v.texts), Key(v.one_or_more)
_NOTE, _SEATS, _WEEKS = _maybe(v.text, ""), _maybe(v.texts, []), _maybe(v.whole(1, 60))
_PEOPLE, _DATE = _maybe(v.whole(0, 500)), _maybe(v.partial_date, "")

TABLES = {
    "partnership": Table({"name": _TEXT, "bodies": _TEXTS}, many=False, needed=True),
    "programme": Table(
        {"name": _TEXT, "aims": _TEXTS, "governance": _SEATS, "source": _SOURCE}, many=False, needed=True
    ),
    "timeline": Table({"when": Key(v.span), "what": _TEXT, "source": _SOURCE, "note": _NOTE}, named_by="what"),
    "group": Table(
        {
            "name": _TEXT,
            "kind": _maybe(v.one_of("co-production group"), "co-production group"),
            "from": Key(v.partial_date),
            "to": _DATE,
            "weeks": _WEEKS,
            "lived_experience": _PEOPLE,
            "seats": _SEATS,
            "outputs": _SEATS,
            "note": _NOTE,
            "source": _SOURCE,
        },
        named_by="name",
    ),
    "findings": Table(
        {
            "principles": Key(v.whole(0, 99)),
            "priority_areas": Key(v.whole(0, 99)),
            "wording_published": Key(v.yes_or_no),
            "outputs": _SEATS,
            "source": _SOURCE,
        },
        many=False,
    ),
    "workstream": Table(
        {
            "name": _TEXT,
            "run": _maybe(v.whole(1, 50), 1),
            "began": Key(v.partial_date),
            "until": _DATE,
            "weeks": _WEEKS,
            "open_ended": _maybe(v.yes_or_no, False),
            "purpose": _NOTE,
            "lived_experience": _PEOPLE,
            "seats": _SEATS,
            "outputs": _SEATS,
            "note": _NOTE,
            "source": _SOURCE,
        },
        named_by="name",
    ),
    "body": Table(
        {"name": _TEXT, "from": Key(v.partial_date), "to": _DATE, "seats": _SEATS, "note": _NOTE, "source": _SOURCE},
        named_by="name",
    ),
    "workstream_seats": Table(
        {"seats": _TEXTS, "parents_and_carers_in_first_three": _PEOPLE, "source": _SOURCE}, many=False
    ),
    "phase": Table(
        {"name": _TEXT, "order": Key(v.whole(1, 20)), "content": _TEXT, "source": _SOURCE}, needed=True, named_by="name"
    ),
    "comparison": Table(
        {
            "name": _TEXT,
            "before": _maybe(v.number),
            "after": _maybe(v.number),
            "after_is": _maybe(v.one_of("over", "under", "about"), ""),
            "before_when": _DATE,
            "after_when": _DATE,
            "change": _maybe(v.number),
            "change_words": _NOTE,
            "unit": _NOTE,
            "better": Key(v.one_of("up", "down")),
            "source": _SOURCE,
        },
        named_by="name",
    ),
    "holiday": Table(
        {"what": _TEXT, "from": Key(v.whole_day), "to": Key(v.whole_day), "source": Key(v.one_or_more)}, named_by="what"
    ),
    "report": Table({"sections": _TEXTS}, many=False),
}
