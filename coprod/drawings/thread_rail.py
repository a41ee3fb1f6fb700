"""The golden thread standing up: beside each station its piece, stretched to the words next to it."""

from dataclasses import dataclass

from coprod.drawings import thread_marks as marks
from coprod.drawings.shapes import Cased, Circle, Layer, Path, Picture, Point, filled, polyline, short
from coprod.drawings.thread import Decided, Place, Round, Station, Stitch, ThreadFacts
from coprod.drawings.thread_places import UNJOINED
from coprod.drawings.thread_story import reached, shown_stations

WIDTH, MIDDLE, STRETCH = 56.0, 28.0, 100.0
HALF_GAPS = {
    Place.PRIORITY: (20.0, 20.0),
    Place.EVIDENCE: (20.0, 15.0),
    Place.SESSIONS: (15.0, 10.0),
    Place.VERSIONS: (10.0, 5.0),
}
UNJOINED_AT = 6.0


@dataclass(frozen=True, slots=True)
class RailStation:
    """One station of the rail: its words, its glyph, and the strands that lead on to the next."""

    station: Station
    anchor: str
    reached: bool
    glyph: Picture
    strand: Picture
    flag: str = ""


@dataclass(frozen=True, slots=True)
class Rail:
    """The whole rail, and the whole story in one sentence after another."""

    stations: tuple[RailStation, ...]


def draw_thread_rail(facts: ThreadFacts) -> Rail:
    """Draw a piece of rail for every station, in their one order."""
    stations = shown_stations(facts)
    return Rail(tuple(_station(facts, stations, index) for index in range(len(stations))))


def _station(facts: ThreadFacts, stations: tuple[Station, ...], index: int) -> RailStation:
    station = stations[index]
    place, found = station.place, reached(facts)
    later = [follower.place for follower in stations[index + 1 :]]
    glyph, height = _glyph(facts, place)
    key = f"rail-{facts.key}-{place.value}"
    return RailStation(
        station=station,
        anchor=place.value,
        reached=place in found,
        glyph=Picture(f"{key}-glyph", "rail-glyph", WIDTH, height, "", "", glyph),
        strand=Picture(
            f"{key}-strand",
            "rail-strand",
            WIDTH,
            STRETCH,
            "",
            "",
            _leading_on(facts, place, later, key),
            stretched=True,
        ),
        flag=UNJOINED if facts.agreement_missing and place is Place.VOTE else "",
    )


def _leading_on(facts: ThreadFacts, place: Place, later: list[Place], key: str) -> tuple[Layer, ...]:
    """Say what runs on from a station: strands, gold, dots, or nothing after the last and after a hem."""
    goes_on = bool(reached(facts).intersection(later))
    if not later or (facts.hemmed and not goes_on):
        return ()
    beside = [Path(f"M{short(UNJOINED_AT)} 0V100")] if facts.agreement_missing and place not in HALF_GAPS else []
    if place in HALF_GAPS and (goes_on or place in reached(facts)):
        return _strands(facts, place)
    if not goes_on:
        return filled([("thread-lived", beside), ("thread-dots", [Path(f"M{short(MIDDLE)} 0V100")])])
    main = [Cased(key, f"M{short(MIDDLE)} 0V100", "thread-gold")]
    return filled([("thread-lived", beside), ("thread-main", main)])


def _strands(facts: ThreadFacts, place: Place) -> tuple[Layer, ...]:
    top, bottom = HALF_GAPS[place]
    if not facts.sessions:
        top = bottom = HALF_GAPS[Place.PRIORITY][0]
    lived = polyline([(MIDDLE - top, 0), (MIDDLE - bottom, STRETCH)])
    if facts.agreement_missing and place is Place.VERSIONS:
        lived = polyline([(MIDDLE - top, 0), (UNJOINED_AT, STRETCH)])
    pair = [Path(polyline([(MIDDLE + top + side, 0), (MIDDLE + bottom + side, STRETCH)])) for side in (-2, 2)]
    return filled([("thread-lived", [Path(lived)]), ("thread-professional", pair)])


def _glyph(facts: ThreadFacts, place: Place) -> tuple[tuple[Layer, ...], float]:
    """Draw what stands at a station, and say how high it is; a dotted ring where nothing is yet."""
    if place not in reached(facts):
        to_come = filled([]) if facts.hemmed else marks.ring_to_come((MIDDLE, 24), 15)
        return to_come, 48
    if place is Place.ACTIONS:
        return _actions(facts)
    if place is Place.PILOT:
        return _loops(facts)
    return {
        Place.PRIORITY: _priority,
        Place.EVIDENCE: _evidence,
        Place.SESSIONS: _sessions,
        Place.VERSIONS: _version,
        Place.VOTE: _vote,
        Place.DECISION: _decision,
    }.get(place, _outcome)(facts), (64 if place in (Place.EVIDENCE, Place.SESSIONS) else 56)


def _priority(facts: ThreadFacts) -> tuple[Layer, ...]:
    return marks.diamond((MIDDLE, 28), facts.priority or 0, 22)


def _evidence(facts: ThreadFacts) -> tuple[Layer, ...]:
    patch = Path(f"M{short(MIDDLE - 13)} 0h26v64h-26Z")
    return (Layer("thread-ground", (patch,)), *marks.evidence(facts.evidence, (MIDDLE, 32), 7, 20))


def _sessions(facts: ThreadFacts) -> tuple[Layer, ...]:
    """Draw up to three stitches: as many gold ones as have been held, dotted while all are to come."""
    held = facts.sessions.count(Stitch.HELD)
    lines = [
        Path(polyline([(MIDDLE - 20, 18 + 14 * index), (MIDDLE + 20, 13 + 14 * index)]))
        for index in range(min(held or 3, 3))
    ]
    if not held:
        return filled([("thread-stitch-tocome", lines)])
    return filled(
        [
            (
                "thread-main",
                [Cased(f"rail-{facts.key}-stitch-{at}", line.d, "thread-gold") for at, line in enumerate(lines)],
            )
        ]
    )


def _version(facts: ThreadFacts) -> tuple[Layer, ...]:
    return marks.page((MIDDLE, 28), facts.versions, 28, 42)


def _vote(facts: ThreadFacts) -> tuple[Layer, ...]:
    if facts.agreed:
        return marks.cloth((MIDDLE, 28), 3, 17)
    return marks.frame((MIDDLE, 28), 36, bar=facts.rounds[-1] is Round.NOT_AGREED)


def _decision(facts: ThreadFacts) -> tuple[Layer, ...]:
    if facts.decision is Decided.NO:
        lead = Cased(f"rail-{facts.key}-hem", f"M{short(MIDDLE)} 0V20", "thread-gold")
        return filled([("thread-main", [lead]), ("thread-hem", [Path("M8 24h40M8 34h40")])])
    return marks.decision(facts.decision, (MIDDLE, 28), 23)


def _actions(facts: ThreadFacts) -> tuple[tuple[Layer, ...], float]:
    """Hang up to four actions beside the gold."""
    shown = facts.actions[:4]
    places: list[Point] = [(46, 14 + 18.0 * index) for index in range(len(shown))]
    tethers = [Path(f"M{short(MIDDLE)} {short(y)}h12") for _, y in places]
    boxes = [layer for at, done in zip(places, shown, strict=True) for layer in marks.action_box(at, 14, done=done)]
    return (*filled([("thread-tether", tethers)]), *boxes), 18 * len(shown) + 12


def _loops(facts: ThreadFacts) -> tuple[tuple[Layer, ...], float]:
    """Hang up to four loops beside the gold, each larger than the last."""
    layers: list[Layer] = []
    y = 6.0
    for index, closed in enumerate(facts.cycles[-4:]):
        radius = 7 + 1.5 * index
        layers += marks.loop(
            f"rail-{facts.key}-loop-{index}", (MIDDLE + radius, y + radius), radius, None, closed=closed
        )
        y += 2 * radius + 10
    return tuple(layers), y + 4


def _outcome(facts: ThreadFacts) -> tuple[Layer, ...]:
    """Draw the thread turning into a line."""
    rises = facts.outcome[-1] >= facts.outcome[0]
    line = [(MIDDLE - 10, 33), (MIDDLE - 4, 26), (MIDDLE + 1, 30), (MIDDLE + 10, 22)]
    if not rises:
        line = [(x, 56 - y) for x, y in line]
    return filled([("thread-outcome", [Circle((MIDDLE, 28), 18)]), ("thread-outcome-line", [Path(polyline(line))])])
