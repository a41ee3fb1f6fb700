"""What the payments officer takes along for the finance team."""

from coprod.core.journal import record
from coprod.core.security_log import note
from coprod.payments import queries
from coprod.people.models import Person


def took_a_file(*, by: Person) -> None:
    """Write down that a list of payments was taken away (L2)."""
    record(by, "took a list of payments", queries.programme_paid_by(by))
    note("a list of payments taken", None, by)
