"""Which record a row is: by code, by name and nearness, or a new one."""

from tests.geodata.intake.importing import DAMS, GOOD, HEAD, counts, load


def test_duplicates_inside_a_file(connection, table):
    twice = load(connection, table([["编码", *HEAD], ["A1", *GOOD], ["A1", "小沟", *GOOD[1:]]]))
    assert counts(twice) == (1, 0, 0, 1) and "与第 2 行重复" in str(twice.refused[0])
    named = load(connection, table([HEAD, ["中沟", *GOOD[1:]], ["中沟", *GOOD[1:]]]))
    assert counts(named) == (1, 0, 0, 1) and "与第 2 行重复" in str(named.refused[0])


def test_without_a_code_name_and_nearness_find_the_record(connection, table):
    load(connection, table([HEAD, GOOD]))
    near, far = ["大沟尾矿库", "115.035", "42.30", "1", "", ""], ["大沟尾矿库", "116.03", "42.30", "2", "", ""]
    assert counts(load(connection, table([HEAD, near]))) == (0, 1, 0, 0)
    assert counts(load(connection, table([HEAD, far]))) == (1, 0, 0, 0)


def test_a_code_that_lost_its_digits_is_refused(connection, workbook):
    rows = [["编码", *HEAD], [911301000123456789.0, *GOOD], ["9.113E+17", *GOOD]]
    outcome = load(connection, workbook({"台账": rows}))
    assert counts(outcome) == (0, 0, 0, 2)
    assert all("设成文本" in str(refusal) for refusal in outcome.refused)


def test_names_are_compared_without_blanks_and_in_any_width(connection, table):
    load(connection, table([HEAD, ["大沟（东）尾矿库", *GOOD[1:]]]))
    assert counts(load(connection, table([HEAD, ["大沟(东) 尾矿库", *GOOD[1:]]]))) == (0, 1, 0, 0)


def test_a_new_name_at_a_known_place_is_doubted(connection, table):
    load(connection, table([HEAD, GOOD, ["小沟", "115.2", "42.3", "1", "1", ""]]))
    renamed = ["大沟一号库", "115.03001", "42.30001", *GOOD[3:]]
    outcome = load(connection, table([HEAD, renamed, ["小沟", "115.2", "42.3", "1", "1", ""]]))
    assert counts(outcome) == (1, 0, 1, 0)
    assert "这里已有“大沟尾矿库”（DAM-0001）".replace("DAM", DAMS.prefix) in str(outcome.remarks[0])
