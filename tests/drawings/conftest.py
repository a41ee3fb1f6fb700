"""Print macros without the application, as strictly as it does."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

TEMPLATES = Path(__file__).parents[2] / "templates"
Macro = Callable[..., Markup]


@pytest.fixture(scope="session")
def environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, autoescape=True)


@pytest.fixture(scope="session")
def macro(environment: Environment) -> Callable[[str], Macro]:
    return lambda name: getattr(environment.get_template(f"components/{name}.html").module, name)


@pytest.fixture(scope="session")
def parse() -> Callable[[str], ElementTree.Element]:
    """Read our own output as XML: whatever is not well-formed fails."""
    return ElementTree.fromstring
