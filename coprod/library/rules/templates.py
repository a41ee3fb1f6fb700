"""Who keeps templates, who may read, change and share them, and how much one holds."""

from collections.abc import Iterable, Sequence

from coprod.core.answers import YES, Answer, no
from coprod.library.models import Part, Purpose, Stage, Template, TemplateItem, TemplateKind, TemplateStep, TemplateWeek
from coprod.library.rules import house
from coprod.people.models import Person
from coprod.workstreams.models import Membership, Role

PARTS = {
    Part.ARRIVE: "Arrival",
    Part.CHECK_IN: "Check-in",
    Part.RECAP: "What came of what we said",
    Part.WORK: "Working together",
    Part.BREAK: "Break",
    Part.ACTIONS: "Who does what next",
    Part.CHECK_OUT: "Check-out",
}
PURPOSES = {"": "None", Purpose.SHARE: "Share", Purpose.EXPLORE: "Explore", Purpose.DECIDE: "Decide"}
PHASES = {1: "Understand", 2: "Explore", 3: "Decide"}
STEP_STAGES = {Stage.BEFORE: "Before week 1", Stage.AFTER: "After the last week"}
MOST_WEEKS, MOST_STEPS, MOST_ITEMS = 20, 12, 30
FEWEST_WEEKS = 2
MOST_LETTERS = 80
"""How long the name of a template may be."""
LONGEST = 120
"""How many minutes an evening may take (domain rule 18)."""
MOST_IN_A_NOTE = 20
"""How many words a content note may have: the notes of two hard items stand whole on the card (journey 4)."""

TemplatePart = TemplateWeek | TemplateStep | TemplateItem


def may_use(person: Person, seats: Iterable[Membership]) -> Answer:
    """Whoever runs a group may, and programme admins."""
    runs = any(seat.role == Role.FACILITATOR for seat in seats)
    return YES if person.is_admin or runs else no("Only a facilitator or a programme admin can do this.")


def is_seen_by(template: Template, person: Person) -> bool:
    """Answer whether this is the house's, this person's own, or shared."""
    return house.is_offered(template) or template.shared or template.owner_id == person.id


def may_change(person: Person, template: Template) -> Answer:
    """Whoever keeps it may; what the house offers, nobody."""
    if house.is_offered(template):
        return no("The house offers this to everybody. Make a copy, and change that.")
    kept = template.owner_id == person.id
    return YES if kept else no("Only who keeps it can change it. Make a copy, and change that.")


def may_add(person: Person, template: Template, stage: Stage | None = None) -> Answer:
    """Whoever keeps it may, while there is room."""
    return may_change(person, template) & _has_room(template, stage)


def _has_room(template: Template, stage: Stage | None) -> Answer:
    if stage:
        full = len(steps_of(template, stage)) >= MOST_STEPS
        return no(f"There are {MOST_STEPS} steps at most.") if full else YES
    if template.kind == TemplateKind.CYCLE:
        return YES if len(template.weeks) < MOST_WEEKS else no(f"A cycle has {MOST_WEEKS} sessions at most.")
    return YES if len(template.items) < MOST_ITEMS else no(f"An evening has {MOST_ITEMS} items at most.")


def may_remove(person: Person, template: Template, part: TemplatePart) -> Answer:
    """Whoever keeps it may; two sessions stay, or there is no cycle."""
    last = isinstance(part, TemplateWeek) and len(template.weeks) <= FEWEST_WEEKS
    return may_change(person, template) & (no(f"A cycle has {FEWEST_WEEKS} sessions at least.") if last else YES)


def steps_of(template: Template, stage: Stage) -> list[TemplateStep]:
    """List the steps of one end of the cycle, in order."""
    return sorted((step for step in template.steps if step.stage == stage), key=lambda step: step.position)


def siblings(template: Template, part: TemplatePart) -> Sequence[TemplatePart]:
    """List what this part takes its turn among."""
    if isinstance(part, TemplateWeek):
        return template.weeks
    return steps_of(template, part.stage) if isinstance(part, TemplateStep) else template.items


def parts_of(template: Template) -> list[TemplatePart]:
    """List everything a template holds."""
    return [*template.weeks, *template.steps, *template.items]


def outline_for(week: TemplateWeek, person: Person) -> Template | None:
    """Answer the session template of a week, if this person may read it; else the house's evening stands in."""
    evening = week.outline
    return evening if evening and (is_seen_by(evening, person) or _is_lent(evening, week.template)) else None


def _is_lent(evening: Template, weeks: Template) -> bool:
    """Who shares weeks shares her evenings they start from, as long as she does."""
    return weeks.shared and weeks.owner_id == evening.owner_id


def named(name: str, more: str = "") -> str:
    """Put more behind a name; where both are too long, the name ends after a whole word."""
    room = MOST_LETTERS - len(more)
    short = name if len(name) <= room else f"{name[: room - 1].rsplit(' ', 1)[0]}…"
    return f"{short}{more}"


def minutes(template: Template) -> int:
    """Count the minutes of an evening."""
    return sum(item.minutes for item in template.items)


def size(template: Template) -> str:
    """Say how much a template holds."""
    if template.kind == TemplateKind.CYCLE:
        return f"{len(template.weeks)} sessions"
    return f"{minutes(template)} minutes"
