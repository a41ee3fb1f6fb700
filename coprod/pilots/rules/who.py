"""Who may do what with a pilot, and whom somebody is shown."""

from uuid import UUID

from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person
from coprod.pilots.models import Pilot, PilotStep, TestCycle
from coprod.recommendations.models import Recommendation, State
from coprod.steering.models import Verdict
from coprod.workstreams import rules as workstreams
from coprod.workstreams.models import Membership, Role

ACCEPTED = frozenset({Verdict.ACCEPT, Verdict.ACCEPT_WITH_CHANGES})


def is_chair(person: Person, pilot: Pilot) -> Answer:
    """The chair of the steering group may: money, and whether to adopt, adapt or stop."""
    return workstreams.is_chair(person, pilot.recommendation.steering)


def is_owner(person: Person, pilot: Pilot) -> Answer:
    """The pilot's owner may: its running."""
    return YES if pilot.owner_id == person.id else no("Only the pilot's owner can do this.")


def minds_money(person: Person, pilot: Pilot) -> Answer:
    """The pilot's owner and the chair may write down what was spent."""
    is_one = pilot.owner_id == person.id or is_chair(person, pilot)
    return YES if is_one else no("Only the pilot's owner or the chair can do this.")


def runs(person: Person, test_cycle: TestCycle) -> Answer:
    """The owner of the test cycle, and of its pilot, may."""
    if person.id in (test_cycle.owner_id, test_cycle.pilot.owner_id):
        return YES
    return no("Only the owner of the test cycle or of the pilot can do this.")


def does(person: Person, step: PilotStep) -> Answer:
    """Whoever took a step on, and the owner of its pilot, may."""
    if person.id in (step.owner_id, step.pilot.owner_id):
        return YES
    return no("Only who does this step, or the pilot's owner, can say so.")


def may_propose(person: Person, recommendation: Recommendation, verdict: Verdict | None) -> Answer:
    """The chair may, once a recommendation was accepted and its group has had the reply."""
    accepted = YES if verdict in ACCEPTED else no("Only what was accepted can be put into a pilot.")
    replied = YES if recommendation.state == State.REPLIED else no("First send the group its reply.")
    return workstreams.is_chair(person, recommendation.steering) & accepted & replied


def may_own(recommendation: Recommendation) -> list[Person]:
    """List who can own its pilot, a step or a test cycle: everybody at its two tables, by name."""
    seats = workstreams.seated(recommendation.workstream) + workstreams.seated(recommendation.steering)
    people = {seat.person.id: seat.person for seat in seats}
    return sorted(people.values(), key=lambda person: (person.alias, str(person.id)))


def owners_known_to(person: Person, recommendation: Recommendation, pilot: Pilot | None = None) -> list[Person]:
    """List whom of these somebody is shown: who sits with them, who runs the other table, who owns a part now (P2)."""
    tables = recommendation.workstream, recommendation.steering
    seats = [seat for table in tables for seat in workstreams.seated(table) if _is_known(person, seat)]
    known = {seat.person_id for seat in seats} | (_owning(pilot) if pilot else set())
    return [one for one in may_own(recommendation) if one.id in known]


def _is_known(person: Person, seat: Membership) -> bool:
    return seat.role == Role.FACILITATOR or bool(workstreams.is_member(person, seat.workstream))


def _owning(pilot: Pilot) -> set[UUID]:
    doing = {step.owner_id for step in pilot.steps}
    return {pilot.owner_id, *(one.owner_id for one in pilot.test_cycles)} | doing
