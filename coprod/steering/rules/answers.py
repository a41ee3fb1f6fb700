"""What a group may say to an answer it was given: that it is content, a question, or once, by two people, a contest."""

from coprod.core.answers import YES, Answer, no
from coprod.core.lifecycle import Lifecycle, Move
from coprod.people.models import Person
from coprod.recommendations import rules as recommendations
from coprod.steering.models import Contest, ContestState, Decision, GroupQuestion
from coprod.steering.rules.register import chair_at, stands
from coprod.workstreams.rules import seated

SOMEBODY_ELSE = "Somebody else from your group has to send it, too."


def in_group(person: Person, decision: Decision) -> Answer:
    """Everybody in the group that asked."""
    return recommendations.is_member(person, decision.recommendation)


def is_last(decision: Decision, last: Decision) -> Answer:
    """A group answers to the decision that stands now, not to an earlier one."""
    return YES if decision.id == last.id else no("There is a newer decision. Look at that one.")


def may_answer(person: Person, decision: Decision) -> Answer:
    """The group that asked may say something to a decision that stands, once it has the answer in writing."""
    told = YES if decision.reply else no("You can say something once the answer has come.")
    return in_group(person, decision) & stands(decision) & told


def contest_going_on(decision: Decision) -> Contest | None:
    """Find the contest of a decision that was not taken back: raised, or sent."""
    return next((one for one in decision.contests if one.state != ContestState.TAKEN_BACK), None)


def contest_sent(decision: Decision) -> Contest | None:
    """Find the contest of a decision that the group has sent; what it has not sent is its own."""
    return next((one for one in decision.contests if one.state == ContestState.SENT), None)


def may_accept(person: Person, decision: Decision, said_before: bool) -> Answer:
    """The group may say, once, that it is content, while nobody in it asks for the decision to be looked at again."""
    first = no("Your group has said so.") if said_before else YES
    quiet = no("Your group asks them to look again.") if contest_going_on(decision) else YES
    return may_answer(person, decision) & first & quiet


def may_contest(person: Person, decision: Decision) -> Answer:
    """Anybody in the group may raise a contest where none goes on; each recommendation is contested once."""
    raised = no("Somebody in your group has asked for this.") if contest_going_on(decision) else YES
    asked = decision.recommendation
    return may_answer(person, decision) & recommendations.LIFECYCLE.may(person, "contested", asked) & raised


def _second(person: Person, contest: Contest) -> Answer:
    another = no(SOMEBODY_ELSE) if contest.raised_by_id == person.id else YES
    asked = contest.decision.recommendation
    in_time = recommendations.LIFECYCLE.may(person, "contested", asked)
    return may_answer(person, contest.decision) & another & in_time


def _raiser(person: Person, contest: Contest) -> Answer:
    """Whoever raised it may; anybody in the group where that person has left."""
    table = contest.decision.recommendation.workstream
    still_here = any(held.person_id == contest.raised_by_id for held in seated(table))
    theirs = contest.raised_by_id == person.id or not still_here
    own = YES if theirs else no("Only the person who wrote it can take it back.")
    return in_group(person, contest.decision) & own


CONTESTS = Lifecycle[Contest](
    [
        Move("sent", frozenset({ContestState.RAISED}), ContestState.SENT, _second, "Send it with me"),
        Move("taken back", frozenset({ContestState.RAISED}), ContestState.TAKEN_BACK, _raiser, "Take it back"),
    ]
)


def may_answer_question(person: Person, question: GroupQuestion) -> Answer:
    """The chair answers, once, what a group asks."""
    first = no("The group has its answer.") if question.answer else YES
    return chair_at(person, question.decision) & first
