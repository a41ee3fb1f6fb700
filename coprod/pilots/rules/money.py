"""A pilot's money: what boards are asked, what they grant, what is spent and what is left. Whole pounds."""

from datetime import date

from coprod.core.answers import YES, Answer, no
from coprod.people.models import Person
from coprod.pilots.models import BoardAnswer, FundingAsk, Pilot
from coprod.pilots.rules.pilot import still_open
from coprod.pilots.rules.who import is_chair, minds_money

MOST_POUNDS = 100_000_000
NOT_A_SUM = "Write whole pounds, such as 18,000."


def may_ask(person: Person, pilot: Pilot) -> Answer:
    """The chair may ask a board for money."""
    return is_chair(person, pilot) & still_open(pilot)


def may_note_answer(person: Person, ask: FundingAsk) -> Answer:
    """The chair may write down what a board answered, once."""
    return is_chair(person, ask.pilot) & (no("Its answer is noted already.") if ask.answer else YES)


def may_spend(person: Person, pilot: Pilot) -> Answer:
    """The owner and the chair may write down what was spent, while the pilot goes on."""
    return minds_money(person, pilot) & still_open(pilot)


def pounds_fault(pounds: int | None) -> str:
    """Say what is wrong with a sum, or nothing."""
    return "" if pounds is None or 0 < pounds <= MOST_POUNDS else NOT_A_SUM


def spent_fault(on: date | None, today: date) -> str:
    """Say what is wrong with the day money was spent, or nothing."""
    return "That day has not come yet." if on and on > today else ""


def answer_faults(ask: FundingAsk, answer: BoardAnswer | None, granted: int | None, conditions: str) -> dict[str, str]:
    """List what is wrong with a board's answer, by field."""
    faults = {} if answer else {"answer": "Say what the board answered."}
    faults |= {"granted": fault} if (fault := pounds_fault(granted)) else {}
    if answer == BoardAnswer.NOTHING and granted is not None:
        faults["granted"] = "Where the answer is no, nothing is granted."
    if answer == BoardAnswer.PART and granted is None and not conditions:
        faults["granted"] = "Say how much, or write in the conditions what is given."
    if answer == BoardAnswer.ALL and granted is None and ask.pounds is not None:
        faults["granted"] = "Say how much is granted."
    return faults


def sum_words(pounds: int) -> str:
    """Say a sum: £18,000."""
    return f"£{pounds:,}"


def granted_of(pilot: Pilot) -> int:
    """Answer how much boards have granted."""
    return sum(one.granted or 0 for one in pilot.asks)


def left_words(pilot: Pilot) -> str:
    """Say how much money is left, or that no sum was granted."""
    granted, spent = granted_of(pilot), sum(one.pounds for one in pilot.spendings)
    if not granted:
        return f"No sum is granted. Spent: {sum_words(spent)}." if spent else "No sum is granted."
    if spent > granted:
        return f"{sum_words(spent - granted)} more is spent than the {sum_words(granted)} that was granted."
    return f"{sum_words(granted - spent)} of {sum_words(granted)} is left."


def asked_words(ask: FundingAsk) -> str:
    """Say what a board is asked for; nothing where no more is known than that it was asked."""
    return ", for ".join(part for part in (sum_words(ask.pounds) if ask.pounds else "", ask.what_for) if part)


def answer_words(ask: FundingAsk) -> str:
    """Say what a board answered, with its conditions."""
    if not ask.answer:
        return "No answer yet."
    said = f"{ask.answer.capitalize()}" + (f": {sum_words(ask.granted)}" if ask.granted else "")
    return f"{said}." + (f" Its conditions: {ask.conditions.rstrip('.')}." if ask.conditions else "")
