"""What a group says to an answer it was given, and what it is answered."""

from coprod.core.answers import require
from coprod.core.clock import today
from coprod.core.db import db, lock, next_number
from coprod.core.journal import record
from coprod.people.models import Person
from coprod.recommendations import services as recommendations
from coprod.steering import queries, rules
from coprod.steering.models import Contest, Decision, GroupAccepts, GroupQuestion
from coprod.steering.services import agenda
from coprod.steering.services.holding import hold_decision, is_last
from coprod.steering.services.telling import ask_for_a_second, tell_the_group, tell_the_lead


def accept_answer(decision: Decision, *, by: Person) -> GroupAccepts:
    """Say, once, that the group is content."""
    hold_decision(decision)
    before = queries.acceptance_of(decision)
    require(rules.may_accept(by, decision, before is not None) & is_last(decision))
    accepted = GroupAccepts(decision=decision, on=today(), by_id=by.id)
    db.session.add(accepted)
    db.session.flush()
    record(by, "accepted the answer", accepted)
    return accepted


def ask(decision: Decision, words: str, *, by: Person) -> GroupQuestion:
    """Ask the steering group something about its decision."""
    hold_decision(decision)
    require(rules.may_answer(by, decision) & is_last(decision))
    number = next_number(GroupQuestion.number, GroupQuestion.decision_id == decision.id)
    question = GroupQuestion(decision=decision, number=number, words=words, on=today(), by_id=by.id)
    db.session.add(question)
    db.session.flush()
    record(by, "asked", question)
    tell_the_lead(question)
    return question


def answer_question(question: GroupQuestion, words: str, *, by: Person) -> None:
    """Answer what a group asks; the group is told that there is something to read."""
    lock(question)
    require(rules.may_answer_question(by, question) & rules.says_something(words))
    question.answer, question.answered_on, question.answered_by_id = words, today(), by.id
    db.session.flush()
    record(by, "answered", question)
    tell_the_group(question.decision, question)


def contest(decision: Decision, words: str, speaker: str = "", *, by: Person) -> Contest:
    """Ask for a decision to be looked at again; it goes nowhere until a second person of the group sends it."""
    hold_decision(decision)
    require(rules.may_contest(by, decision) & is_last(decision))
    raised = Contest(decision=decision, words=words, speaker=speaker, on=today(), raised_by_id=by.id)
    db.session.add(raised)
    db.session.flush()
    record(by, "raised", raised)
    ask_for_a_second(raised)
    return raised


def second(contest: Contest, *, by: Person) -> None:
    """Send it, as the second person: the recommendation waits again, for the next meeting, with the group's words."""
    decision = contest.decision
    hold_decision(decision)
    lock(contest)
    require(rules.CONTESTS.may(by, "sent", contest) & is_last(decision))
    _move(contest, "sent", by=by)
    contest.sent_on, contest.sent_by_id = today(), by.id
    recommendations.contest(decision.recommendation, by=by)
    db.session.flush()
    agenda.build_agendas(decision.meeting.workstream)
    tell_the_lead(contest)


def take_back(contest: Contest, *, by: Person) -> None:
    """Let it go before a second person has sent it."""
    hold_decision(contest.decision)
    lock(contest)
    _move(contest, "taken back", by=by)


def _move(contest: Contest, name: str, *, by: Person) -> None:
    before, after = rules.CONTESTS.make(by, name, contest)
    record(by, name, contest, before=before, after=after)
