"""Everything that changes the library: keeping, changing, sharing, copying and deleting templates."""

from collections.abc import Sequence
from typing import Any

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock
from coprod.core.journal import record
from coprod.library.models import Stage, Template, TemplateItem, TemplateKind, TemplateStep, TemplateWeek
from coprod.library.rules import house, templates
from coprod.library.rules.templates import TemplatePart
from coprod.people.models import Person
from coprod.workstreams.queries import memberships_of

ASIDE = 1000
COPY = " (copy)"
ITEM_WORDS = (
    *("position", "part", "title", "purpose", "outcome_wanted"),
    *("method", "papers", "minutes", "is_hard", "content_note"),
)


def keep(outline: Template, name: str, *, by: Person, note: str = "") -> Template:
    """Keep an outline as a template of one's own: the house's, somebody's shared one, or a cycle's as it stands.

    What its weeks' evenings hold comes along once each, where it is not one's own already.
    """
    require(templates.may_use(by, memberships_of(by)))
    evenings = _evenings_of(outline, name, by)
    kept = _fresh(outline.kind, name, note, by)
    kept.weeks = [
        TemplateWeek(number=week.number, phase=week.phase, outline=evening)
        for week, evening in zip(outline.weeks, evenings, strict=True)
    ]
    kept.steps = [
        TemplateStep(stage=stage, position=position, title=step.title)
        for stage in templates.STEP_STAGES
        for position, step in enumerate(templates.steps_of(outline, stage), 1)
    ]
    kept.items = _copies(outline.items)
    return _write(kept, by)


def _fresh(kind: TemplateKind, name: str, note: str, by: Person) -> Template:
    return Template(kind=kind, name=name, note=note, owner=by, shared=False, changed_on=today())


def _write(kept: Template, by: Person) -> Template:
    db.session.add(kept)
    db.session.flush()
    record(by, "kept", kept)
    return kept


def _copies(items: Sequence[TemplateItem]) -> list[TemplateItem]:
    return [TemplateItem(**{word: getattr(item, word) for word in ITEM_WORDS}) for item in items]


def _evenings_of(outline: Template, name: str, by: Person) -> list[Template | None]:
    """Answer one's own evening for each week: the same one for weeks that start from the same."""
    own: dict[object, Template] = {}
    for week in outline.weeks:
        evening = templates.outline_for(week, by)
        if evening and _mark(evening) not in own:
            own[_mark(evening)] = _own_evening(evening, f", week {week.number}", name, by)
    seen = [templates.outline_for(week, by) for week in outline.weeks]
    return [own[_mark(evening)] if evening else None for evening in seen]


def _mark(evening: Template) -> object:
    """Tell one evening from others: by its key, or by what it holds where it lies in no table."""
    return evening.id or tuple(getattr(item, word) for item in evening.items for word in ITEM_WORDS)


def _own_evening(evening: Template, week: str, name: str, by: Person) -> Template:
    if evening.id and evening.owner_id == by.id:
        return evening
    called = templates.named(evening.name, COPY) if evening.id else templates.named(name, week)
    mine = _fresh(TemplateKind.SESSION, called, "", by)
    mine.items = _copies(evening.items)
    return _write(mine, by)


def start(kind: TemplateKind, name: str, *, by: Person, note: str = "") -> Template:
    """Begin a template from what the house offers."""
    offered = house.ten_weeks() if kind == TemplateKind.CYCLE else house.evening()
    return keep(offered, name, by=by, note=note)


def copy(template: Template, *, by: Person) -> Template:
    """Make a template one's own, under a name that says it is a copy."""
    return keep(template, templates.named(template.name, COPY), by=by, note=template.note)


def change(template: Template, *, name: str, note: str, by: Person) -> None:
    """Change what it is called and what is said of it."""
    _hold_still(template, by)
    template.name, template.note = name, note
    _changed(template, by)


def share(template: Template, *, by: Person) -> None:
    """Let everybody who runs a group read and copy it, with one's own evenings its weeks start from."""
    _hold_still(template, by)
    template.shared = True
    record(by, "shared", template)


def stop_sharing(template: Template, *, by: Person) -> None:
    """Keep it to oneself again, with its evenings; what others copied stays theirs."""
    _hold_still(template, by)
    template.shared = False
    record(by, "stopped sharing", template)


def delete(template: Template, *, by: Person) -> None:
    """Take a template away; weeks that started from it start from the house's evening again."""
    _hold_still(template, by)
    record(by, "deleted", template)
    db.session.delete(template)
    db.session.flush()


# --- What a template holds.


def add_week(template: Template, phase: int, outline: Template | None, *, by: Person) -> TemplateWeek:
    """Add a session at the end."""
    _hold_still(template, by)
    require(templates.may_add(by, template))
    week = TemplateWeek(template=template, number=len(template.weeks) + 1, phase=phase, outline=outline)
    return _added(template, week, by)


def add_step(template: Template, stage: Stage, title: str, *, by: Person) -> TemplateStep:
    """Add a step before week 1 or after the last week."""
    _hold_still(template, by)
    require(templates.may_add(by, template, stage))
    position = len(templates.steps_of(template, stage)) + 1
    return _added(template, TemplateStep(template=template, stage=stage, position=position, title=title), by)


def add_item(template: Template, *, by: Person, **words: Any) -> TemplateItem:
    """Add a part to the evening, before check-out where there is one."""
    _hold_still(template, by)
    require(templates.may_add(by, template))
    last = template.items[-1] if template.items else None
    item = _added(template, TemplateItem(template=template, position=len(template.items) + 1, **words), by)
    if last and last.part == "check-out":
        place_part(template, item, last.position, by=by)
    return item


def _added(template: Template, part: Any, by: Person) -> Any:
    db.session.add(part)
    db.session.flush()
    _changed(template, by)
    return part


def change_part(template: Template, part: TemplatePart, /, *, by: Person, **words: Any) -> None:
    """Change what a part says."""
    _hold_still(template, by)
    for name, value in words.items():
        setattr(part, name, value)
    _changed(template, by)


def place_part(template: Template, part: TemplatePart, position: int, *, by: Person) -> None:
    """Put a part at this place among its like."""
    _hold_still(template, by)
    others = [other for other in templates.siblings(template, part) if other is not part]
    _put_in_order(template, [*others[: position - 1], part, *others[position - 1 :]])
    _changed(template, by)


def remove_part(template: Template, part: TemplatePart, *, by: Person) -> None:
    """Take a part away; those after it move up."""
    _hold_still(template, by)
    require(templates.may_remove(by, template, part))
    others = [other for other in templates.siblings(template, part) if other is not part]
    db.session.delete(part)
    db.session.flush()
    _put_in_order(template, others)
    _changed(template, by)


def _put_in_order(template: Template, parts: Sequence[TemplatePart]) -> None:
    for shelf in (ASIDE, 0):
        for position, part in enumerate(parts, 1):
            setattr(part, "number" if isinstance(part, TemplateWeek) else "position", shelf + position)
        db.session.flush()
    db.session.expire(template, ["weeks", "steps", "items"])


def _hold_still(template: Template, by: Person) -> None:
    require(templates.may_change(by, template))
    lock(template)


def _changed(template: Template, by: Person) -> None:
    template.changed_on = today()
    record(by, "changed", template)
