"""The tables of GB 18218-2018 as declared."""

from __future__ import annotations

from decimal import Decimal

from layers._gb18218 import ALPHAS, CATEGORIES, PRACTICAL_BETA, TABLE_1, TABLE_3, folded, weight


def cas_digit(cas: str) -> int:
    """Check digit of a CAS number: the digits before it, weighted from the right, modulo 10."""
    digits = cas.replace("-", "")[:-1]
    return sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1)) % 10


def test_table_1_has_its_85_rows_in_order() -> None:
    assert [row.number for row in TABLE_1] == list(range(1, 86))
    assert sum(row.critical_t for row in TABLE_1) == Decimal("7289.55")


def test_every_cas_number_passes_its_check_digit() -> None:
    numbers = [cas for row in TABLE_1 for cas in row.cas]
    assert len(numbers) == 85 and all(cas_digit(cas) == int(cas[-1]) for cas in numbers)
    assert [row.number for row in TABLE_1 if not row.cas] == [13, 45, 74]


def test_weights_are_exact() -> None:
    for row in (*TABLE_1, *CATEGORIES):
        assert weight(row.critical_t) * row.critical_t == 3


def test_figures_that_trip_people_up() -> None:
    by_number = {row.number: row for row in TABLE_1}
    assert by_number[6].critical_t == Decimal("0.3") and by_number[30].critical_t == Decimal("0.75")
    assert by_number[52].names()[-1] == "LPG" and by_number[49].names()[1:] == ("甲烷", "天然气")
    symbols = {category.symbol: category for category in CATEGORIES}
    assert len(symbols) == 24
    assert symbols["J5"].critical_t == 500 and symbols["W3"].critical_t == 150 and symbols["W5.4"].critical_t == 5000
    assert (symbols["J1"].beta, symbols["W2"].beta, symbols["W1.3"].beta) == (4, Decimal("1.5"), 2)


def test_toxic_gases_and_practical_betas_do_not_overlap() -> None:
    assert len(TABLE_3) == 14 and not TABLE_3.keys() & PRACTICAL_BETA.keys()
    assert TABLE_3[12] == 4 and TABLE_3[6] == 20 and PRACTICAL_BETA[52] == Decimal("1.5")
    assert list(ALPHAS) == sorted(ALPHAS)


def test_names_are_folded() -> None:
    assert folded(" 硝酸铵（含可燃物 ≤0.2％） ") == folded("硝酸铵(含可燃物≤0.2%)")
    assert folded("tnt") == folded("ＴＮＴ".translate(str.maketrans("ＴＮ", "TN"))) == "tnt"
