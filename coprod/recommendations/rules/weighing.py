"""What a recommendation needs before it is sent (domain rule 21)."""

from coprod.core.answers import YES, Answer, no
from coprod.recommendations.models import Recommendation

NINE_THINGS = (
    ("problem", "Say what the problem is."),
    ("data", "Add what the numbers say, or “no numbers yet”."),
    ("stories", "Add what people’s stories say."),
    ("options", "Say which options the group looked at."),
    ("priorities", "Choose the priority it comes from."),
    ("outcomes", "Say what should change for people."),
    ("stage", "Choose the stage it speaks to."),
    ("owner_wanted", "Say who should own it."),
    ("cost", "Add the cost, or “not known”."),
    ("presenter", "Say who presents it, or “nobody yet”."),
)
"""The nine things of domain rule 21; evidence is two of these lines, data and stories."""


def missing(recommendation: Recommendation) -> dict[str, str]:
    """Answer what is still missing of the nine things: the field's name, and what to do about it."""
    return {name: hint for name, hint in NINE_THINGS if not getattr(recommendation, name)}


def is_complete(recommendation: Recommendation) -> Answer:
    """Answer whether all nine things are there."""
    first = next(iter(missing(recommendation).values()), "")
    return no(first) if first else YES
