from itertools import pairwise

from coprod.drawings.ramp import RampFacts, RampStep, draw_ramp, level_of, radius_of

STEPS = (
    RampStep(1, "A card with her name", closed=True),
    RampStep(2, "A phone call", closed=True),
    RampStep(3, "A call, then a text", closed=False),
)


def test_loops_are_each_larger_and_higher():
    for count in (2, 3, 8):
        assert all(radius_of(a, count) < radius_of(b, count) for a, b in pairwise(range(count)))
        assert all(level_of(a, count) > level_of(b, count) for a, b in pairwise(range(count)))


def test_pieces_join_where_one_ends_and_the_next_begins():
    threads = [step.picture.shapes("thread-main")[0].d for step in draw_ramp(RampFacts("r", STEPS)).steps]

    for before, after in pairwise(threads):
        assert before.split()[-1] == after.split("H")[0].split()[-1]


def test_closed_cycle_is_a_gold_loop_and_a_running_one_is_dotted():
    closed, _, running = (step.picture for step in draw_ramp(RampFacts("r", STEPS)).steps)

    assert closed.shapes("thread-loop")
    assert not closed.shapes("thread-loop-open")
    assert running.shapes("thread-loop-open")
    assert running.title == "Test cycle 3, running"


def test_macro_prints_words_under_each_loop(environment, macro):
    drawn = draw_ramp(RampFacts("r", STEPS))
    template = environment.from_string(
        '{% from "components/ramp.html" import ramp %}{% call(step) ramp(drawn) %}[{{ step.number }}]{% endcall %}'
    )
    printed = template.render(drawn=drawn)

    assert [f"[{number}]" in printed for number in (1, 2, 3)] == [True] * 3
    assert str(macro("ramp")(drawn)).count("<svg") == 3
    assert "style=" not in printed
