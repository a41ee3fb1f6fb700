"""Nobody can tell before the close how many have answered: what is near a vote, small (F20, B6)."""

import pytest

from bench.prove import f20
from tests.access.neighbours import two_partnerships


@pytest.fixture
def own_walk(tmp_path):
    """A world of its own: votes are opened and answered in it."""
    with two_partnerships(tmp_path, *(f"sqlite:///{tmp_path / name}.db" for name in ("ours", "theirs"))) as walk:
        yield walk


def test_nothing_shows_before_the_close_f20(own_walk):
    told = f20.compare(own_walk, f20.close_by)
    assert f20.is_silent(told), told


def test_a_count_would_be_seen_f20(own_walk):
    with f20.a_count_shown():
        assert f20.compare(own_walk, f20.close_by)["differences"]
