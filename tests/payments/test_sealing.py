"""Bank details can be read with the key file and in their own row alone."""

import stat
from threading import Barrier, Thread
from uuid import uuid4

import pytest

from coprod.core.db import at, here
from coprod.payments import sealing
from coprod.payments.sealing import FILE, KeyLost, key_folder, seal, unseal
from tests.payments.conftest import ACCOUNT

ME = uuid4()


def test_what_is_sealed_reads_back_and_looks_different_each_time(database):
    first, second = seal(ME, ACCOUNT), seal(ME, ACCOUNT)
    assert unseal(ME, first) == unseal(ME, second) == ACCOUNT
    assert first != second
    assert len(first) == len(seal(ME, sealing.BankDetails("R", "000000", "00000000")))


def test_key_is_a_file_of_its_own_outside_the_data_and_for_us_alone(database):
    seal(ME, ACCOUNT)
    kept = key_folder() / FILE
    assert kept.is_relative_to(here().keys)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [file.name for file in key_folder().iterdir()] == [FILE]


def test_details_in_another_row_or_without_the_key_or_with_another_are_lost(database):
    sealed = seal(ME, ACCOUNT)
    with pytest.raises(KeyLost):
        unseal(uuid4(), sealed)
    with pytest.raises(KeyLost):
        unseal(ME, sealed[:-1])
    (key_folder() / FILE).unlink()
    with pytest.raises(KeyLost):
        unseal(ME, sealed)
    seal(ME, ACCOUNT)
    with pytest.raises(KeyLost):
        unseal(ME, sealed)
    (key_folder() / FILE).write_bytes(b"short")
    with pytest.raises(KeyLost):
        unseal(ME, sealed)


def test_two_who_need_the_first_key_at_once_use_the_same(app, database):
    partnership, together, made = here(), Barrier(4), []

    def work():
        with at(app, partnership):
            together.wait()
            made.append(seal(ME, ACCOUNT))

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {unseal(ME, sealed) for sealed in made} == {ACCOUNT}
    assert len(made) == 4
