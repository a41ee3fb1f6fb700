"""What the invented Tuesday group knows, and how it looked for it; nothing of it was found or said anywhere."""

from datetime import date
from typing import Any

from coprod.demo.stage import Stage, at
from coprod.evidence import queries, services
from coprod.evidence.models import Audience, EvidenceKind
from coprod.files import services as files
from coprod.recommendations import services as recommendations
from coprod.recommendations.models import Strength

UNANSWERED = "Calls that nobody picks up (example)"
NUMBER_NOW = "The number we have now (example)"
SHARED_PHONE = "A phone that two people share (example)"
STUDY = "Ringing back within the hour (example)"
NIGHT = "The night I rang (example)"
REVIEW = "What helps when somebody rings at night?"
CALLS = "Month,Calls after six,Picked up\nMarch,11,4\nApril,9,4\nMay,10,4\n"
WEIGHTS = {
    UNANSWERED: ("Most calls after six reach nobody.", Strength.STRONG, "One ward, three months."),
    STUDY: ("What counts is being rung back soon.", Strength.SOME, "It is from another country."),
    SHARED_PHONE: ("Two people can do it.", Strength.WEAK, "Nobody has asked the parents there."),
    NIGHT: ("What a night without an answer is like.", Strength.STRONG, ""),
}


def keep_library(stage: Stage) -> None:
    """Give the group numbers, a way of working here, and two people's own words, of which one takes hers back."""
    robin, kit = stage.people["Robin"], stage.people["Kit"]
    with at(date(2025, 10, 16)):
        said = "Of ten calls after six, four were picked up."
        log = {"source": "The ward’s own log (example)", "period": "March to May 2025"}
        sheet = files.look_at(CALLS.encode(), "calls after six.csv")
        _add(stage, EvidenceKind.LOCAL_DATA, UNANSWERED, said, "Lou", file=sheet, **log)
        said = "One number, nine to five. After that, a machine."
        _add(stage, EvidenceKind.PRACTICE_HERE, NUMBER_NOW, said, "Midwife Example", source="The ward, this autumn")
        told: dict[str, Any] = {
            "audience": Audience.STEERING,
            "until": date(2026, 6, 30),
            "content_note": "A night alone",
        }
        said = "I rang at nine. It rang and rang. I sat on the stairs till it was light."
        services.add(stage.tables["tuesday"], EvidenceKind.TESTIMONY, NIGHT, said, by=robin, **told)
        letter = "It came on a Saturday and had no name on it."
        taken_back = services.add(stage.tables["tuesday"], EvidenceKind.TESTIMONY, "A letter (example)", letter, by=kit)
    with at(date(2025, 11, 6)):
        services.withdraw(taken_back, by=kit)


def _add(stage: Stage, kind: EvidenceKind, title: str, says: str, by: str, **more: Any) -> None:
    services.add(stage.tables["tuesday"], kind, title, says, by=stage.people[by], **more)


def look_quickly(stage: Stage) -> None:
    """Hold a rapid review of calls at night, and begin another."""
    stream, lou = stage.tables["tuesday"], stage.people["Lou"]
    with at(date(2025, 10, 23)):
        review = services.begin_review(stream, REVIEW, by=lou)
        services.add_search(
            review, "The hospital’s library", "night calls, new parents", 14, date(2025, 10, 23), by=lou
        )
        services.add_search(review, "Two other areas, by telephone", "a number at night", 2, date(2025, 10, 23), by=lou)
        study, phone, app = (services.add_find(review, title, by=lou) for title in (STUDY, SHARED_PHONE, "An app"))
    with at(date(2025, 10, 30)):
        read = {"source": "Example and others", "period": "2021", "address": "https://example.org/ringing-back"}
        said = "Where somebody rang back within the hour, fewer people rang twice."
        services.include(study, "It asked parents.", EvidenceKind.RESEARCH, said, by=lou, **read)
        said = "Two midwives share one phone, a week each."
        by_the_sea = {"source": "An area by the sea (example)"}
        services.include(phone, "They do it now.", EvidenceKind.PRACTICE_ELSEWHERE, said, by=lou, **by_the_sea)
        services.leave_out(app, "It needs a new phone, and nobody rings back.", by=lou)
        services.conclude(review, "A person who answers helps more than a faster machine.", by=stage.facilitator)
    with at(date(2025, 11, 13)):
        asked = services.begin_review(stream, "What do people want to eat after a hard meeting?", by=lou)
        services.add_find(asked, "A soup kitchen’s list (example)", "A church near the hospital", by=lou)


def weigh(stage: Stage, key: str) -> None:
    """Say what each piece shows for a number somebody picks up, before the group is asked."""
    with at(date(2025, 11, 12)):
        known = {one.title: one for one in queries.for_group(stage.tables["tuesday"])}
        for title, (shows, strength, gaps) in WEIGHTS.items():
            recommendations.link(stage.asked[key], known[title], shows, strength, gaps, by=stage.people["Robin"])


def weigh_the_lift(stage: Stage) -> None:
    """Add one piece to a request that is agreed and not sent yet."""
    with at(date(2025, 11, 13)):
        known = {one.title: one for one in queries.for_group(stage.tables["tuesday"])}
        shows = "Who has no car rings, and then waits."
        lift, number = stage.asked["lift"], known[NUMBER_NOW]
        recommendations.link(lift, number, shows, Strength.WEAK, "It counts no journeys.", by=stage.people["Lou"])
