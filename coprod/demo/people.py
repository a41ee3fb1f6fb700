"""The invented people: parents by a first name, professionals by what they do and the word Example."""

from datetime import date

from coprod.demo.stage import Stage, at
from coprod.people import services
from coprod.people.models import Side

PARENTS = ("Robin", "Kit", "Dee", "Ash", "Bo", "Lou", "Max", "Pat", "Val", "Eden", "Jude", "Fran")
BY_NAME = ("Sam", "Alex")
PROFESSIONALS = (
    *("Clinic Example", "Health Example", "Manager Example", "Midwife Example", "Practitioner Example"),
    *("Public Health Example", "Voluntary Example", "Director Example", "Finance Example", "Nurse Example"),
    *("Commissioner Example", "Researcher Example", "Lawyer Example", "Judge Example", "Third Sector Example"),
    "Schools Example",
)
NO_PHONE = {"Dee", "Bo"}
PAYS = "Payments Example"
LEADS = ("Safeguarding Example", "Deputy Example")
ADMIN = "Lee"


def bring_in(stage: Stage) -> None:
    """Give everybody an account; numbers and addresses are those that belong to nobody."""
    with at(date(2022, 9, 1)):
        stage.people[ADMIN] = services.first_admin(ADMIN, "lee@example.org")
        for number, alias in enumerate(PARENTS, 1):
            phone = None if alias in NO_PHONE else f"+4477009001{number:02}"
            stage.people[alias] = services.add_person(alias, Side.LIVED, by=stage.admin, phone=phone)
        for alias in (*BY_NAME, *PROFESSIONALS, *LEADS, PAYS):
            email = f"{alias.lower().replace(' ', '-')}@example.org"
            stage.people[alias] = services.add_person(alias, Side.PROFESSIONAL, by=stage.admin, email=email)
