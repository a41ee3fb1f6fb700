"""Two facilitators, an admin and those who have no library."""

from dataclasses import dataclass

import pytest

from coprod.library import services
from coprod.library.models import Template, TemplateKind
from coprod.people.models import Person
from tests.factories import a_person, a_professional, a_stream, an_admin


@dataclass
class House:
    """Who is who."""

    sam: Person
    jo: Person
    lee: Person
    ada: Person
    robin: Person


@pytest.fixture
def people(database: None) -> House:
    sam, jo, lee = a_professional("Sam"), a_professional("Jo"), an_admin("Lee")
    ada, robin = a_professional("Ada"), a_person("Robin")
    first = a_stream(facilitator=sam, members=[robin])
    a_stream(first.programme, "Recurrent care", facilitator=jo, members=[ada])
    return House(sam, jo, lee, ada, robin)


@pytest.fixture
def weeks(people: House) -> Template:
    """Sam's own run of weeks."""
    return services.start(TemplateKind.CYCLE, "Our ten weeks", by=people.sam, note="For small groups.")


@pytest.fixture
def evening(people: House) -> Template:
    """Sam's own evening."""
    return services.start(TemplateKind.SESSION, "A short evening", by=people.sam)
