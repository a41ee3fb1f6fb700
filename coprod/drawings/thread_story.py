"""The golden thread in words, and how far it has come."""

from coprod.drawings.thread import Decided, Place, Round, Station, Stitch, ThreadFacts

ORDER = tuple(Place)
ELSEWHERE = frozenset({Decided.NOT_NOW, Decided.REFERRED_BACK})


def reached(facts: ThreadFacts) -> frozenset[Place]:
    """Name the stations there is something of."""
    there = {
        Place.PRIORITY: facts.priority is not None,
        Place.EVIDENCE: bool(facts.evidence),
        Place.SESSIONS: bool(facts.sessions),
        Place.VERSIONS: facts.versions > 0,
        Place.VOTE: bool(facts.rounds),
        Place.DECISION: facts.decision is not Decided.NOTHING_YET,
        Place.ACTIONS: bool(facts.actions),
        Place.PILOT: bool(facts.cycles),
        Place.OUTCOME: bool(facts.outcome),
    }
    return frozenset(place for place, is_there in there.items() if is_there)


def last_reached(facts: ThreadFacts) -> Place | None:
    """Name the furthest station there is something of."""
    found = reached(facts)
    return max(found, key=ORDER.index) if found else None


def shown_stations(facts: ThreadFacts) -> tuple[Station, ...]:
    """Put the stations in their order; after a finished edge, or where a decision sends it elsewhere, no more come."""
    ordered = sorted(facts.stations, key=lambda station: ORDER.index(station.place))
    if not facts.hemmed and facts.decision not in ELSEWHERE:
        return tuple(ordered)
    kept = reached(facts) if facts.hemmed else reached(facts) | {Place.NEXT}
    return tuple(station for station in ordered if station.place in kept)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _sessions(facts: ThreadFacts) -> str:
    counted = [(state, facts.sessions.count(state)) for state in Stitch]
    return "Sessions: " + ", ".join(f"{number} {state.value}" for state, number in counted if number) + "."


def _vote(facts: ThreadFacts) -> str:
    words = {Round.AGREED: "agreed", Round.NOT_AGREED: "not agreed", Round.OPEN: "still open"}
    rounds = [f"round {number} {words[end]}" for number, end in enumerate(facts.rounds, start=1)]
    return f"Vote: {', '.join(rounds)}."


def _decision(facts: ThreadFacts) -> str:
    look = f", they look again {facts.look_again}" if facts.look_again else ""
    return f"Decision: {facts.decision.value}{look}."


def _actions(facts: ThreadFacts) -> str:
    done = sum(facts.actions)
    return f"Actions: {done} done, {len(facts.actions) - done} open."


def story(facts: ThreadFacts) -> str:
    """Tell the whole thread in short sentences."""
    sentences = {
        Place.PRIORITY: f"Priority {facts.priority}.",
        Place.EVIDENCE: "Evidence: " + ", ".join(kind.value for kind in facts.evidence) + ".",
        Place.SESSIONS: _sessions(facts),
        Place.VERSIONS: _count(facts.versions, "version", "versions") + ".",
        Place.VOTE: _vote(facts),
        Place.DECISION: _decision(facts),
        Place.ACTIONS: _actions(facts),
        Place.PILOT: _count(len(facts.cycles), "test cycle", "test cycles") + f", {sum(facts.cycles)} closed.",
        Place.OUTCOME: _count(len(facts.outcome), "reading", "readings") + " of the outcome.",
    }
    found = reached(facts)
    told = [sentences[place] for place in ORDER if place in found]
    if facts.agreement_missing:
        told.append("It was sent without an agreed result.")
    if facts.reply:
        told.append(f"The group had its answer on {facts.reply.sent}, {working_days(facts.reply.working_days)}.")
    if facts.hemmed:
        told.append(f"It ends here{': ' + facts.ended_because if facts.ended_because else ''}.")
    return " ".join(told)


def working_days(number: int) -> str:
    """Say how many working days it took."""
    return _count(number, "working day", "working days")
