"""Finding actions: who sees which, where they come from, who owns one without an account, who is told today."""

from coprod.actions.queries.led_to import Source, comes_from, sources
from coprod.actions.queries.outside import (
    is_outside,
    outside_owner_at,
    owners_from_outside,
    places_of,
    professional_at_a_table_of,
    unneeded_addresses,
)
from coprod.actions.queries.seeing import (
    actions_of,
    in_states,
    may_be_seen_by,
    one_seen_by,
    seen_by,
    turn_after,
)
from coprod.actions.queries.telling import (
    LATE,
    REMINDER,
    REMINDER_OUTSIDE,
    TOLD,
    WRITTEN,
    days_off,
    first_to_remind_of,
    last_told,
    leads_of,
    to_remind,
    to_tell,
    who_knows,
)

__all__ = [
    "LATE",
    "REMINDER",
    "REMINDER_OUTSIDE",
    "TOLD",
    "WRITTEN",
    "Source",
    "actions_of",
    "comes_from",
    "days_off",
    "first_to_remind_of",
    "in_states",
    "is_outside",
    "last_told",
    "leads_of",
    "may_be_seen_by",
    "one_seen_by",
    "outside_owner_at",
    "owners_from_outside",
    "places_of",
    "professional_at_a_table_of",
    "seen_by",
    "sources",
    "to_remind",
    "to_tell",
    "turn_after",
    "unneeded_addresses",
    "who_knows",
]
