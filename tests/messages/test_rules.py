"""Domain rule 13, journey 2: what a text may say, when it may come, and which way a message goes."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from config import HERE
from coprod.messages import queries, rules
from coprod.messages.models import PartOfDay, Reach, Way
from coprod.messages.rules import Purpose
from coprod.people.models import Person, Side

PLAIN = Purpose("plain", "Hi {alias}.", "Hello {alias}.")
LINKED = Purpose("linked", "Hi {alias}. {link}", "Hello {alias}. {link}", "vote", "voting.by_link")
LINK = len("https://co-production.blackpool.gov.uk/hello/") + 22
UNSPOKEN = ("care", "court", "child", "baby", "social", "removed")


def robin(**fields):
    person = {"id": uuid4(), "alias": "Robin", "side": Side.LIVED, "email": None, "phone": None}
    return Person(**(person | fields))


def reach(**said):
    return Reach(**({"way": None, "phone_is_safe": None, "phone_is_shared": None, "hours": []} | said))


def at(hour, minute=0, day=18):
    return datetime(2025, 11, day, hour, minute, tzinfo=HERE)


# --- Every purpose there is (domain rule 13).


def purposes(app):
    return [kind.purpose for kind in queries.KINDS.values()]


def test_there_are_purposes_and_a_vote_is_among_them(app):
    assert {"vote", "contact changed"} <= {purpose.name for purpose in purposes(app)}


def test_every_text_is_plain_short_and_names_nothing(app):
    """At most 160 plain signs, one part, with the longest name and a long link; no forbidden word."""
    faults = [(p.name, rules.may_say(p.text, p, LINK if p.endpoint else 0).reason) for p in purposes(app)]
    assert [fault for fault in faults if fault[1]] == []
    longest = [len(rules.text_of(p.text, "x" * 40, "x" * LINK if p.endpoint else "")) for p in purposes(app)]
    assert max(longest) <= 160


def test_every_letter_names_nothing_either_and_has_its_link(app):
    odd = [
        p.name
        for p in purposes(app)
        if not rules.names_nothing(p.email) or p.email.count("{link}") != bool(p.endpoint) or not p.email.strip()
    ]
    assert odd == []
    assert rules.names_nothing(rules.SUBJECT)


def test_every_link_leads_to_a_page(app):
    addresses = app.url_map.bind("localhost")
    for purpose in purposes(app):
        if purpose.endpoint:
            assert addresses.build(purpose.endpoint, {"secret": "x"} if purpose.link else {})
        assert not purpose.link or purpose.endpoint


# --- Words.


@pytest.mark.parametrize("word", [*UNSPOKEN, "children", "babies", "courts", "Cares", "SOCIAL", "childhood"])
def test_forbidden_words_are_found_whole_in_any_case(word):
    for words in (f"About {word}.", word.upper(), f"the {word}'s day"):
        assert word.casefold() in rules.may_say(words, PLAIN).reason.casefold()


@pytest.mark.parametrize("words", ["careful", "scare", "courtesy", "socially", "antisocial", "Carey", "unremoved"])
def test_other_words_that_hold_them_are_fine(words):
    assert rules.names_nothing(words)


@pytest.mark.parametrize(
    ("words", "purpose", "told"),
    [
        ("Hi {name}.", PLAIN, "Nothing can be put in the place of {name}"),
        ("Hi {alias}.", LINKED, "Keep {link} in it, once."),
        ("{link} {link}", LINKED, "Keep {link} in it, once."),
        ("See {link}", PLAIN, "There is no link in this message."),
        ("{alias} {alias}", PLAIN, "Use {alias} once."),
        ("It’s you", PLAIN, "cannot hold ’"),
        ("Hi 🙂", PLAIN, "cannot hold 🙂"),
        ("A [note]", PLAIN, "cannot hold ["),
        ("x" * 161, PLAIN, "1 signs too long"),
        ("x" * 100 + "{alias}" + "{link}", LINKED, "too long"),
        ("Hi {alias}. {link}", LINKED, ""),
        ("Tomorrow.", PLAIN, ""),
    ],
)
def test_what_a_text_may_say(words, purpose, told):
    said = rules.may_say(words, purpose, 70 if purpose.endpoint else 0)
    assert (told in said.reason, bool(said)) == (True, told == "")


def test_a_title_is_its_own_or_its_name():
    assert (PLAIN.title, Purpose("x", "", "", about="A thing").title) == ("Plain", "A thing")


def test_places_of_its_own_are_filled_once_and_count_at_their_longest():
    told = Purpose("told", "It is {when}.", "", fills=(("when", "tomorrow, Wed 10.30am"),))
    assert rules.fill(told.text, {"when": "today"}) == "It is today."
    assert rules.may_say(told.text, told)
    assert rules.may_say("{when} {when}", told).reason == "Use {when} once."
    assert rules.may_say("{where}", told).reason.endswith("Use {alias}, {when} and {link}.")
    assert "1 signs too long" in rules.may_say("x" * 140 + "{when}", told).reason


# --- Composed.


def test_the_place_of_a_name_closes_up():
    assert rules.compose("Hi {alias}. Now.", "", "") == "Hi. Now."
    assert rules.compose("{alias}, now.", "", "") == "now."
    assert rules.compose("Hi {alias}: {link}", "Robin", "L") == "Hi Robin: L"


def test_a_text_takes_the_name_only_where_it_is_plain_and_fits():
    assert rules.text_of("Hi {alias}.", "Zoë", "").startswith("Hi. ")
    assert rules.text_of("Hi {alias}.", "Baby", "").startswith("Hi. ")
    assert rules.text_of("Hi {alias}." + "x" * 145, "Maximiliana Rose", "").startswith("Hi.x")
    assert rules.text_of("Hi {alias}.", "Robin", "") == "Hi Robin. To stop texts, tell us."
    assert rules.text_of("{link}", "Robin", "L") == "L You can stop texts there."
    assert rules.text_of("x" * 160, "Robin", "L") == "x" * 160


def test_a_shared_phone_gets_no_name():
    assert rules.alias_for(robin(), reach(phone_is_shared=True)) == ""
    assert rules.alias_for(robin(), reach(phone_is_shared=False)) == "Robin"
    assert rules.alias_for(robin(), reach()) == "Robin"


# --- Which way.


@pytest.mark.parametrize(
    ("said", "has", "can_text", "goes"),
    [
        ({}, "both", True, Way.EMAIL),
        ({}, "phone", True, Way.TEXT),
        ({}, "phone", False, None),
        ({}, "none", True, None),
        ({"phone_is_safe": False}, "phone", True, None),
        ({"way": Way.TEXT}, "both", True, Way.TEXT),
        ({"way": Way.TEXT}, "email", True, None),
        ({"way": Way.TEXT}, "both", False, None),
        ({"way": Way.TEXT, "phone_is_safe": False}, "both", True, None),
        ({"way": Way.TEXT, "phone_is_safe": True}, "both", True, Way.TEXT),
        ({"way": Way.EMAIL}, "both", True, Way.EMAIL),
        ({"way": Way.EMAIL}, "phone", True, None),
        ({"way": Way.CALL}, "both", True, None),
        ({"way": Way.POST}, "both", True, None),
        ({"way": Way.SUPPORTER}, "both", True, None),
    ],
)
def test_which_way_a_message_goes(said, has, can_text, goes):
    phone = "+447700900142" if has in ("both", "phone") else None
    email = "robin@example.org" if has in ("both", "email") else None
    assert rules.channel(robin(phone=phone, email=email), reach(**said), can_text) == goes


@pytest.mark.parametrize(
    ("hours", "moment", "may"),
    [
        ([], at(21, 30), False),
        ([], at(8, 59), False),
        ([], at(9), True),
        ([], at(19, 59), True),
        ([], at(20), False),
        ([PartOfDay.MORNING], at(9), True),
        ([PartOfDay.MORNING], at(12), False),
        ([PartOfDay.AFTERNOON], at(12), True),
        ([PartOfDay.AFTERNOON], at(17), False),
        ([PartOfDay.EVENING], at(17), True),
        ([PartOfDay.EVENING], at(21, 30), False),
        (["morning", "evening"], at(13), False),
        (["morning", "evening"], at(18), True),
    ],
)
def test_safe_hours_by_the_clock_on_the_wall(hours, moment, may):
    assert rules.may_text(reach(hours=hours), moment) == may
    assert not rules.may_text(reach(hours=hours, phone_is_safe=False), moment)


def test_safe_hours_follow_the_wall_when_the_clocks_change():
    """F10: on 30 March 2025 and on 26 October 2025 nine o'clock is nine o'clock."""
    for day in (datetime(2025, 3, 30, 9, 0, tzinfo=HERE), datetime(2025, 10, 26, 9, 0, tzinfo=HERE)):
        assert rules.may_text(reach(), day)
        assert not rules.may_text(reach(), day - timedelta(minutes=1))


# --- Trying again.


def test_pauses_grow_threefold_to_six_hours():
    assert [rules.pause(n).total_seconds() for n in (1, 2, 3, 4)] == [5, 15, 45, 135]
    assert rules.pause(9) == rules.pause(500) == timedelta(hours=6)


def test_a_message_is_given_up_after_twelve_tries_or_twice_unsure():
    assert not rules.is_over(11, 1)
    assert rules.is_over(12, 0)
    assert rules.is_over(2, 2)


def test_only_she_says_how_she_is_reached_and_only_admins_word():
    person, admin = robin(), robin(is_admin=True)
    assert rules.may_set_reach(person, person)
    assert not rules.may_set_reach(admin, person)
    assert rules.may_word(admin)
    assert not rules.may_word(robin(is_admin=False))
