"""Changing several actions at once, and keeping a view of the log."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from coprod.action_log import queries, rules
from coprod.action_log.models import SavedView
from coprod.action_log.rules import Wanted
from coprod.actions.models import Action
from coprod.core.answers import Refused, require
from coprod.core.db import db, lock
from coprod.people.models import Person

SHORT = 24


@dataclass
class Changed:
    """What came of changing several at once: what was changed, and what was not and why."""

    done: list[Action] = field(default_factory=list)
    refused: list[tuple[Action, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Say how many were changed, and name each that was not, with the reason."""
        told = [f"{len(self.done)} changed." if self.done else "Nothing was changed."]
        reasons: dict[str, list[str]] = defaultdict(list)
        for action, reason in self.refused:
            reasons[reason].append(_named(action))
        return " ".join([*told, *(f"Not changed: {', '.join(names)}. {reason}" for reason, names in reasons.items())])


def _named(action: Action) -> str:
    what = action.what if len(action.what) <= SHORT else f"{action.what[:SHORT].rstrip()}…"
    return f"{action.number} “{what}”"


def change(actions: Sequence[Action], act: Callable[[Action], object]) -> Changed:
    """Do the same with each of these actions; one that refuses leaves the others to be done."""
    changed = Changed()
    for action in actions:
        try:
            act(action)
        except Refused as refused:
            changed.refused.append((action, str(refused)))
        else:
            changed.done.append(action)
    return changed


def keep_view(name: str, wanted: Wanted, *, by: Person) -> SavedView:
    """Keep what was asked of the log under a name; the same name again is the same view, asked anew."""
    lock(by)
    kept = queries.view_named(by, name)
    if kept is None:
        require(rules.may_keep(len(queries.views_of(by))))
        kept = SavedView(person=by, name=name)
        db.session.add(kept)
    kept.address = wanted.address
    db.session.flush()
    return kept


def drop_view(view: SavedView) -> None:
    """Let a view go."""
    db.session.delete(view)
    db.session.flush()
