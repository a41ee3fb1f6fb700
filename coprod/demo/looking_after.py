"""What is done for people beside the meetings: what helps them to come, who helps them, who came, who would join."""

from datetime import date, time

from coprod.assistance import services as assistance
from coprod.cycles import services as cycles
from coprod.cycles.models import Cycle, How
from coprod.cycles.queries import cycles_of
from coprod.demo.people import LEADS
from coprod.demo.stage import Stage, at
from coprod.interests import services as interests
from coprod.interests.models import Whose
from coprod.messages import services as messages
from coprod.messages.models import PartOfDay, Way
from coprod.my_data import services as my_data
from coprod.needs import services as needs
from coprod.needs.models import Help
from coprod.needs.rules import Wanted
from coprod.people.models import Person
from coprod.programmes import services as programmes
from coprod.safeguarding import services as safeguarding
from coprod.safeguarding.models import Told, Urgency
from coprod.supporters import services as supporters
from coprod.supporters.models import Share
from coprod.workstreams import services as workstreams
from coprod.workstreams.models import Seat
from coprod.workstreams.rules import voters

MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4
RATES = (("An evening meeting", 2500), ("An hour of reading or writing", 1250))
WANTED = {
    "Robin": Wanted((Help.TAXI, Help.NEAR_THE_DOOR), places=2),
    "Dee": Wanted((Help.LARGE_PRINT, Help.READ_ALOUD)),
    "Ash": Wanted((Help.BUS,), food="No nuts"),
    "Bo": Wanted(language="Polish"),
}
NEVER = {
    "Robin": {(MONDAY, PartOfDay.MORNING), (FRIDAY, PartOfDay.EVENING)},
    "Ash": {(WEDNESDAY, PartOfDay.EVENING)},
}
AWAY = {1: {"Kit"}, 2: {"Bo", "Manager Example"}, 3: {"Health Example"}, 4: {"Lou"}, 5: {"Manager Example", "Ash"}}
APART = "Someone I used to live with. Sam knows who."


def set_rates(stage: Stage) -> None:
    """Say what is paid, from this autumn on."""
    with at(date(2025, 9, 1)):
        for what, pence in RATES:
            programmes.set_rate(what, pence, date(2025, 9, 1), by=stage.admin)


def say_what_helps(stage: Stage) -> None:
    """Let members say once what helps them to come, how to reach them, and whom they cannot meet."""
    with at(date(2025, 9, 23)):
        for alias, wanted in WANTED.items():
            needs.say(stage.people[alias], wanted, by=stage.people[alias])
        for alias, slots in NEVER.items():
            needs.say_never(stage.people[alias], slots, by=stage.people[alias])
        robin, kit, dee = (stage.people[alias] for alias in ("Robin", "Kit", "Dee"))
        messages.set_reach(robin, by=robin, way=Way.TEXT, phone_is_safe=True, phone_is_shared=True)
        messages.set_reach(kit, by=kit, way=Way.CALL, hours=[PartOfDay.AFTERNOON.value])
        workstreams.ask_apart(dee, APART, by=dee)


def let_jo_help(stage: Stage) -> None:
    """Let Robin choose Jo to help her, and share what the meetings are about."""
    robin = stage.people["Robin"]
    with at(date(2025, 10, 2)):
        support = supporters.choose(robin, "Jo", by=robin)
        supporters.share(support, Share.AGENDA, True, by=robin)


def keep_the_register(stage: Stage) -> None:
    """Tick who came on the autumn's five evenings; nobody is asked why they did not."""
    for session in _this_autumn(stage).sessions[:5]:
        with at(session.on, time(20)):
            for place in voters(stage.tables["tuesday"]):
                cycles.tick(session, place.person, _how(place.person, session.number), by=stage.facilitator)


def _this_autumn(stage: Stage) -> Cycle:
    return max(cycles_of(stage.tables["tuesday"]), key=lambda cycle: cycle.starts_on)


def _how(person: Person, number: int) -> How:
    if person.alias in AWAY[number]:
        return How.NOT_HERE
    return How.WITH_SUPPORTER if person.alias == "Robin" and number > 1 else How.ARRIVED


def help_kit(stage: Stage) -> None:
    """Let Sam note for Kit, who asked on the telephone, when she can never come."""
    (place,) = (held for held in stage.tables["tuesday"].memberships if held.person.alias == "Kit")
    with at(date(2025, 11, 12)):
        assistance.change_never_times(place, {(MONDAY, PartOfDay.MORNING)}, by=stage.facilitator)


def look_for_more(stage: Stage) -> None:
    """Look for two more people, and let one wait for a call."""
    with at(date(2025, 11, 10)):
        workstreams.look_for(stage.tables["thursday"], {Seat.MOTHER: 1, Seat.MIDWIFE: 1}, by=stage.facilitator)
    with at(date(2025, 11, 13)):
        interests.tell("Ellis", "07700 900461", Whose.PARENT, is_safe=True)


def ask_about_notes(stage: Stage) -> None:
    """Let Kit ask what others wrote about her; somebody has to answer."""
    with at(date(2025, 11, 14)):
        my_data.ask("What do the notes of 4 November say about me?", by=stage.people["Kit"])


def tell_the_lead(stage: Stage) -> None:
    """Let Sam tell the lead that somebody may be in danger, and the lead take it in hand."""
    with at(date(2025, 11, 11), time(20, 30)):
        concern = safeguarding.raise_concern(
            stage.programme,
            by=stage.facilitator,
            about="A parent",
            number="07700 900112",
            urgency=Urgency.TODAY,
            told=Told.YES,
        )
    with at(date(2025, 11, 11), time(20, 40)):
        safeguarding.receive(concern, by=stage.people[LEADS[0]])
