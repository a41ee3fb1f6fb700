"""Promises about the parts pages are built from: each stands alone, with the least it needs, in clean HTML."""

import json
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from jinja2 import StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FormField, IntegerField, RadioField, SelectField, SelectMultipleField
from wtforms import Form as Plain
from wtforms.fields import SelectChoice
from wtforms.fields.simple import StringField, TextAreaField
from wtforms.validators import DataRequired

from coprod.core import words
from coprod.core.forms import DayField, Form, at_most_words
from tests.house.pages import Page

ROOT = Path(__file__).parent.parent.parent
ANSWERS = [SelectChoice("yes", "Yes"), SelectChoice("no", "No"), SelectChoice("skip", "Skip this one")]
DEEDS = [{"what": "Ring the ward.", "who": "Max does this by 3 May."}]
BEADS = [
    {"kind": kind, "label": "A label", "words": "Some words.", "when": None, "deeds": DEEDS}
    for kind in ("said", "yes", "later", "no", "because", "now", "next")
]
ITEMS = [
    {"starts": "6.00", "title": "Food", "note": None, "minutes": 15, "kind": "plain"},
    {"starts": "6.15", "title": "The ward", "note": "A hard topic.", "minutes": 40, "kind": "hard"},
    {"starts": "6.55", "title": "Break", "note": "Fifteen minutes.", "minutes": 15, "kind": "break"},
    {"starts": "7.10", "title": "Ideas", "note": None, "minutes": 5, "kind": "broken"},
]
WEEK = [None, {"number": 1, "kind": None}, {"number": 2, "kind": "session"}, {"number": 3, "kind": "skipped"}]
FACTS = [{"icon": "clock", "label": "When", "answer": "6pm", "more": None}]
CALLS = {
    "breadcrumb": ['breadcrumb([("Streams", "/streams"), ("Tuesdays", "/tuesdays")])'],
    "button": [
        'button("Send")',
        'button("Publish", off="One thing to mend first.", wide=True)',
        'button("Up", kind="plain", icon="arrow-up", icon_only=True, name="way", value="up", about=": Food")',
    ],
    "clock_bar": ['clock_bar(items, "7.15", 60)', 'clock_bar([], "6.00")'],
    "data_table": ['data_table("The same numbers", ["2025", "Jan"], [["%", 52]])'],
    "empty_state": ['empty_state("No stream yet", "A stream is one group.", "Plan ten weeks", "/plan")'],
    "evening_list": ["evening_list(items)"],
    "example_chip": ["example_chip()", 'example_chip("Public record")'],
    "facts": ["facts(facts_given)"],
    "hint": [
        'hint("mend", "Take 5 off.", "Too late.")',
        'hint("good", "Break at 55.")',
        'hint("look")',
        'hint("note")',
    ],
    "link_button": ['link_button("Start", "/start", icon="print", about=" the review", wide=True)'],
    "month": ['month("October", [week])'],
    "night_panel": ['night_panel(over="Next time", fact="Tomorrow, 6pm", under="Tuesday")', 'night_panel("Out there")'],
    "page_head": ['page_head("Parts", "All of them.")'],
    "side_bars": ['side_bars([{"name": "Parents", "words": "6", "length": 75.0, "kind": "lived"}])', "side_bars([])"],
    "tick_line": ['tick_line("a", "Robin", "Mother", "b", "here", [("here", "Arrived"), ("not", "Not here")])'],
    "post_button": [
        'post_button("Done", "/done", about=": the plan", fields={"way": "up"})',
        'post_button("Publish", "/publish", off="Not yet.")',
    ],
    "quorum_pips": [
        'quorum_pips("This meeting can decide", 3, 6, 5, 7)',
        'quorum_pips("Not yet", 0, 1, 2, 2, good=False)',
    ],
    "said_decided": ['said_decided("One midwife", beads)'],
    "stitch": ["stitch()"],
    "summary": ['summary([("Cost", "Not known"), ("Owner", None)])'],
    "tag": ['tag("Late")', 'tag("A new word")', 'tag("In pilot", "gold")', 'tag("share", "plain")'],
}
ROUND_SOMETHING = ["card", "empty_state", "hint", "lines", "night_panel", "question_panel", "quiet_box", "said_decided"]
HEAD = '<!DOCTYPE html><html lang="en"><head><title>Parts</title></head><body>'
GIVEN = {"beads": BEADS, "items": ITEMS, "week": WEEK, "facts_given": FACTS}


class Moment(Plain):
    """A day in three boxes."""

    day = IntegerField("Day")
    year = IntegerField("Year")


class Everything(Form):
    """One field of each kind."""

    class Meta(Form.Meta):
        """Without the application's key."""

        csrf = False

    title = StringField("Title", [DataRequired("Say what it is.")], description="A few words")
    because = TextAreaField("Because", [at_most_words(3)])
    review = DayField("Review", [DataRequired("Say when we look again.")])
    owner = SelectField("Owner", choices=ANSWERS)
    decision = RadioField("Decision", choices=ANSWERS)
    pilot = RadioField("Pilot?", choices=ANSWERS)
    stages = SelectMultipleField("Stages", choices=ANSWERS)
    sure = BooleanField("Not known", description="You can add it later.")
    minutes = IntegerField("Minutes", [DataRequired()])
    began = FormField(Moment, "Began")


ALL_FIELDS = """{{ error_summary(form) }}<form method="post" novalidate>{{ form.hidden_tag() }}
<input type="hidden" name="csrf_token" value="-">{{ field(form.title, width=10, autocomplete="off") }}
{{ field(form.because) }}{{ field(form.owner) }}{{ field(form.pilot, look="segments") }}
{{ choice_cards(form.decision, hints={"yes": "I am for it"}, skip="skip", reveals={"no": form.review}) }}
{{ field(form.stages, heading=True) }}{{ field(form.sure) }}{{ field(form.minutes) }}{{ field(form.began) }}
{{ button("Send") }}</form>"""


@pytest.fixture(scope="module")
def show():
    """Draw these words as the middle of a page."""
    app = Flask(__name__, template_folder=ROOT / "templates")
    app.config["SECRET_KEY"] = "not one"
    app.jinja_options = {"undefined": StrictUndefined}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {"csrf_token": lambda: "a key", "once_key": lambda: "another"}
    words.init_app(app)

    def draw(part: str, middle: str, **given: object) -> Page:
        imports = "".join(f'{{% from "components/{name}.html" import {name} %}}' for name in part.split())
        heading = "" if "page_head(" in middle else "<h1>Parts</h1>"
        with app.test_request_context():
            page = f"{HEAD}<main>{heading}{middle}</main></body></html>"
            return Page(render_template_string(imports + page, **GIVEN, **given))

    return draw


@pytest.mark.parametrize(("part", "call"), [(part, call) for part, calls in CALLS.items() for call in calls])
def test_a_part_called_plainly_is_clean(show, part, call):
    assert show(part, "{{ " + call + " }}").faults() == []


@pytest.mark.parametrize("part", ROUND_SOMETHING)
def test_a_part_holds_what_is_put_inside(show, part):
    given = {
        "empty_state": '"Nothing yet", "It comes."',
        "hint": '"good"',
        "said_decided": '"One", beads',
        "quiet_box": '"Private", icon="sealed"',
    }
    words_inside = "<li>inside</li>" if part == "lines" else "<p>inside</p>"
    page = show(
        part, "{% call " + part + "(" + given.get(part, '"A heading"') + ") %}" + words_inside + "{% endcall %}"
    )
    assert page.faults() == []
    assert "inside" in [element.text for element in page.all("p", "li")]


def test_a_line_stands_in_a_list(show):
    page = show(
        "lines line",
        """{% call lines("Yours, late") %}{{ line("A lift", "/a", "Asked", "Sam", "Due", state="Late") }}
        {{ line("Week 4", disc=4) }}{% call line("Ring Kit", lead="10am") %}<p>inside</p>{% endcall %}{% endcall %}""",
    )
    assert page.faults() == []
    assert len(page.all("li")) == 3


def test_an_untouched_form_is_clean(show):
    with Flask(__name__).test_request_context():
        page = show("error_summary field choice_cards button", ALL_FIELDS, form=Everything())
    assert page.faults() == []


def test_a_refused_form_leads_to_every_fault_and_keeps_what_was_typed(show):
    typed = MultiDict({"review": "sometime", "because": "four words are here", "minutes": "ten"})
    with Flask(__name__).test_request_context(method="POST", data=typed):
        form = Everything()
        assert not form.validate()
        page = show("error_summary field choice_cards button", ALL_FIELDS, form=form)
    assert page.faults() == []
    linked = {link.removeprefix("#") for link in page.links}
    assert linked >= {"title", "because", "review", "minutes", "owner", "decision-0", "pilot-0"}
    assert {element.get("value") for element in page.all("input")} >= {"sometime", "ten"}
    assert [(element.text or "").strip() for element in page.all("textarea")] == ["four words are here"]


def test_the_form_librarys_own_words_are_never_shown(show):
    with Flask(__name__).test_request_context(method="POST", data={"title": "x"}):
        form = Everything()
        form.validate()
        page = show("error_summary field choice_cards button", ALL_FIELDS, form=form)
    said = json.dumps([element.text for element in page.elements])
    assert "Not a valid" not in said
    assert "This field is required" not in said
