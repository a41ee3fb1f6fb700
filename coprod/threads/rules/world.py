"""What changed in the world because of what was asked."""

from collections.abc import Sequence

from coprod.core.words import long_date
from coprod.outputs.models import Output
from coprod.pilots.models import PilotState
from coprod.threads.rules.story import Story


def out_in_the_world(stories: Sequence[Story], made: Sequence[Output]) -> list[str]:
    """List what changed: what was tried and stays, and what the groups made and where it is used."""
    kept = [story.pilot for story in stories if story.pilot and story.pilot.state == PilotState.ADOPTED]
    stays = [f"{pilot.title}. {pilot.site} does it for good now." for pilot in kept]
    used = [(one.name, use) for one in made for use in one.uses if use.until is None]
    return [*stays, *(f"{name}: used {use.place}, since {long_date(use.since)}." for name, use in used)]
