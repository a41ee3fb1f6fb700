"""How each request came about, in the order in which the groups first spoke of it."""

from datetime import date

from coprod.demo import knowing, wishes
from coprod.demo.requests import (
    ALL_FOR_IT,
    NOBODY,
    Round,
    ask_the_room,
    note,
    open_round,
    say_against,
    send,
    vote,
    write,
)
from coprod.demo.stage import Stage

MOST_FOR = (5, 4, 3, 3, 2, 0)
ONE_WORRIED = (5, 4, 3, 3, 2, 1)
CALL_WORRY = {
    "What if the call is one more check on us?": "The call asks “how are you”. It goes in no file. You can turn it off."
}
MIDWIFE_WORRIES = {
    "What if I do not get on with her?": "You can ask for someone else. Nobody asks why.",
    "Who comes when she is ill?": "One other midwife, who you have met.",
}
WHY_SENT = "No parent sits in this group yet, so no parent could vote. We ask parents to read the letters first."


def in_2022(stage: Stage) -> None:
    """One idea is put aside; the other is agreed in the second round."""
    note(stage, "tell once", "tuesday", "Tell it once", date(2022, 10, 25), "Dee")
    note(stage, "midwife", "tuesday", "One named midwife, all the way through", date(2022, 11, 15), "Robin")
    early = wishes.MIDWIFE["said"].replace("until six weeks after", "until the birth")
    write(stage, "midwife", wishes.MIDWIFE, [4], date(2022, 11, 22), "Robin", said=early, cost="")
    vote(stage, "midwife", Round(date(2022, 11, 22), date(2022, 11, 29), ONE_WORRIED, ALL_FOR_IT, MIDWIFE_WORRIES))
    write(stage, "midwife", wishes.MIDWIFE, [4], date(2022, 12, 6), "Midwife Example")
    vote(stage, "midwife", Round(date(2022, 12, 6), date(2022, 12, 13), MOST_FOR, ALL_FOR_IT))
    send(stage, "midwife", date(2022, 12, 14))


def in_spring_2025(stage: Stage) -> None:
    """Three wishes of the Tuesday group, all agreed at once."""
    agreed = Round(date(2025, 4, 1), date(2025, 4, 8), (5, 4, 4, 3, 3, 2), ALL_FOR_IT)
    note(stage, "dads", "tuesday", "A worker just for dads", date(2025, 2, 25), "Ash")
    note(stage, "mondays", "tuesday", "No meetings on Monday mornings", date(2025, 3, 4), "Kit")
    note(stage, "badges", "tuesday", "A name in big letters", date(2025, 3, 11), "Dee")
    written = (
        ("dads", wishes.DADS, 6, "Bo"),
        ("mondays", wishes.MONDAYS, 12, "Kit"),
        ("badges", wishes.BADGES, 2, "Dee"),
    )
    for key, words, priority, by in written:
        write(stage, key, words, [priority], date(2025, 3, 25), by)
        vote(stage, key, agreed)
        send(stage, key, date(2025, 4, 10))


def in_summer_2025(stage: Stage) -> None:
    """Two parents of the Thursday group are asked in the room; the Tuesday group asks for numbers."""
    note(stage, "map", "thursday", "A map to keep", date(2025, 5, 29), "Max")
    write(stage, "map", wishes.MAP, [8], date(2025, 6, 19), "Pat")
    vote(stage, "map", Round(date(2025, 6, 26), date(2025, 7, 3), (5, 4), (4, 4, 3, 5)))
    ask_the_room(stage, "map", date(2025, 7, 10))
    send(stage, "map", date(2025, 7, 11))
    note(stage, "numbers", "tuesday", "Look at the ward’s numbers together", date(2025, 6, 24), "Lou")
    write(stage, "numbers", wishes.NUMBERS, [10], date(2025, 7, 1), "Lou")
    vote(stage, "numbers", Round(date(2025, 7, 8), date(2025, 7, 15), (5, 5, 4, 3, 4, 3), ALL_FOR_IT))
    send(stage, "numbers", date(2025, 7, 16))


def in_autumn_2025(stage: Stage) -> None:
    """The Tuesday group takes up what was put aside, and asks for a room."""
    write(stage, "tell once", wishes.TELL_ONCE, [1], date(2025, 10, 7), "Dee")
    note(stage, "quiet", "tuesday", "A quiet room on the ward", date(2025, 10, 7), "Bo")
    write(stage, "quiet", wishes.QUIET, [5], date(2025, 10, 14), "Robin")
    for key, sent in (("tell once", date(2025, 10, 22)), ("quiet", date(2025, 10, 31))):
        vote(stage, key, Round(date(2025, 10, 14), date(2025, 10, 21), (5, 4, 3, 4, 3, 0), ALL_FOR_IT))
        send(stage, key, sent)


def waiting(stage: Stage) -> None:
    """One agreed in the second round, and one that no parent could vote on, are with the steering group."""
    note(stage, "call", "tuesday", "A call the day after a hard meeting", date(2025, 10, 14), "Kit")
    write(stage, "call", wishes.CALL, [7], date(2025, 10, 21), "Kit")
    vote(stage, "call", Round(date(2025, 10, 28), date(2025, 11, 4), ONE_WORRIED, ALL_FOR_IT, CALL_WORRY))
    write(stage, "call", wishes.CALL, [7], date(2025, 11, 4), "Dee", outcomes="Parents were not left alone.")
    vote(stage, "call", Round(date(2025, 11, 5), date(2025, 11, 11), MOST_FOR, (5, 5, 4, 4, 4, 3, 3)))
    say_against(stage, "call", "Ask us first, each time. Some of us want no call.", date(2025, 11, 12))
    send(stage, "call", date(2025, 11, 13))
    note(stage, "letters", "legal", "Shorter letters", date(2025, 10, 1), "Lawyer Example")
    write(stage, "letters", wishes.LETTERS, [9], date(2025, 10, 15), "Lawyer Example")
    vote(stage, "letters", Round(date(2025, 10, 22), date(2025, 11, 5), NOBODY, (4, 4, 5, 3, 4)))
    send(stage, "letters", date(2025, 11, 14), WHY_SENT)


def still_going_on(stage: Stage) -> None:
    """One is being voted on, two lack their cost, and one waits until the parents are asked in the room."""
    note(stage, "phone", "tuesday", "A number someone picks up", date(2025, 11, 4), "Robin")
    write(stage, "phone", wishes.PHONE, [7, 4], date(2025, 11, 11), "Robin")
    knowing.weigh(stage, "phone")
    open_round(stage, "phone", Round(date(2025, 11, 14), date(2025, 11, 21), (4, 5), (4, 3, 5)))
    note(stage, "lift", "tuesday", "A lift to every meeting", date(2025, 10, 21), "Lou")
    write(stage, "lift", wishes.LIFT, [11], date(2025, 11, 3), "Lou")
    vote(stage, "lift", Round(date(2025, 11, 4), date(2025, 11, 11), (5, 5, 4, 4, 3, 3), ALL_FOR_IT))
    note(stage, "meal", "tuesday", "A hot meal after a hard meeting", date(2025, 11, 11), "Ash")
    write(stage, "meal", wishes.MEAL, [7], date(2025, 11, 12), "Ash")
    note(stage, "phone map", "thursday", "The map on a phone", date(2025, 10, 30), "Pat")
    write(stage, "phone map", wishes.MAP_ON_PHONE, [8], date(2025, 11, 3), "Max")
    vote(stage, "phone map", Round(date(2025, 11, 6), date(2025, 11, 13), (5, 3), (4, 4, 3, 4)))
