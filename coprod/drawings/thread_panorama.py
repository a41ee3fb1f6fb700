"""The golden thread lying down, for the night band of a wide page: every station in its place."""

from dataclasses import dataclass
from itertools import pairwise

from coprod.drawings import thread_marks as marks
from coprod.drawings.shapes import (
    Cased,
    Circle,
    Layer,
    Path,
    Picture,
    Point,
    Shape,
    Word,
    curve,
    filled,
    polyline,
    short,
)
from coprod.drawings.thread import Decided, Place, Round, Station, Stitch, ThreadFacts
from coprod.drawings.thread_places import (
    APART,
    AXIS,
    BEYOND,
    CENTRE,
    CLOSE,
    END,
    HEIGHT,
    NARROWING,
    ROOM_FOR_ACTIONS,
    ROOM_FOR_FRAMES,
    ROOM_FOR_LOOPS,
    ROOM_FOR_PAGES,
    UNJOINED,
    WIDTH,
    half_gap,
    loop_places,
    stitch_places,
)
from coprod.drawings.thread_story import ELSEWHERE, last_reached, reached, shown_stations, story, working_days


@dataclass(frozen=True, slots=True)
class Panorama:
    """The picture, and the stations named beneath it."""

    picture: Picture
    stations: tuple[Station, ...]


def draw_thread_panorama(facts: ThreadFacts) -> Panorama:
    """Draw the whole thread from the priority to the line on the chart."""
    layers = (
        *_to_come(facts),
        *_strands(facts),
        *_gold(facts),
        *_priority(facts),
        *marks.evidence(facts.evidence, (CENTRE[Place.EVIDENCE], AXIS), 11, 43),
        *_stitches(facts),
        *_versions(facts),
        *_vote(facts),
        *_actions(facts),
        *_decision(facts),
        *_pilot(facts),
        *_outcome(facts),
        *_reply(facts),
        *_hem(facts),
        *_names(facts),
    )
    picture = Picture(f"thread-{facts.key}", "panorama", WIDTH, HEIGHT, facts.title, story(facts), layers)
    return Panorama(picture, tuple(station for station in shown_stations(facts) if station.place is not Place.NEXT))


def _strand_end(facts: ThreadFacts) -> float:
    if facts.rounds or facts.decision is not Decided.NOTHING_YET:
        return CENTRE[Place.VOTE] - 60
    last = last_reached(facts)
    return END[last] if last else END[Place.PRIORITY]


def _has_gold(facts: ThreadFacts) -> bool:
    return facts.agreed or facts.decision is not Decided.NOTHING_YET


def _strands(facts: ThreadFacts) -> tuple[Layer, ...]:
    end = _strand_end(facts)
    joined = 600 if _has_gold(facts) else end
    return filled(
        [
            ("thread-lived", [Path(_lived_apart(facts) if facts.agreement_missing else _strand(facts, -1, joined))]),
            (
                "thread-professional",
                [Path(_strand(facts, 1, joined, -2.8)), Path(_strand(facts, 1, joined, 2.8))],
            ),
        ]
    )


def _strand(facts: ThreadFacts, side: int, end: float, offset: float = 0) -> str:
    """Draw one strand, from beyond the left edge to where it ends; it narrows only over sessions."""
    away = AXIS + side * APART + offset
    start = f"M{short(-BEYOND)} {short(away)}H{short(NARROWING[0])}"
    if not facts.sessions or end <= NARROWING[0]:
        return f"M{short(-BEYOND)} {short(away)}H{short(end)}"
    if end < NARROWING[1]:
        steps = range(int(NARROWING[0]), int(end), 12)
        points = [(float(x), AXIS + side * half_gap(facts, x) + offset) for x in (*steps, int(end))]
        return start + "L" + polyline(points)[1:]
    close = AXIS + side * CLOSE + offset
    return start + curve((NARROWING[0], away), (NARROWING[1], close)) + f"H{short(end)}"


def _lived_apart(facts: ThreadFacts) -> str:
    """Draw the strand that did not join: it turns back up and runs on beside the gold."""
    turn, apart = (END[Place.SESSIONS], AXIS - half_gap(facts, END[Place.SESSIONS])), (640.0, 66.0)
    steps = range(int(NARROWING[0]), int(turn[0]), 12)
    points = [(-BEYOND, AXIS - APART), *((float(x), AXIS - half_gap(facts, x)) for x in steps), turn]
    end = _gold_end(facts) if facts.hemmed else WIDTH + BEYOND
    return polyline(points) + curve(turn, apart) + f"H{short(max(end, apart[0]))}"


def _gold_end(facts: ThreadFacts) -> float:
    if facts.decision is Decided.NO or facts.decision in ELSEWHERE:
        return CENTRE[Place.DECISION] - (5 if facts.decision is Decided.NO else 0)
    last = last_reached(facts)
    return END[last] if last else 0


def _gold(facts: ThreadFacts) -> tuple[Layer, ...]:
    if not _has_gold(facts):
        return ()
    end = min(_gold_end(facts), END[Place.ACTIONS])
    start = 612.0 if facts.agreed else 600.0
    return (
        Layer(
            "thread-main",
            (Cased(f"thread-{facts.key}-main", f"M{short(start)} {short(AXIS)}H{short(end)}", "thread-gold"),),
        ),
    )


def _priority(facts: ThreadFacts) -> tuple[Layer, ...]:
    if facts.priority is None:
        return ()
    at = (CENTRE[Place.PRIORITY], AXIS)
    d = f"M{short(at[0])} {short(AXIS - APART + 6)}V{short(AXIS + APART - 6)}"
    return (Layer("thread-tie", (Path(d),)), *marks.diamond(at, facts.priority, 32))


def _stitches(facts: ThreadFacts) -> tuple[Layer, ...]:
    held: list[Shape] = []
    to_come: list[Shape] = []
    for x, state in zip(stitch_places(facts.sessions), facts.sessions, strict=True):
        top, bottom = AXIS - half_gap(facts, x + 5) - 4, AXIS + half_gap(facts, x - 5) + 5
        line = Path(f"M{short(x + 5)} {short(top)}L{short(x - 5)} {short(bottom)}")
        if state is Stitch.HELD:
            held.append(line)
        elif state is Stitch.TO_COME:
            to_come.append(line)
    return filled([("thread-under", [*held, *to_come]), ("thread-stitch", held), ("thread-stitch-tocome", to_come)])


def _versions(facts: ThreadFacts) -> tuple[Layer, ...]:
    first = max(1, facts.versions - ROOM_FOR_PAGES + 1)
    numbers = range(first, facts.versions + 1)
    return tuple(
        layer for index, number in enumerate(numbers) for layer in marks.page((411 + 30 * index, AXIS), number, 20, 28)
    )


def _vote(facts: ThreadFacts) -> tuple[Layer, ...]:
    """Draw a frame for each round, and cloth for the one they agreed on."""
    open_ended = [end for end in facts.rounds if end is not Round.AGREED][-ROOM_FOR_FRAMES:]
    pitch = min(40.0, (48.0 if facts.agreed else 116.0) / max(1, len(open_ended)))
    frames = tuple(
        layer
        for index, end in enumerate(open_ended)
        for layer in marks.frame((517 + pitch * index, AXIS), 34, bar=end is Round.NOT_AGREED)
    )
    return (*frames, *(marks.cloth((580, AXIS), 4, 17) if facts.agreed else ()))


def _decision(facts: ThreadFacts) -> tuple[Layer, ...]:
    if facts.decision is Decided.NOTHING_YET:
        return ()
    at = (CENTRE[Place.DECISION], AXIS)
    drawn = marks.decision(facts.decision, at, 30)
    if facts.decision is not Decided.NOT_NOW:
        return drawn
    label = [Word((790, AXIS + 36), f"Look again {facts.look_again}")] if facts.look_again else []
    dots = [Path(f"M{short(at[0] + 40)} {short(AXIS)}H778")]
    return (*drawn, *filled([("thread-dots", dots), ("thread-note", label)]), *marks.ring_to_come((790, AXIS)))


def _actions(facts: ThreadFacts) -> tuple[Layer, ...]:
    shown = facts.actions[:ROOM_FOR_ACTIONS]
    places = [748 + 24.0 * index for index in range(len(shown))]
    tethers = [Path(f"M{short(x)} {short(AXIS)}v32") for x in places]
    boxes = [
        layer for x, done in zip(places, shown, strict=True) for layer in marks.action_box((x, 213), 20, done=done)
    ]
    more = len(facts.actions) - len(shown)
    words = [Word((748 + 24 * len(shown) - 8, 218), f"+{more}")] if more else []
    return (*filled([("thread-tether", tethers)]), *boxes, *filled([("thread-more", words)]))


def _pilot(facts: ThreadFacts) -> tuple[Layer, ...]:
    shown = facts.cycles[-ROOM_FOR_LOOPS:]
    if not shown and not facts.outcome:
        return ()
    places = loop_places(len(shown))
    stops: list[Point] = [(END[Place.ACTIONS], AXIS), *((x, y) for x, y, _ in places)]
    stops.append((END[Place.PILOT], stops[-1][1]))
    d = f"M{short(stops[0][0])} {short(AXIS)}" + "".join(curve(a, b) for a, b in pairwise(stops))
    first = len(facts.cycles) - len(shown) + 1
    loops = [
        layer
        for index, ((x, y, radius), closed) in enumerate(zip(places, shown, strict=True))
        for layer in marks.loop(
            f"thread-{facts.key}-loop-{index}", (x, y - radius), radius, first + index, closed=closed
        )
    ]
    return (Layer("thread-main", (Cased(f"thread-{facts.key}-climb", d, "thread-gold"),)), *loops)


def _outcome(facts: ThreadFacts) -> tuple[Layer, ...]:
    """Let the thread become the line on the chart."""
    if not facts.outcome:
        return ()
    low, high = min(facts.outcome), max(facts.outcome)
    size = (high - low) or 1
    step = 106 / max(1, len(facts.outcome) - 1)
    points = [(1014 + step * index, 186 - 92 * (value - low) / size) for index, value in enumerate(facts.outcome)]
    places = loop_places(len(facts.cycles[-ROOM_FOR_LOOPS:]))
    arrival = (END[Place.PILOT], places[-1][1] if places else AXIS)
    axis = Path("M1006 80V204H1128")
    line = Cased(f"thread-{facts.key}-line", polyline([arrival, *points]), "thread-gold")
    return filled([("thread-axis", [axis]), ("thread-data", [line]), ("thread-end", [Circle(points[-1], 8)])])


def _to_come(facts: ThreadFacts) -> tuple[Layer, ...]:
    """Draw dots for all that is not reached yet; none after a hem, or where the decision sends it elsewhere."""
    if facts.hemmed or facts.decision in ELSEWHERE:
        return ()
    found, last = reached(facts), last_reached(facts)
    after = CENTRE[last] if last else -BEYOND
    ahead = [place for place, x in CENTRE.items() if place not in found and x > after]
    rings = tuple(layer for place in ahead for layer in marks.ring_to_come((CENTRE[place], AXIS)))
    height = _line_end(facts)
    start = END[last] if last else 60.0
    return (Layer("thread-dots", (Path(f"M{short(start + 8)} {short(height)}H{short(WIDTH + BEYOND)}"),)), *rings)


def _line_end(facts: ThreadFacts) -> float:
    """Say how high the thread is where the dots begin."""
    if facts.outcome:
        low, high = min(facts.outcome), max(facts.outcome)
        return 186 - 92 * (facts.outcome[-1] - low) / ((high - low) or 1)
    loops = loop_places(len(facts.cycles[-ROOM_FOR_LOOPS:]))
    return loops[-1][1] if loops else AXIS


def _reply(facts: ThreadFacts) -> tuple[Layer, ...]:
    """Draw the answer that goes back to the group: a dashed arc with its date."""
    if facts.reply is None:
        return ()
    x = 298.0
    y = AXIS - half_gap(facts, x) - 12
    start = f"M{short(CENTRE[Place.DECISION])} {short(AXIS - 36)}"
    arc = Path(f"{start}C656 62 612 36 514 36S324 44 {short(x)} {short(y)}")
    head = Path(polyline([(x - 7, y - 15), (x, y), (x + 14, y - 9)]))
    words = f"Answer back to the group: {facts.reply.sent}, {working_days(facts.reply.working_days)}"
    return filled([("thread-reply", [arc]), ("thread-reply-head", [head]), ("thread-note", [Word((480, 22), words)])])


def _hem(facts: ThreadFacts) -> tuple[Layer, ...]:
    """Draw the finished edge where the thread ends, with its reason."""
    if not facts.hemmed:
        return ()
    end = CENTRE[Place.DECISION] if facts.decision is Decided.NO else _gold_end(facts) + 5
    drawn = () if facts.decision is Decided.NO else marks.hem((end, _line_end(facts)), 44)
    words = [Word((end + 18, _line_end(facts) + 5), facts.ended_because, "start")] if facts.ended_because else []
    return (*drawn, *filled([("thread-note", words)]))


def _names(facts: ThreadFacts) -> tuple[Layer, ...]:
    apart = [Word((700, 50), UNJOINED)] if facts.agreement_missing else []
    return filled(
        [
            ("thread-name-lived", [Word((0, AXIS - APART - 24), "Lived experience"), *apart]),
            ("thread-name-professional", [Word((0, AXIS + APART + 34), "Professionals")]),
        ]
    )
