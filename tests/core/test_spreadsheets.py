import pytest

from coprod.core.spreadsheets import as_file, as_text


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", '"=1', "'=1", "＝1", "＋1", "－1", "＠x", "\u00a0=1"],
)
def test_a_cell_that_could_be_a_formula_is_text_o7(cell):
    assert as_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Robin", "12.50", "1=1", "12-34-56"])
def test_another_cell_stays_as_it_is(cell):
    assert as_text(cell) == cell


def test_a_file_has_its_head_and_its_lines():
    written = as_file(["Name", "Pounds"], [["Robin, the second", "12.50"], ["=1", "1.00"]])
    assert written.decode("utf-8-sig").splitlines() == ["Name,Pounds", '"Robin, the second",12.50', "'=1,1.00"]
