"""From an empty database to an answer that came true: the whole way, through pages only.

Only the import of the public record is done beside the pages, and the clock is set by its setting. Mothers and the
midwife have a small phone with scripts off; the others sit at a desk.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

import coprod
from coprod import jobs
from coprod.core.db import db
from coprod.people.services import set_up_secret
from coprod.public_record.services import import_record
from tests.journeys.visitors import DESK, PHONE, Visitor, at_a_browser

RECORD = Path(coprod.__file__).parent / "demo" / "born-into-care.toml"
ON_PHONES = ("Robin", "Kit", "Mia")
AT_DESKS = ("Ada", "Sam", "Max", "Pat", "Alex")
GROUP, NEUTRAL = "One named midwife", "Tuesday group"
STEERING = "Born into Care steering group"
TITLE = "One midwife, by name"
ASKED = "Give each parent one midwife they know by name, and her phone number."
WORRY = "What if she is on leave?"
BECAUSE = "Parents told us they have to start again with each new face."
CHANGES = "We start at two clinics."
FIRST_ACTION = "Find two clinics that will start"
PILOT = "A named midwife at two clinics"
OUTCOME = "Parents who know their midwife by name"
BALANCING = "Midwives who work over their hours"
KEPT_BECAUSE = "Most parents know her name now, and nobody waits longer."
CHOICES = ("Love it", "I can live with it", "Not sure", "I’m worried", "Skip this one")
COUNTS = re.compile(r"\d+\s+(for|against|in favour|voted|votes|answered|answers)\b")


@dataclass
class World:
    """Everybody, each at a browser, and the clock on the wall."""

    app: Flask
    people: dict[str, Visitor]
    clock: Callable[..., None]

    def __getitem__(self, alias: str) -> Visitor:
        return self.people[alias]


@pytest.fixture
def world(app: Flask, live: str, browser: Browser, clock: Callable[..., None], monkeypatch) -> Iterator[World]:
    """An empty house with the public record in it, forms guarded as in production, and its sender at work."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert not import_record(RECORD).faults
    db.session.commit()
    db.session.remove()
    workers = jobs.start(app)
    mailbox = Path(app.config["MAIL_FILE_PATH"])
    kinds = dict.fromkeys(ON_PHONES, PHONE) | dict.fromkeys(AT_DESKS, DESK)
    people = {alias: at_a_browser(browser, alias, live, mailbox, **kind) for alias, kind in kinds.items()}
    yield World(app, people, clock)
    for visitor in people.values():
        visitor.page.context.close()
    workers.stop(graceful=True)


@pytest.mark.browser
def test_the_whole_way_from_an_empty_house_to_what_came_of_it(world: World) -> None:
    _the_first_admin_comes_in(world)
    card = _the_admin_gives_everybody_an_account(world)
    _the_programme_goes_live(world)
    _the_admin_starts_the_group_and_seats_everybody(world)
    _everybody_comes_in_and_says_yes(world, card)
    _the_group_agrees_how_it_works(world)
    _the_ten_weeks_are_planned_and_begin(world)
    _the_idea_is_written_up(world)
    _the_group_votes_in_secret(world)
    _the_room_is_asked_and_it_is_sent(world)
    _the_steering_group_decides(world)
    _the_first_action_is_done(world)
    _the_pilot_is_set_up(world)
    _it_is_measured_and_tested_twice(world)
    _the_pilot_is_adopted(world)
    _robin_reads_what_came_of_it(world)
    _alex_follows_the_golden_thread(world)
    _nobody_was_ever_shown_who_answered_what(world)


# --- Accounts, groups, seats.


def _the_first_admin_comes_in(world: World) -> None:
    ada = world["Ada"]
    ada.go("/set-up")
    words = set_up_secret(world.app.config["PARTNERSHIPS"][0].keys)
    ada.fill(words=words, alias=ada.alias, email=ada.address)
    ada.press("Make the account")
    ada.sees("Your account is made.")
    ada.asks_for_a_code()
    ada.types_the_code()
    assert len(ada.sets_up_an_authenticator()) == 8
    assert ada.heading == "Hello Ada"
    assert ada.status_of("/set-up") == 404


def _the_admin_gives_everybody_an_account(world: World) -> str:
    ada = world["Ada"]
    for alias in ("Sam", "Mia", "Max", "Pat", "Alex"):
        _add(ada, world[alias], "Professional")
    _add(ada, world["Robin"], "Lived experience")
    _add(ada, world["Kit"], "Lived experience", by_card=True)
    ada.follow("Make a card")
    ada.press("Make a card")
    ada.sees("Words on the card", "They are not shown again.")
    return next(line for line in ada.page.locator("main").inner_text().splitlines() if _is_card(line))


def _is_card(line: str) -> bool:
    return bool(re.fullmatch(r"([a-z]{5} ){3}[a-z]{5}", line.strip()))


def _add(ada: Visitor, visitor: Visitor, side: str, *, by_card: bool = False) -> None:
    ada.way("People")
    ada.follow("Add a person")
    ada.fill(alias=visitor.alias, email="" if by_card else visitor.address)
    ada.choose("Side", side)
    ada.press("Add this person")
    ada.sees(f"{visitor.alias} has an account.")


def _the_programme_goes_live(world: World) -> None:
    ada = world["Ada"]
    ada.way("Programme")
    ada.sees("The programme still needs a safeguarding lead, a deputy for the lead,")
    ada.follow("Before it goes live")
    ada.pick("Safeguarding lead", "Max")
    ada.pick("Deputy", "Pat")
    ada.fill(data_protection="1 November 2025", accessibility="10 November 2025")
    ada.press("Keep")
    ada.sees("All four stand.")
    ada.press("Start the programme")
    ada.sees("The programme is active now.")


def _the_admin_starts_the_group_and_seats_everybody(world: World) -> None:
    ada = world["Ada"]
    ada.way("Groups")
    ada.follow("Propose a group")
    ada.fill(name=GROUP, purpose="Each parent has one midwife from start to end", neutral_name=NEUTRAL)
    ada.press("Propose it")
    ada.press("Put it among the next to start")
    ada.press("Start it")
    ada.sees(f"{GROUP} is active now.")
    _invite(ada, "Sam (professional)", "Co-production team", "Facilitator")
    _invite(ada, "Robin (lived experience)", "Mother")
    _invite(ada, "Kit (lived experience)", "Mother")
    _invite(ada, "Mia (professional)", "Specialist midwife")
    _invite(ada, "Max (professional)", "Social care manager")
    _invite(ada, "Pat (professional)", "Practitioner")
    _make_the_checks(ada, ["Mia", "Max", "Pat", "Sam"], ["Sam", "Robin", "Kit", "Mia", "Max", "Pat"])
    ada.way("Groups")
    ada.follow(STEERING)
    _invite(ada, "Alex (professional)", "Senior leader", "Chair of the steering group")
    _invite(ada, "Robin (lived experience)", "Mother")
    _invite(ada, "Kit (lived experience)", "Mother")
    _make_the_checks(ada, ["Alex"], ["Alex", "Robin", "Kit"])
    world.clock(2025, 11, 19, 9, 0)


def _invite(ada: Visitor, who: str, seat: str, role: str = "Member") -> None:
    ada.follow("Invite somebody")
    ada.pick("Who", who)
    ada.pick("Whose seat at the table?", seat)
    ada.choose("What will they do?", role)
    ada.press("Invite")
    ada.sees(f"{who.split()[0]} is invited.")


def _make_the_checks(ada: Visitor, professionals: list[str], everybody: list[str]) -> None:
    ada.sees("Waiting for a check")
    ada.follow("Make the checks")
    for alias in professionals:
        ada.press(f"I asked. {alias} works on no family’s case here")
        ada.sees(f"Confirmed for {alias}.")
    for alias in everybody:
        ada.follow(f"Look: {alias}")
        ada.tick("Each of them was asked in private")
        ada.choose("What came of it?", "They can be together")
        ada.press("Keep the answer")
        ada.sees(f"The check for {alias} is made.", "It counts from Wednesday 19 November")
    ada.does_not_see("I asked.", "Look before")


def _everybody_comes_in_and_says_yes(world: World, card: str) -> None:
    robin, kit = world["Robin"], world["Kit"]
    professionals = [world[alias] for alias in ("Sam", "Mia", "Max", "Pat", "Alex")]
    for visitor in (robin, *professionals):
        visitor.asks_for_a_code()
    for visitor in (robin, *professionals):
        visitor.types_the_code()
    for visitor in professionals:
        visitor.sets_up_an_authenticator()
        _says_yes(visitor, "Your group" if visitor.alias == "Alex" else NEUTRAL)
    kit.go("/card")
    kit.fill(words=card.upper())
    kit.press("Open")
    for mother in (robin, kit):
        assert mother.heading == f"Hello {mother.alias}"
        assert mother.page.title() == "Your page"
        _says_yes(mother, NEUTRAL)
        _says_yes(mother, "Your group")
    kit.go("/groups/")
    kit.follow(NEUTRAL, within="main")
    kit.sees("Robin", "Mia", "Specialist midwife")


def _says_yes(visitor: Visitor, group: str) -> None:
    visitor.go("/")
    visitor.sees("Waiting for your word")
    visitor.follow(group, within="main")
    assert visitor.heading == "What would you like?"
    visitor.press("Yes")
    if visitor.alias in ("Robin", "Kit") and visitor.heading == "What shall we call you?":
        visitor.press("Go on")
    visitor.sees("You are in the group.")


# --- Ten weeks.


def _the_group_agrees_how_it_works(world: World) -> None:
    sam = world["Sam"]
    sam.go("/")
    sam.sees("No weeks planned")
    sam.follow("Choose the group")
    sam.follow(GROUP)
    sam.follow("How we work together")
    sam.press("Write a version")
    sam.press("Keep these words")
    sam.sees("We have not agreed it yet.")
    sam.follow("Change the words")
    sam.press("We talked it through")
    sam.follow("Change the words")
    sam.press("The group agrees")
    sam.sees("Version 1 is agreed.", "We agreed this on 19 November 2025.")


def _the_ten_weeks_are_planned_and_begin(world: World) -> None:
    sam, robin = world["Sam"], world["Robin"]
    sam.go("/")
    sam.follow("Choose the group")
    sam.follow(GROUP)
    sam.follow("Plan the weeks")
    sam.fill(starts_on="4 December 2025", starts_at="18:00", place="The library, back door")
    sam.press("See the dates")
    sam.sees("Check the ten dates", "Thursday 25 December", "Christmas Day")
    sam.press("Accept these ten dates")
    sam.sees("The ten dates stand.")
    sam.follow("Thursday 4 December")
    sam.press("Publish")
    sam.sees("Published")
    robin.go("/")
    robin.sees("Next time we meet", "Thursday 4 December", "The library")
    robin.follow("See the plan for the evening")
    robin.sees("What we do", "Food and hello", "2 parents and carers", "1 midwife", "Sam runs it.")
    world.clock(2025, 12, 4, 20, 15)
    sam.page.reload()
    sam.follow("Mark as held")
    for item in ("What happens here now", "What the numbers and stories say"):
        sam.choose(item, "We did it")
    sam.press("Mark as held")
    sam.sees("Held")
    sam.follow("The weeks")
    sam.sees("running")


# --- The idea and the vote.


def _the_idea_is_written_up(world: World) -> None:
    sam = world["Sam"]
    sam.way("Recommendations")
    sam.follow("Note an idea")
    sam.pick("Which group is it for?", GROUP)
    sam.fill(title=TITLE)
    sam.press("Note it")
    sam.sees("The idea is noted.", "Still missing before it can be sent")
    sam.follow("Write it up")
    sam.fill(
        said=ASKED,
        problem="Parents meet a new midwife at most visits.",
        data="3 in 10 could name their midwife.",
        practice_elsewhere="Two other towns name one midwife.",
        stories="People tell their story again and again.",
        options="A shared phone; one named midwife.",
        outcomes="More parents know who to ring.",
        owner_wanted="The head of midwifery",
        cost="Not known",
        presenter="Nobody yet",
    )
    sam.tick("1.")
    sam.page.get_by_label("Which stage does it speak to?").select_option(index=1)
    sam.press("Save")
    sam.sees("Saved.")
    sam.does_not_see("Still missing")
    sam.press("Mark it as drafted")
    sam.sees("It is now: drafted.")


def _the_group_votes_in_secret(world: World) -> None:
    sam, robin = world["Sam"], world["Robin"]
    world.clock(2025, 12, 5, 9, 0)
    sam.follow("Put it to the vote")
    sam.sees("2 with lived experience and 3 professionals", "The group hears the result in words.")
    sam.fill(closes_on="10 December 2025", closes_at="17:00")
    sam.press("Open the vote")
    sam.sees("The vote is open.", "Not yet enough for a result")
    _answer(robin, "Love it", say=WORRY)
    _answer(world["Kit"], "Yes")
    sam.page.reload()
    sam.sees("Not yet enough for a result")
    _answer(world["Mia"], "Yes")
    _answer(world["Max"], "I can live with it")
    _answer(world["Pat"], "Not sure")
    _robin_looks_again(robin)
    sam.go("/")
    sam.sees("The open vote", "Enough for a result", "This word is all anyone can see before it closes.")
    for visitor in world.people.values():
        shown = [text for text in visitor.read if COUNTS.search(re.sub(r"<[^>]+>", " ", text))]
        assert not shown, f"{visitor.alias} was shown a count before the close"
    world.clock(2025, 12, 10, 17, 30)
    sam.follow(TITLE)
    sam.press("Close and count")
    sam.sees("The vote is counted.", "No numbers are shown, and no sides.", WORRY)


def _answer(visitor: Visitor, choice: str, *, say: str = "") -> None:
    visitor.go("/")
    visitor.sees("One question for you")
    visitor.follow("Read the question")
    visitor.sees(ASKED, "This is private", "Wednesday 10 December, 5pm")
    assert not visitor.page.locator("input[type=radio]:checked").count()
    visitor.choose("Your answer", choice)
    visitor.press("Send my answer")
    visitor.sees("Thank you. Your answer is in.")
    if say:
        visitor.follow("Say more")
        visitor.fill(words=say)
        visitor.choose("What should we do?", "Share it without my name")
        visitor.press("Send")
    else:
        visitor.follow("No, I’m done")
    visitor.sees("That is all. We tell you what came of it.")
    visitor.follow("Back to your page")


def _robin_looks_again(robin: Visitor) -> None:
    robin.follow("Read the question")
    robin.sees("Your answer is in. If you send a new one, it takes its place.")
    assert not robin.page.locator("input[type=radio]:checked").count()
    robin.does_not_see(WORRY)


def _the_room_is_asked_and_it_is_sent(world: World) -> None:
    sam = world["Sam"]
    sam.choose("What did they say, together?", "Yes")
    sam.press("Write it down")
    sam.sees("Then the parents and carers were asked in the room, together.")
    sam.does_not_see("Now the parents and carers are asked")
    sam.press("We talked about it")
    sam.fill(answer="A second midwife is named for those days.")
    sam.press("Answered")
    sam.sees("Noted beside the worry.", "A second midwife is named for those days.")
    sam.way("Recommendations")
    sam.follow_like("1. ")
    sam.follow("Check and send it")
    sam.sees("The steering group reads exactly this.", ASKED, "Nobody yet")
    sam.press("Send it to the steering group")
    sam.sees("Sent to the steering group.", "What was sent")


# --- The answer.


def _the_steering_group_decides(world: World) -> None:
    alex, robin = world["Alex"], world["Robin"]
    alex.go("/")
    alex.sees(TITLE, "Agreed by the group.")
    alex.way("To decide")
    alex.follow("Plan a meeting")
    alex.fill(on="16 December 2025", starts_at="10:00", place="Town hall")
    alex.press("Plan the meeting")
    alex.sees("The meeting is planned.")
    world.clock(2025, 12, 16, 10, 5)
    alex.press("Open the meeting")
    alex.sees("The meeting is open. Tick who is here.", "This meeting cannot decide yet")
    _ticks(alex, "Alex", "Robin")
    alex.sees("This meeting cannot decide yet", "1 has lived experience; 2 are needed.")
    _ticks(alex, "Kit")
    alex.sees("This meeting can decide", "2 have lived experience")
    alex.follow(TITLE, within="main")
    alex.follow("Read it and decide")
    alex.sees(ASKED, WORRY, "A second midwife is named for those days.")
    alex.choose("What do we decide?", "Yes, with changes")
    alex.fill(changes=CHANGES, reason=BECAUSE, action_what=FIRST_ACTION, action_due="12 January 2026")
    alex.pick("Who?", "Sam")
    alex.choose("Try it as a pilot?", "Yes")
    alex.press("Record the decision")
    alex.sees("Decision 1: Yes, with changes", "3 of 3, 2 with lived experience", FIRST_ACTION)
    robin.go("/")
    robin.sees("They decided", "Yes, with changes.", BECAUSE, "What happens next")
    world.clock(2025, 12, 17, 9, 0)
    alex.sees("The group hears by 2 January 2026.")
    alex.follow("Write to the group")
    assert f"We say: Yes, with changes.\n\nWhat changes: {CHANGES}" in alex.page.locator("[name=words]").input_value()
    alex.press("Send the answer")
    alex.sees("The group has its answer.", f"You asked: {ASKED}", "17 December 2025")


def _ticks(alex: Visitor, *aliases: str) -> None:
    for alias in aliases:
        alex.tick(alias)
    alex.press("Keep who is here")


def _the_first_action_is_done(world: World) -> None:
    sam, alex = world["Sam"], world["Alex"]
    world.clock(2026, 1, 8, 9, 0)
    sam.way("Actions")
    sam.sees("Yours, due in 7 days", FIRST_ACTION, "From: Decision 16 December 2025")
    sam.press(f"Done: {FIRST_ACTION}")
    sam.sees("A second person will agree that it is done.")
    alex.way("Actions")
    alex.sees("Waiting for a second person")
    alex.follow(FIRST_ACTION)
    alex.fill(evidence="The midwives have the list.")
    alex.press("Yes, it is done")
    alex.sees("It is done.", "Done")


# --- The pilot.


def _the_pilot_is_set_up(world: World) -> None:
    alex, sam = world["Alex"], world["Sam"]
    alex.way("Pilots")
    alex.sees("Ready for a pilot", TITLE)
    alex.follow(f"Propose a pilot: {TITLE}")
    alex.fill(
        title=PILOT,
        how_much="60 in 100 know their midwife by name",
        by_when="30 June 2026",
        for_whom="parents at two clinics",
        site="North and South clinics",
        begins="12 January 2026",
        ends="30 June 2026",
        funding_board="Better Start board",
    )
    alex.pick("Who owns it?", "Sam")
    alex.press("Propose it")
    alex.sees("The pilot is proposed.", "Is there money?")
    alex.follow("Note what the board answered")
    alex.follow("Note the answer: Better Start board")
    alex.choose("What did it answer?", "Yes, in part")
    alex.fill(conditions="Staff time, and a report in June")
    alex.press("Keep the answer")
    alex.sees("The answer is noted", "Its conditions: Staff time, and a report in June.")
    alex.way("Pilots")
    alex.follow(PILOT)
    alex.fill(granted="Staff time")
    alex.press("It is funded")
    alex.sees("The pilot is at: funded.")
    sam.go("/")
    sam.way("Pilots")
    sam.follow(PILOT)
    for button, state in [
        ("Begin the set-up", "set-up"),
        ("Begin the baseline", "baseline"),
        ("Begin testing", "cycling"),
    ]:
        sam.press(button)
        sam.sees(f"The pilot is at: {state}.")


def _it_is_measured_and_tested_twice(world: World) -> None:
    sam = world["Sam"]
    _measure(sam, OUTCOME, "An outcome", "A percentage", "Up is better", baseline="30", target="60")
    _measure(sam, BALANCING, "A balancing measure", "A percentage", "Down is better", baseline="20", target="20")
    _to_the_pilot(sam)
    sam.follow("Plan a test cycle")
    sam.fill(
        change="One midwife gives her name and number at the first visit",
        prediction="Half of the parents know her name a month later.",
        scale="One midwife, two weeks",
        safety_check="The clinic lead looks at every case each week.",
        begins="19 January 2026",
        ends="1 March 2026",
    )
    for measure in (OUTCOME, BALANCING):
        sam.tick(measure)
    sam.press("Keep the plan")
    sam.sees("Test cycle 1 is planned.")
    world.clock(2026, 3, 2, 9, 0)
    _do_and_study(sam, 1, "Adapt", "40 in 100 did.", "Worse than predicted")
    sam.sees("Test cycle 2 is open, filled in from this one.")
    sam.fill(change="She also sends a card with her photo", ends="30 April 2026")
    sam.press("Keep the plan")
    sam.sees("The plan is changed.")
    for measure, readings in ((OUTCOME, ("35", "40")), (BALANCING, ("20", "22"))):
        _read_in(world, measure, dict(zip(("January 2026", "February 2026"), readings, strict=True)))
    world.clock(2026, 5, 5, 9, 0)
    for measure, readings in ((OUTCOME, ("52", "62")), (BALANCING, ("21", "20"))):
        _read_in(world, measure, dict(zip(("March 2026", "April 2026"), readings, strict=True)))
    _to_the_pilot(sam)
    sam.follow("Open test cycle 2")
    sam.follow("Begin it")
    _do_and_study(sam, 2, "Adopt", "62 in 100 did.", "Better than predicted")
    sam.sees("Test cycle 2 is finished: adopt.", "Latest: 62%")


def _to_the_pilot(sam: Visitor) -> None:
    sam.way("Pilots")
    sam.follow(PILOT)


def _measure(sam: Visitor, name: str, kind: str, unit: str, better: str, **levels: str) -> None:
    _to_the_pilot(sam)
    sam.follow("All measures, and new ones")
    sam.follow("Measure something")
    sam.choose("What kind of measure is it?", kind)
    sam.choose("What is one reading?", unit)
    sam.choose("Which way is better?", better)
    sam.fill(name=name, who_is_counted="parents at two clinics", source="A form at each visit", **levels)
    sam.press("Measure it")
    sam.sees("It is measured from now on.")


def _read_in(world: World, measure: str, readings: dict[str, str]) -> None:
    """One counts, and another looks at it: only then it shows."""
    sam, alex = world["Sam"], world["Alex"]
    _to_the_pilot(sam)
    sam.follow(measure)
    for month, value in readings.items():
        sam.fill(month=month, value=value, denominator="50")
        sam.press("Add it")
        sam.sees("The reading waits for a second person.", f"{month}: {value}%")
    _to_the_pilot(alex)
    alex.follow(measure)
    alex.press(f"Approve all {len(readings)}")
    alex.sees(f"Readings that count from now on: {len(readings)}.", f"Latest {value}%.")


def _do_and_study(sam: Visitor, number: int, act: str, result: str, compared: str) -> None:
    sam.press("Begin")
    sam.fill(words="It went as planned on most days.")
    sam.press("Keep the note")
    sam.sees("Your note is in.")
    sam.press("It is done: study it")
    assert sam.heading == f"Study test cycle {number}"
    sam.sees("What we predicted", "Half of the parents know her name a month later.")
    sam.fill(result=result, surprised="Parents rang less often than we thought.")
    sam.choose("Beside the prediction, it was", compared)
    sam.choose("What now?", act)
    sam.press("Keep the study")


def _the_pilot_is_adopted(world: World) -> None:
    sam, alex = world["Sam"], world["Alex"]
    sam.press("Testing is done: review it")
    sam.sees("The pilot is at: reviewed.")
    alex.way("Pilots")
    alex.follow(PILOT)
    alex.follow("See what speaks for it")
    alex.sees("Test cycles finished: 2. Two or more are needed.", BALANCING)
    alex.open("Adopt it")
    alex.fill(why_keep=KEPT_BECAUSE, scaled_to="All six clinics", scaled_by="31 December 2026")
    alex.press("Adopt")
    alex.sees("The pilot is at: adopted.", KEPT_BECAUSE, "All six clinics, by 31 December 2026")


# --- What came of it.


def _robin_reads_what_came_of_it(world: World) -> None:
    robin = world["Robin"]
    robin.go("/")
    robin.follow("Read all the answers")
    assert robin.heading == "What came of what we said"
    assert robin.page.locator(".said__label").all_inner_texts() == [
        "We said",
        "They decided",
        "Because",
        "What happened",
        "What happens next",
    ]
    robin.sees(ASKED, f"Yes, with changes. {CHANGES}", BECAUSE, "It was tried.", "Latest 62%", "It stays.")
    robin.does_not_see("worried", "Pat", "Max")


def _alex_follows_the_golden_thread(world: World) -> None:
    alex = world["Alex"]
    alex.way("Recommendations")
    alex.follow_like(f"1. {TITLE}")
    alex.follow("See its golden thread")
    alex.sees(
        "Priority 1 (example wording)",
        "asked in the room, together",
        "1 of 10 sessions held",
        "What people wanted the group to know",
    )
    alex.sees("Round 1: agreed", CHANGES, BECAUSE, "in 1 working day of the 10 allowed", FIRST_ACTION)
    alex.sees("Open the pilot", "(worse than predicted)", "(better than predicted)", OUTCOME, "It stays.")
    links = alex.links()
    kinds = {"programmes", "recommendations", "decisions", "actions", "pilots", "indicators"}
    assert kinds <= {address.split("/")[1] for address in links}
    assert {address: alex.status_of(address) for address in links} == dict.fromkeys(links, 200)


def _nobody_was_ever_shown_who_answered_what(world: World) -> None:
    voters = ("Robin", "Kit", "Mia", "Max", "Pat")
    assert all(any(choice in text for text in world["Robin"].read) for choice in CHOICES), "no ballot was looked at"
    assert any("Robin" in text for text in world["Kit"].read), "no names were looked at"
    for visitor in world.people.values():
        others = [alias for alias in voters if alias != visitor.alias]
        for text in visitor.read:
            names = [alias for alias in others if re.search(rf"\b{alias}\b", text)]
            choices = [choice for choice in CHOICES if choice in text]
            assert not (names and choices), f"{visitor.alias} was shown {names} beside {choices}"
    assert not [text for text in world["Robin"].read if COUNTS.search(re.sub(r"<[^>]+>", " ", text))]
