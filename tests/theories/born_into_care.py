"""A large theory of change with invented words: sixty parts and a hundred arrows, as a programme would write them."""

from uuid import uuid4

from coprod.theories.models import PartKind, Standing, Theory, TheoryArrow, TheoryPart

PARTS = {
    PartKind.INPUT: {
        "time": "Parents’ time and what they lived through",
        "pay": "Pay, travel and childcare for parents",
        "prof": "Professionals’ time, agreed by managers",
        "team": "A co-production team until 2026",
        "lead": "A chair who answers to the council",
        "space": "Warm places to meet, and food",
        "study": "What the national study found",
        "data": "Data from the hospital and the council",
        "legal": "Lawyers and judges who listen",
        "train": "Trainers from the university",
    },
    PartKind.ACTIVITY: {
        "meet": "Meet each other as people first",
        "agree": "Agree how we work together",
        "mothers": "Mothers’ group meets every week",
        "fathers": "Fathers’ group meets every week",
        "call": "Check-in call the day after",
        "streams": "Streams of ten weeks",
        "map": "Map every step of the system",
        "look": "Look at what works elsewhere",
        "card": "A card with the midwife’s name and face",
        "early": "Offer help from week 12 of the pregnancy",
        "peer": "Parents who have been there walk beside",
        "plan": "Write the birth plan with the parents",
        "teach": "Parents teach at staff induction",
        "court": "Plain letters before and after court",
        "after": "Recurrent care offer after a removal",
        "steer": "Steering group answers within 28 days",
    },
    PartKind.OUTPUT: {
        "trust": "Groups that parents come back to",
        "recs": "Recommendations both sides agree",
        "mapped": "A published map parents can read",
        "guide": "A practice model in plain words",
        "cards": "Cards in use on two wards",
        "seen": "Parents seen before week 16",
        "peers": "Twelve trained peer supporters",
        "plans": "Birth plans signed by both",
        "staff": "120 staff taught by parents",
        "letters": "Letters tested with parents",
        "offer": "Families who took up the offer",
        "replies": "Written answers to every request",
    },
    PartKind.OUTCOME: {
        "safe": "Parents feel safe to speak",
        "heard": "Parents say they were heard",
        "know": "Parents know who is with them",
        "under": "Parents understand what happens next",
        "sooner": "Help comes sooner",
        "kind": "Staff see the person, not the file",
        "father": "Fathers are asked and included",
        "grief": "Parents are not alone after a loss",
        "power": "Decisions change because of parents",
        "stay": "Parents stay in touch with services",
        "fair": "Parents go to court prepared",
        "health": "Parents’ own health gets better",
        "bond": "Time together after the birth is kept",
        "change": "The system does things differently",
        "fewer": "Fewer proceedings begin at birth",
        "apart": "Fewer sudden separations",
        "again": "Fewer parents go through it again",
    },
    PartKind.IMPACT: {
        "home": "More babies grow up safe at home",
        "whole": "Parents are whole, whatever is decided",
        "fund": "Money moves from crisis to early help",
        "how": "This is how the city makes services",
        "kin": "Children know their own story",
    },
}
ARROWS = """
time meet|time agree|pay meet|space meet|space mothers|team streams|team call|prof agree|prof streams
lead steer|study look|study map|prof map|data early|data after|legal court|train teach|train peer
meet mothers|meet fathers|agree streams|mothers trust|fathers trust|call trust|streams recs|map mapped
look guide|look recs|card cards|early seen|peer peers|plan plans|teach staff|court letters|after offer|steer replies
recs replies|mapped guide|legal plan|team plan|prof card|pay peer|lead card
trust safe|recs heard|mapped under|guide kind|cards know|seen sooner|peers grief|plans know|staff kind|letters under
offer grief|offer health|replies heard|trust father|fathers father|plans under|seen know|guide father
letters fair|replies power|staff father|peers health
safe heard|power change|know stay|sooner stay|under fair|kind stay|kind bond|father bond
grief health|fair fewer|stay fewer|bond apart|health again|know bond|safe stay|sooner health
fewer home|apart home|again whole|again fund|fewer fund|health whole|change how|bond kin|apart kin|change fund
apart whole|again home|power how|heard how|grief whole|under kin|stay home|father kin|peers again
"""
WHY = (
    "it is paid and safe",
    "the same people stay for a year",
    "managers give the time",
    "nobody has to tell her story twice",
    "it is asked for before the birth",
)
STANDINGS = [Standing.NOT_TESTED] * 6 + [Standing.BEING_TESTED] * 2 + [Standing.HOLDS, Standing.DOES_NOT_HOLD]
PLACE = {key: (kind, words) for kind, parts in PARTS.items() for key, words in parts.items()}
PAIRS = [tuple(one.split()) for line in ARROWS.strip().splitlines() for one in line.split("|")]


def write(theory: Theory) -> Theory:
    """Write all of it into a version that is still empty."""
    found = {key: _part(number, *said) for number, (key, said) in enumerate(PLACE.items(), 1)}
    theory.parts = list(found.values())
    for number, (start, end) in enumerate(PAIRS, 1):
        standing = STANDINGS[number * 7 % len(STANDINGS)]
        said = {"assumption": f"It works when {WHY[number % len(WHY)]}", "evidence": "", "standing": standing}
        ends = {"start": found[start], "end": found[end], "start_id": found[start].id, "end_id": found[end].id}
        theory.arrows.append(TheoryArrow(id=uuid4(), number=number, **said, **ends))
    return theory


def _part(number: int, kind: PartKind, words: str) -> TheoryPart:
    return TheoryPart(id=uuid4(), number=number, kind=kind, words=words)
