"""How somebody is paid: said by herself after a code, sealed, and read by the payments officer alone."""

from uuid import uuid4

from sqlalchemy import select

from coprod.contacts.queries import changed_last
from coprod.core.answers import Answer, require
from coprod.core.clock import now, today
from coprod.core.db import db
from coprod.core.security_log import note
from coprod.messages.services.putting import insert, read_anew
from coprod.payments import queries, rules, sealing
from coprod.payments.models import PayMethod, PayWay
from coprod.payments.rules import BankDetails
from coprod.payments.services.paying import pays_here
from coprod.people.models import Person


def say_how(person: Person, way: PayWay, details: BankDetails | None = None, *, by: Person) -> None:
    """Keep how this person wants to be paid, in place of what she said before; the caller has seen her code."""
    require(rules.may_say_how(by, person) & has_rested(person))
    sealed = sealing.seal(person.id, details) if way == PayWay.BANK and details else None
    said = {"way": way, "sealed": sealed, "changed_on": today()}
    put = insert(PayMethod).values(id=uuid4(), person_id=person.id, **said)
    db.session.execute(put.on_conflict_do_update(index_elements=["person_id"], set_=said))
    read_anew(select(PayMethod).where(PayMethod.person_id == person.id))
    note("way to be paid changed", person, by)


def has_rested(person: Person) -> Answer:
    """Answer whether a code for this person still goes where it went a day ago."""
    return rules.has_rested(changed_last(person), now())


def ending(method: PayMethod | None) -> str:
    """Answer as much of her bank details as their owner is shown again; where they are lost, nothing."""
    if method is None or method.sealed is None:
        return ""
    try:
        return sealing.unseal(method.person_id, method.sealed).ending
    except sealing.KeyLost:
        return ""


def is_lost(method: PayMethod | None) -> bool:
    """Answer whether what she told us cannot be read any more, so that she is asked again."""
    return method is not None and method.way == PayWay.BANK and not ending(method)


def details_of(person: Person, *, by: Person) -> BankDetails | None:
    """Read somebody's bank details, as the payments officer alone may; every reading is written down (L2)."""
    pays_here(by)
    queries.one_payee(person.id, today())
    method = queries.method_of(person)
    note("bank details read", person, by)
    if method is None or method.sealed is None:
        return None
    try:
        return sealing.unseal(person.id, method.sealed)
    except sealing.KeyLost:
        return None
