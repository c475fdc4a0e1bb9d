"""Cells become values, or a sentence: numbers with units, dates, yes and no, choices, check digits."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import layers
from geodata.errors import Refused
from geodata.intake import checks, dates, units, values
from layers._vocabulary import Choice, Field, Kind

HEIGHT = Field("height_m", "坝高", "Height", Kind.REAL, unit="m", least=0, most=400)
VOLUME = Field("capacity", "全库容", "Capacity", Kind.DECIMAL, unit="万 m³", least=0)
PEOPLE = Field("people", "人数", "People", Kind.INTEGER, unit="人", least=0)
OPENED = Field("opened", "启用日期", "Opened", Kind.DATE)
HEAD_DAM = Field("head_dam", "头顶库", "Head dam", Kind.FLAG)
OTHER = layers.ALL["other_sites"]
STATE = Field(
    "state",
    "状态",
    "State",
    Kind.CHOICE,
    choices=(Choice("run", "生产", "in production", ("在产",)), Choice("none", "无", "none")),
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("22.00", 22.0), ("35.5米", 35.5), ("１２", 12.0), ("350cm", 3.5), (12, 12.0), ("0", 0.0), ("1.2e1", 12.0)],
)
def test_numbers(cell, value):
    assert values.read(HEIGHT, cell) == pytest.approx(value)


@pytest.mark.parametrize("cell", ["", "-", "—", "/", "XX", "xxx", "未知", "N/A", None, float("nan"), "  ", "#N/A"])
def test_blanks_are_unknown_and_never_zero(cell):
    for field in (HEIGHT, PEOPLE, HEAD_DAM, VOLUME):
        assert values.read(field, cell) is None


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        ("27,700,000.00", "m³", "2770"),
        ("120万m³", "", "120"),
        ("120", "", "120"),
        ("0.5亿立方米", "", "5000"),
        ("12000", "立方米", "1.2"),
    ],
)
def test_volumes_are_converted_exactly(cell, unit, value):
    assert values.read(VOLUME, cell, unit) == Decimal(value)


@pytest.mark.parametrize("cell", ["约12", "10-20", "12,34", "12 kg", "400余", "-1", "401", "inf", True, "12..5"])
def test_what_is_no_plausible_number_is_refused(cell):
    with pytest.raises(Refused):
        values.read(HEIGHT, cell)


def test_an_integer_is_whole():
    assert values.read(PEOPLE, "18人") == 18
    with pytest.raises(Refused, match="整数"):
        values.read(PEOPLE, "18.5")


@given(st.integers(0, 10**12))
def test_thousands_separators_change_nothing(number):
    assert values.read(PEOPLE, f"{number:,}") == number


@pytest.mark.parametrize(
    ("cell", "value"), [("是", True), ("√", True), ("否", False), ("无", False), (True, True), (0, False)]
)
def test_flags(cell, value):
    assert values.read(HEAD_DAM, cell) is value


def test_choices_by_every_spelling_and_refused_with_the_list():
    assert [values.read(STATE, cell) for cell in ("生产", "在 产", "RUN", "In Production")] == ["run"] * 4
    assert values.read(STATE, "无") == "none"
    assert values.read(STATE, "未知") is None
    assert values.read(STATE, "operating", spelt={"operating": "生产"}) == "run"
    with pytest.raises(Refused, match="可以写：生产、无.*--map-value state:试产"):
        values.read(STATE, "试产")


@pytest.mark.parametrize(
    "cell",
    [
        "2023年6月5日",
        "2023/6/5",
        "2023-06-05",
        "2023.6.5",
        "20230605",
        45082,
        45082.0,
        "45082",
        date(2023, 6, 5),
        datetime(2023, 6, 5, 3),
        "2023-06-05 14:30",
        "２０２３－６－５",
    ],
)
def test_days(cell):
    assert dates.read_date(cell) == date(2023, 6, 5)


@pytest.mark.parametrize(
    "cell", ["202012", "2023-02-30", "2023年6月", "长期", "-0044-01-01", "5/6/23", 12, "1850-01-01"]
)
def test_what_is_no_day_is_refused(cell):
    with pytest.raises(Refused):
        dates.read_date(cell)


def test_moments_are_in_shanghai_unless_they_say():
    at = datetime(2023, 6, 5, 6, 30, tzinfo=UTC)
    for cell in (
        "2023年6月5日 14时30分",
        "2023-06-05 14:30",
        "2023-06-05T06:30:00Z",
        "2023-06-05T08:30+02:00",
        datetime(2023, 6, 5, 14, 30),
    ):
        assert dates.read_time(cell, values.SHANGHAI) == at


def test_units_that_do_not_measure_the_same_are_not_converted():
    assert units.factor("吨", "m") is None
    assert units.factor("百万吨/年", "万t/a") == 100
    assert units.factor("10⁴ m³", "万m³") == 1


def test_social_credit_code_gb_32100():
    assert checks.uscc("91350100m000100y43") == "91350100M000100Y43"  # the standard's own example
    with pytest.raises(Refused, match="末位按前 17 位应是 3"):
        checks.uscc("91350100M000100Y44")
    with pytest.raises(Refused, match="有 O"):
        checks.uscc("9135O100M000100Y43")
    with pytest.raises(Refused, match="17 位"):
        checks.uscc("91350100M000100Y4")


def test_cas_number():
    assert checks.cas("7782-50-5") == "7782-50-5"  # chlorine
    assert checks.cas("7664—41—7") == "7664-41-7"  # ammonia
    for wrong in ("7782-50-6", "7782505", "氯"):
        with pytest.raises(Refused):
            checks.cas(wrong)


def test_supply_code_gb_t_38565():
    assert checks.supply_code("1010101") == "1010101"
    for wrong in ("4010101", "1000101", "101010", "1010101010101"):
        with pytest.raises(Refused):
            checks.supply_code(wrong)


@pytest.mark.parametrize("cell", [1, 6, "12", 16.0, "25", "20"])
def test_ls_products_are_taken(cell):
    assert values.read(OTHER.field("ls_score"), cell) == int(float(cell))


@pytest.mark.parametrize("cell", [7, 11, "13", 17, 18, "19", 24])
def test_an_ls_score_that_no_product_gives_is_refused_with_the_possible_ones(cell):
    with pytest.raises(Refused, match="1、2、3、4、5、6、8、9、10、12、15、16、20、25"):
        values.read(OTHER.field("ls_score"), cell)


def test_lec_products_of_the_standard_scores():
    for cell in ("70", 320.0 / 2 + 20, "0.05", "10000", "22.5"):
        assert values.read(OTHER.field("lec_score"), cell) == Decimal(str(cell))
    for impossible in ("320", "160"):  # the edges themselves can never occur
        with pytest.raises(Refused, match=r"标准分值的积"):
            values.read(OTHER.field("lec_score"), impossible)
    with pytest.raises(Refused, match="LEC 风险值 81 .*最近的值：80、84"):
        values.read(OTHER.field("lec_score"), 81)


def test_a_text_too_long_is_refused():
    with pytest.raises(Refused, match="太长"):
        values.read(Field("note", "备注", "Note"), "字" * (values.LONGEST_TEXT + 1))


@pytest.mark.parametrize(
    ("field", "cell", "says"),
    [
        (HEIGHT, "约300", "写 300"),
        (HEIGHT, "6O", "不认识的“O”.*数字 0"),
        (HEIGHT, "72丈", "不认识的“丈”"),
        (PEOPLE, "无", "没有就写 0，不知道就留空"),
        (OPENED, "2023.6", "只有年月.*补上日"),
        (OPENED, 2023.6, "只有年月.*补上日"),
        (OPENED, "2023年6月", "只有年月.*补上日"),
        (OPENED, "2023年", "只有年份.*补上月日"),
        (OPENED, "长期", "--map-value opened:长期=2199-12-31"),
        (OPENED, "长期有效", "--map-value opened:长期有效=2199-12-31"),
    ],
)
def test_a_refusal_says_how_to_mend_just_this_cell(field, cell, says):
    with pytest.raises(Refused) as refused:
        values.read(field, cell)
    assert re.search(says, str(refused.value)), str(refused.value)
