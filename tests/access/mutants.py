"""Checks that are taken away, one at a time: the table must turn red for each of them, or it proves nothing."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any
from unittest.mock import patch

from flask import Flask

from coprod.core import web
from coprod.core.answers import YES
from coprod.core.db import db
from coprod.core.lifecycle import Lifecycle
from tests.access.walk import Line, Walk

# A rule that says yes to everybody, and an address where that must show.
RULES = {
    "actions.rules.standing:_leads_its_table": "actions.cancel",
    "actions.rules.standing:_second_person": "actions.agree_done",
    "actions.rules:leads": "actions.new",
    "actions.rules:may_carry": "actions.move_date",
    "administration.rules:may_remove_demonstration": "administration.remove_demonstration",
    "agreements.rules:may_start": "agreements.start",
    "agreements.rules:may_write": "agreements.edit",
    "assistance.rules:may_help": "assistance.index",
    "cycles.rules.moves:_runs_cycle": "cycles.move",
    "cycles.rules.moves:may_plan": "cycles.new",
    "gatherings.rules:may_ask": "gatherings.new",
    "gatherings.rules:may_plan_day": "gatherings.day",
    "handovers.rules:_taker": "handovers.take",
    "handovers.rules:may_hand_over": "handovers.new",
    "notes.rules:may_correct": "notes.correct",
    "library.rules.templates:may_change": "library.stop_sharing",
    "outcomes.rules:may_keep": "outcomes.add_reading",
    "outcomes.rules.proposing:_is_a_second_person": "outcomes.approve",
    "outcomes.rules:may_measure": "outcomes.new",
    "programmes.rules:is_payments_officer": "payments.index",
    "people.rules:may_have_passkey": "people.passkey_to_add",
    "pilots.rules:is_chair": "pilots.fund",
    "pilots.rules:may_plan": "pilots.plan",
    "pilots.rules:may_propose": "pilots.new",
    "pilots.rules:runs": "pilots.finish",
    "principles.rules:may_word": "principles.edit",
    "programmes.rules:is_admin": "programmes.holidays",
    "recommendations.rules:is_facilitator": "recommendations.check",
    "recommendations.rules:may_settle": "recommendations.settle",
    "recommendations.rules:may_edit": "recommendations.edit",
    "steering.rules:may_arrange": "steering.agenda",
    "steering.rules:may_decide": "steering.record_decision",
    "steering.rules:may_set_terms": "steering.new_terms",
    "steering.rules:may_write": "steering.write_minutes",
    "steering.rules:may_reply": "steering.reply",
    "steering.rules:may_tick": "steering.tick",
    "supporters.rules:may_share": "supporters.share",
    "workstreams.rules:is_facilitator": "recommendations.count",
    "workstreams.rules:keeps": "workstreams.checks",
    "workstreams.rules:may_check": "workstreams.look",
    "workstreams.rules:may_invite": "workstreams.invite",
}

# A query that finds what is asked for, whoever asks; the table it reads; and an address where that must show.
QUERIES = {
    "actions.queries:one_seen_by": ("actions.models:Action", "actions.show"),
    "agreements.queries:one_breach_run_by": ("agreements.models:BreachNote", "agreements.see_to"),
    "agreements.queries:one_seen_by": ("agreements.models:Agreement", "agreements.edit"),
    "agreements.queries:one_wish_run_by": ("agreements.models:ChangeAsked", "agreements.talk_about"),
    "assistance.queries:one_done_for": ("assistance.models:Assisted", "assistance.take_back"),
    "contacts.queries:one_live_change": ("contacts.models:ContactChange", "contacts.stop_mine"),
    "cycles.queries:one_seen_by": ("cycles.models:Cycle", "cycles.show"),
    "cycles.queries:one_step_run_by": ("cycles.models:PlanStep", "cycles.step"),
    "cycles.queries:one_session_run_by": ("cycles.models:Session", "cycles.register"),
    "cycles.queries:one_session_seen_by": ("cycles.models:Session", "cycles.session"),
    "gatherings.queries:one_seen_by": ("gatherings.models:Gathering", "gatherings.show"),
    "handovers.queries:one_seen_by": ("handovers.models:Handover", "handovers.show"),
    "interests.queries:one_waiting": ("interests.models:Interest", "interests.show"),
    "library.queries:one_seen_by": ("library.models:Template", "library.show"),
    "needs.queries:run_by": ("workstreams.models:Workstream", "needs.index"),
    "notes.queries:one_part_read_by": ("notes.models:ItemNote", "notes.correct"),
    "notes.queries:one_part_run_by": ("notes.models:ItemNote", "notes.edit"),
    "outcomes.queries:one_seen_by": ("outcomes.models:Indicator", "outcomes.show"),
    "outcomes.queries:proposal_seen_by": ("outcomes.models:ProposedReading", "outcomes.take_back"),
    "parity.queries:one_seen_by": ("workstreams.models:Workstream", "parity.board"),
    "payments.queries:one_kept_by": ("payments.models:Payment", "payments.withdraw"),
    "payments.queries:one_offered_to": ("payments.models:Payment", "payments.letter"),
    "payments.queries:one_with_receipt": ("payments.models:Expense", "payments.receipt"),
    "payments.queries:run_by": ("workstreams.models:Workstream", "payments.group"),
    "people.queries:one_seen_by": ("people.models:Person", "people.show"),
    "people.queries:passkey_of": ("people.models:Passkey", "people.remove_passkey"),
    "pilots.queries:one_seen_by": ("pilots.models:Pilot", "pilots.show"),
    "recommendations.queries:one_comment_seen_by": (
        "recommendations.models:Comment",
        "recommendations.settle_comment",
    ),
    "recommendations.queries:one_suggestion_seen_by": ("recommendations.models:Suggestion", "recommendations.settle"),
    "recommendations.queries:one_seen_by": ("recommendations.models:Recommendation", "recommendations.show"),
    "safeguarding.queries:one_seen_by": ("safeguarding.models:Concern", "safeguarding.show"),
    "stages.queries:one_seen_by": ("cycles.models:Cycle", "stages.show"),
    "steering.queries:decision_seen_by": ("steering.models:Decision", "steering.extract"),
    "steering.queries:table_seen_by": ("workstreams.models:Workstream", "steering.terms"),
    "steering.queries:meeting_seen_by": ("steering.models:Meeting", "steering.meeting"),
    "supporters.queries:own": ("supporters.models:Support", "supporters.share"),
    "voting.queries:one_answerable_by": ("voting.models:Poll", "voting.ballot"),
    "voting.queries:one_with_result_seen_by": ("voting.models:Poll", "voting.result"),
    "wellbeing.queries:one_asked_of": ("wellbeing.models:CallBack", "wellbeing.rung"),
    "wellbeing.queries:one_to_be_made_by": ("wellbeing.models:CheckInCall", "wellbeing.tick"),
    "wellbeing.queries:own_call": ("wellbeing.models:CallBack", "wellbeing.take_back"),
    "workstreams.queries:one_named_to": ("workstreams.models:Workstream", "workstreams.show"),
    "workstreams.queries:one_seen_by": ("workstreams.models:Workstream", "workstreams.group"),
    "workstreams.queries:own_place": ("workstreams.models:Membership", "workstreams.place"),
    "workstreams.queries:own_request": ("workstreams.models:SeparationRequest", "workstreams.take_back_apart"),
}

OPEN_DOORS = ("home.show", "people.index", "programmes.show", "safeguarding.show", "voting.ballot")
"""Pages marked public that are not."""

OPEN_LINKS = ("home.show", "needs.helps", "workstreams.group", "supporters.mine")
"""Pages marked for one-task links that are not."""


@dataclass(frozen=True)
class Mutant:
    """One check that is gone, and where that must show."""

    name: str
    endpoint: str
    plant: Callable[[Flask], Any]


def mutants() -> list[Mutant]:
    """List them all."""
    return [
        *(Mutant(f"{name} says yes", where, _rule(name)) for name, where in RULES.items()),
        *(Mutant(f"{name} finds all", where, _query(name, model)) for name, (model, where) in QUERIES.items()),
        *(Mutant(f"{where} is public", where, _marked(where, "is_public")) for where in OPEN_DOORS),
        *(Mutant(f"{where} opens by a link", where, _marked(where, "is_by_link")) for where in OPEN_LINKS),
        Mutant("the gate is off", "people.index", _no_gate),
        Mutant("what a link is for is forgotten", "home.show", _no_task),
        Mutant("a supporter opens everything", "pilots.index", _no_wall_round_supporters),
    ]


def escaped(walk: Walk, lines: list[Line], planted: list[Mutant]) -> list[str]:
    """Name the mutants that the table does not notice; and those it cannot be tried on, for it is red without them."""
    found = []
    for mutant in planted:
        about = [line for line in lines if line.endpoint == mutant.endpoint]
        with mutant.plant(walk.app), patch.object(walk, "told", {}):
            if not walk.faults(about):
                found.append(mutant.name)
    return found


def _named(name: str) -> Any:
    module, attribute = name.split(":")
    return getattr(import_module(f"coprod.{module}"), attribute)


def _rule(name: str) -> Callable[[Flask], Any]:
    return lambda _: _everywhere(_named(name), lambda *_, **__: YES)


def _query(name: str, model: str) -> Callable[[Flask], Any]:
    def finds(*given: Any, **_: Any) -> Any:
        return db.session.get_one(_named(model), given[-1])

    return lambda _: _everywhere(_named(name), finds)


@contextmanager
def _everywhere(function: Any, stand_in: Any) -> Iterator[None]:
    """Put one function in the place of another, wherever it was imported, and in every lifecycle's table."""
    with ExitStack() as stack:
        for module in [module for name, module in sys.modules.items() if name.startswith("coprod.")]:
            for name, value in list(vars(module).items()):
                if value is function:
                    stack.enter_context(patch.object(module, name, stand_in))
                elif isinstance(value, Lifecycle):
                    moves = {key: replace(m, may=stand_in) for key, m in value.moves.items() if m.may is function}
                    stack.enter_context(patch.dict(value.moves, moves))
        yield


def _marked(endpoint: str, mark: str) -> Callable[[Flask], Any]:
    def plant(app: Flask) -> Any:
        view = app.view_functions[endpoint]

        def marked(**given: Any) -> Any:
            return view(**given)

        setattr(marked, mark, True)
        return patch.dict(app.view_functions, {endpoint: marked})

    return plant


def _no_gate(app: Flask) -> Any:
    waiting = [step for step in app.before_request_funcs[None] if step is not web._closed_unless_public]
    return patch.dict(app.before_request_funcs, {None: waiting})


def _no_task(_: Flask) -> Any:
    resume = _named("people.services:resume")

    def forgets(cookie: str) -> Any:
        visit = resume(cookie)
        return visit and replace(visit, task=None)

    return _everywhere(resume, forgets)


def _no_wall_round_supporters(_: Flask) -> Any:
    return _everywhere(_named("supporters.rules:may_open"), lambda _: True)
