"""The texts a recommendation is made of, as a version keeps them."""

from coprod.recommendations.models import Recommendation, Version

WORDS = (
    "title",
    "said",
    "easy_read",
    "problem",
    "data",
    "practice_elsewhere",
    "stories",
    "options",
    "outcomes",
    "stage",
    "owner_wanted",
    "cost",
    "presenter",
)


def words_now(recommendation: Recommendation) -> dict[str, str]:
    """Answer the text of every field as it reads now, by the field's name, and the numbers of its priorities."""
    words = {name: str(getattr(recommendation, name) or "") for name in WORDS}
    return words | {"priorities": ", ".join(str(priority.number) for priority in recommendation.priorities)}


def words_of(version: Version) -> dict[str, str]:
    """Answer the texts a version keeps; what it was made without is empty."""
    return dict.fromkeys(WORDS, "") | version.words
