"""Three parents tell what changed for them: one story for all, one for the steering group, one not yet checked."""

from datetime import date, time

from coprod.demo.stage import Stage, at
from coprod.evidence.models import Audience
from coprod.stories import services
from coprod.stories.models import Turn

EVENING, MORNING = time(19), time(10)
KNEW_HER = "She rang and told me her name. When the door opened, I knew who it was. I did not have to begin again."
STILL = "They ring the mum. I hear it from her. The text has no place for me."
AT_WORK = "The call came at work. I could not speak. I said I was fine, and I was not."


def what_changed(stage: Stage) -> None:
    """Let Robin, Ash and Dee tell it; Sam looks at the first two before they go wider."""
    asked, people, tests = stage.asked["midwife"], stage.people, stage.pilots["midwife"].test_cycles
    with at(date(2025, 10, 14), EVENING):
        for_all = services.tell(
            asked,
            KNEW_HER,
            Turn.BETTER,
            by=people["Robin"],
            audience=Audience.PARTNERSHIP,
            how_much="I slept the night before.",
            name="Robin",
            after=tests[1],
        )
    with at(date(2025, 11, 5), EVENING):
        for_some = services.tell(asked, STILL, Turn.SAME, by=people["Ash"], audience=Audience.STEERING)
    with at(date(2025, 11, 6), MORNING):
        for story in (for_all, for_some):
            services.check(story, by=stage.facilitator)
    with at(date(2025, 11, 16), EVENING):
        services.tell(
            asked, AT_WORK, Turn.WORSE, by=people["Dee"], audience=Audience.PARTNERSHIP, name="Dee", after=tests[1]
        )
