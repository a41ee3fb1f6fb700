from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import select, text

from coprod.core import wiping
from coprod.core.answers import Refused
from coprod.core.clock import now
from coprod.core.db import db, here
from coprod.core.journal import Entry
from coprod.my_data import services
from coprod.my_data.services import ledger
from coprod.outputs.models import Launch, Output, OutputKind, OutputVersion
from coprod.people.models import Side, SignedIn
from coprod.risks.models import Rating, Risk, RiskKind
from coprod.steering import services as steering
from coprod.steering.models import Contest, GroupQuestion, Terms
from coprod.steering.queries import who_came
from coprod.steering.rules import DECLARED
from coprod.supporters.models import Support
from coprod.voting import services as voting
from coprod.voting.models import Poll
from coprod.workstreams.models import Membership, MembershipState
from tests.factories import a_membership, a_person, a_professional, a_programme, a_stream, an_admin, keep
from tests.my_data.canaries import Aviary
from tests.my_data.searching import found_in_tables, found_on_disk
from tests.steering.rooms import Room
from tests.voting.ballots import a_table, an_open_vote

OWN = 515151
"""Words that no other test writes: PostgreSQL's log is one for all its databases, whoever uses them."""


@pytest.fixture
def aviary(database):
    made = Aviary(5, OWN)
    an_open_vote(a_table(name="Other", programme=made.room.programme))
    poll = voting.draft(made.room.stream, "One midwife?", by=made.room.sam)
    voting.open_vote(poll, now() + timedelta(days=4), by=made.room.sam)
    for canary in made.canaries:
        voting.cast(poll, 3, by=canary.person)
    db.session.commit()
    return made


def erase_all(aviary):
    for canary in aviary.canaries:
        services.erase(canary.person, by=canary.person)
    db.session.commit()


def test_everything_that_says_who_it_was_goes_and_what_was_decided_stays_l6_f31(app, aviary):
    words = [word for canary in aviary.canaries for word in canary.words]
    before = aviary.decided()
    assert set(found_in_tables(words)) == set(words)
    erase_all(aviary)
    assert found_in_tables(words) == []
    assert aviary.decided() == before
    db.session.rollback()
    assert services.finish_wiping()
    assert found_on_disk(app, words, OWN) == {}


def test_erased_person_is_somebody_who_can_never_sign_in(aviary):
    canary = aviary.canaries[0]
    services.erase(canary.person, by=canary.person)
    db.session.commit()
    for person in (canary.person, canary.supporter):
        assert (person.alias, person.email, person.phone, person.totp) == ("Somebody", None, None, None)
        assert (person.active, str(person.erased_on)) == (False, "2025-11-17")
    places = db.session.scalars(select(Membership).where(Membership.person_id == canary.person.id)).all()
    assert [(place.state, str(place.left_on)) for place in places] == [(MembershipState.LEFT, "2025-11-17")]
    assert canary.person.id not in db.session.scalars(select(SignedIn.person_id)).all()


def test_erasing_is_written_down_in_ids_alone_l3(aviary):
    canary = aviary.canaries[0]
    services.erase(canary.person, by=canary.person)
    done = db.session.scalars(select(Entry).where(Entry.verb == "erased")).all()
    assert {entry.subject_id for entry in done} == {canary.person.id, canary.supporter.id}
    assert {(entry.before, entry.after) for entry in done} == {("", "")}


def test_supporter_who_helps_somebody_else_stays(database):
    ann, bea, jo = a_person("Ann"), a_person("Bea"), a_person("Jo", Side.SUPPORTER)
    a_membership(a_stream(), ann, state=MembershipState.LEFT)
    for member in (ann, bea):
        keep(Support(member_id=member.id, supporter_id=jo.id, called="Jo", since=now().date(), shares=[]))
    services.erase(ann, by=ann)
    assert (jo.alias, jo.active) == ("Jo", True)
    services.erase(bea, by=bea)
    assert (jo.alias, jo.active) == ("Somebody", False)


def test_name_that_somebody_else_bears_stays_in_plans(aviary):
    first = aviary.canaries[0].person
    a_person(first.alias)
    services.erase(first, by=first)
    name = aviary.canaries[0].words[0]
    assert (name in aviary.asked.presenter, aviary.session.items[0].lead) == (True, f"{name} and Sam")


def test_name_goes_from_plans_word_by_word(aviary):
    first, name = aviary.canaries[0].person, aviary.canaries[0].words[0]
    aviary.session.items[1].lead = f"{name}s and {name}"
    services.erase(first, by=first)
    assert [item.lead for item in aviary.session.items[:2]] == ["Somebody and Sam", f"{name}s and Somebody"]


def test_her_words_and_her_name_go_from_the_minutes_and_that_she_was_there_stays(database):
    room = Room()
    meeting = room.meeting()
    item = steering.add_item(meeting, "What Dee asks", 5, "Dee", by=room.alex)
    hers = next(held for held in room.steering.memberships if held.person is room.dee)
    stake = steering.declare(item, hers, "I know them.", by=room.dee)
    steering.tick(meeting, [hers], by=room.alex)
    steering.write_minutes(meeting, "Dee spoke.", by=room.alex)
    services.erase(room.dee, by=room.dee)
    db.session.expire_all()
    assert (item.title, item.speaker, meeting.minutes_notes) == ("What Somebody asks", "Somebody", "Somebody spoke.")
    assert (stake.words, stake.leaves) == (DECLARED, True)
    assert [held.person.alias for held in who_came(meeting)] == ["Somebody"]


def test_her_name_goes_from_what_is_answered_agreed_and_watched_over_l6(database):
    """Contests, questions, terms and risks are the group's words; whose name stands in them is hers."""
    room = Room()
    decision = room.decided()
    about, whose = {"decision": decision, "on": now().date()}, {"owner": room.alex, "opened_on": now().date()}
    contest = Contest(words="Dee waits still", speaker="Dee", raised_by_id=room.robin.id, **about)
    asked = GroupQuestion(number=1, words="Who rings Dee?", answer="Max rings Dee", by_id=room.robin.id, **about)
    agreed = {"agreed_on": now().date(), "by_id": room.alex.id, "purpose": "To decide"}
    terms = Terms(workstream=room.steering, number=1, members="Dee, a year", deciding="Dee is asked first", **agreed)
    risk = Risk(workstream=room.steering, number=1, kind=RiskKind.ISSUE, what="Dee is ill", **whose)
    risk.response, risk.how_closed = "Eve stands in for Dee", "Dee is back"
    risk.ratings = [Rating(number=1, on=now().date(), why="Dee said so", by_id=room.alex.id)]
    made = Output(workstream=room.stream, name="A card", kind=OutputKind.OTHER)
    made.launches = [Launch(number=1, on=now().date(), because="Dee could not")]
    made.versions = [OutputVersion(number=1, on=now().date(), new="What Dee asked for")]
    keep(contest, asked, terms, risk, made)
    services.erase(room.dee, by=room.dee)
    db.session.expire_all()
    assert (contest.words, contest.speaker) == ("Somebody waits still", "Somebody")
    assert (asked.words, asked.answer) == ("Who rings Somebody?", "Max rings Somebody")
    assert (terms.members, terms.deciding) == ("Somebody, a year", "Somebody is asked first")
    assert (risk.what, risk.response) == ("Somebody is ill", "Eve stands in for Somebody")
    assert (risk.how_closed, risk.ratings[0].why) == ("Somebody is back", "Somebody said so")
    assert (made.launches[0].because, made.versions[0].new) == ("Somebody could not", "What Somebody asked for")


def test_open_vote_counts_her_still_and_nothing_shows_that_she_went_b1(database):
    table = a_table()
    poll = an_open_vote(table)
    for person in table.voters:
        voting.cast(poll, 5, by=person)
    services.erase(table.lived[0], by=table.lived[0])
    db.session.commit()
    result = voting.close_and_count(db.session.get_one(Poll, poll.id), by=table.facilitator)
    assert (poll.lived_on_roll, result.outcome) == (6, "agreed")


# --- Who may.


def test_nobody_erases_somebody_else(database):
    robin, mo = a_person("Robin"), a_person("Mo")
    with pytest.raises(Refused, match="Only the person themself"):
        services.erase(robin, by=mo)


def test_programme_admin_erases_on_paper_once_the_account_is_closed(database):
    ada, robin = an_admin(), a_person("Robin")
    with pytest.raises(Refused, match="Close the account first"):
        services.erase(robin, by=ada)
    robin.active = False
    services.erase(robin, by=ada)
    assert robin.alias == "Somebody"
    with pytest.raises(Refused, match="done already"):
        services.erase(robin, by=ada)


def test_lead_and_last_admin_hand_over_first(database):
    ada, lee = an_admin(), a_professional("Lee")
    a_programme(safeguarding_lead=lee)
    with pytest.raises(Refused, match="Somebody else must take that part first"):
        services.erase(lee, by=lee)
    with pytest.raises(Refused, match="Make somebody else a programme admin first"):
        services.erase(ada, by=ada)
    an_admin("Bea")
    services.erase(ada, by=ada)
    assert (ada.alias, ada.is_admin) == ("Somebody", False)


# --- The ledger.


def test_ledger_names_who_was_erased_once_that_is_saved(aviary):
    canary = aviary.canaries[0]
    services.erase(canary.person, by=canary.person)
    db.session.rollback()
    assert ledger.kept() == []
    services.erase(canary.person, by=canary.person)
    db.session.commit()
    assert set(ledger.kept()) == {canary.person.id, canary.supporter.id}
    assert (here().keys / "erased").stat().st_mode & 0o077 == 0


def test_crash_between_saving_and_the_ledger_is_made_up_for(aviary):
    canary = aviary.canaries[0]
    services.erase(canary.person, by=canary.person)
    db.session.commit()
    (here().keys / "erased").unlink()
    (here().keys / "erased-to-wipe").unlink()
    assert set(services.make_up_for_a_crash()) == {canary.person.id, canary.supporter.id}
    assert set(ledger.kept()) == {canary.person.id, canary.supporter.id}
    assert (here().keys / "erased-to-wipe").exists()
    assert services.make_up_for_a_crash() == []


def test_restored_people_are_erased_again_r8(database):
    """L6: a backup brings her back, as lead and only admin even; the ledger takes her out again."""
    ada = a_professional("Ada", is_admin=True, email="ada@example.org")
    programme = a_programme(safeguarding_lead=ada)
    gone = a_person("Gone", erased_on=now().date(), active=False)
    ledger.keep_at(ledger.place(), [ada.id, gone.id])()
    assert services.reapply_erasures() == 1
    db.session.commit()
    assert (ada.alias, ada.email, programme.safeguarding_lead_id) == ("Somebody", None, None)
    assert services.reapply_erasures() == 0


def test_wiping_that_somebody_is_in_the_way_of_is_done_later(database, monkeypatch):
    robin = a_person()
    services.erase(robin, by=robin)
    db.session.commit()

    def held(*_):
        raise wiping.InTheWay

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(wiping, "rewrite", held)
        assert not services.finish_wiping()
    assert [services.finish_wiping(), services.finish_wiping()] == [True, False]


def test_reader_of_what_was_deleted_is_waited_for(database):
    """SQLite says that a reader kept its log from being emptied; on PostgreSQL an older reader still sees old rows."""
    engine = db.engines[here().name]
    if engine.dialect.name == "sqlite":
        busy = mock.Mock()
        busy.execute.return_value.fetchone.return_value = (1, 4, 2)
        with pytest.raises(wiping.InTheWay):
            wiping._vacuum_sqlite(busy)
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as reader:
        reader.execute(text("SELECT alias FROM person"))
        a_person()
        db.session.commit()
        with pytest.raises(wiping.InTheWay):
            wiping.rewrite(engine, "person")


# --- Files of a demonstration.


def test_messages_kept_in_files_go_too(app, database, tmp_path, monkeypatch):
    for name in ("mail", "texts"):
        (tmp_path / name).mkdir()
    monkeypatch.setitem(app.config, "MAIL_BACKEND", "file")
    monkeypatch.setitem(app.config, "MAIL_FILE_PATH", str(tmp_path / "mail"))
    monkeypatch.setitem(app.config, "TEXT_BACKEND", "file")
    monkeypatch.setitem(app.config, "TEXT_FOLDER", str(tmp_path / "texts"))
    robin = a_person("Robin", email="robin@example.org", phone="07700 900123")
    (tmp_path / "mail" / "1.log").write_text("To: Robin@example.org\n\nYour code", encoding="utf-8")
    (tmp_path / "mail" / "2.log").write_text("To: mo@example.org\n\nYour code", encoding="utf-8")
    (tmp_path / "texts" / "1.txt").write_text("+447700900123\nHi Robin", encoding="utf-8")
    (tmp_path / "texts" / "2.txt").write_text("+447700900124\nHi Mo", encoding="utf-8")
    services.erase(robin, by=robin)
    assert sorted(path.name for path in Path(tmp_path).rglob("*.*")) == ["2.log", "2.txt"]
