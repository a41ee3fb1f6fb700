"""Who pays people, asked before everything that pays; and what goes along for the finance team."""

from coprod.core.answers import require
from coprod.core.journal import record
from coprod.core.security_log import note
from coprod.payments import queries, rules
from coprod.people.models import Person
from coprod.programmes.models import Programme


def pays_here(by: Person) -> Programme:
    """Answer where this person pays: nobody else finds anything here, and who runs a group is told why not."""
    programme = queries.programme_paid_by(by)
    require(rules.may_pay(runs_a_group=queries.runs_a_group(by)))
    return programme


def took_a_file(*, by: Person) -> None:
    """Write down that a list of payments was taken away (L2)."""
    record(by, "took a list of payments", pays_here(by))
    note("a list of payments taken", None, by)
