"""Files into a real database: taken, refused with all their reasons, or rolled back."""

from decimal import Decimal

import pytest

from geodata.errors import Refused
from geodata.intake import isolation, options, refusals
from geodata.intake.sheets import Request
from geodata.store import settings
from tests.geodata.intake.importing import DAMS, GOOD, HEAD, counts, load, stored


def test_added_then_unchanged_then_changed(connection, table):
    assert counts(load(connection, table([HEAD, GOOD]))) == (1, 0, 0, 0)
    assert counts(load(connection, table([HEAD, GOOD]))) == (0, 0, 1, 0)
    taller = [*GOOD[:3], "36", *GOOD[4:]]
    assert counts(load(connection, table([HEAD, taller]))) == (0, 1, 0, 0)
    assert stored(connection, "code, name, height_m, capacity_10k_m3, ST_AsText(geom), position_source") == [
        (f"{DAMS.prefix}-0001", "大沟尾矿库", Decimal("36"), Decimal("120"), "POINT(115.03 42.3)", "WGS 84")
    ]


def test_the_file_is_kept_with_its_sum_and_counts(connection, table):
    path = table([HEAD, GOOD, ["", "115", "42", "1", "1", ""]])
    load(connection, path)
    kept = connection.execute("SELECT file_name, file, length(sha256), added, refused FROM riskmap.import").fetchall()
    assert kept == [(path.name, path.read_bytes(), 64, 1, 1)]


def test_dry_run_counts_and_leaves_nothing(connection, table):
    assert counts(load(connection, table([HEAD, GOOD]), dry_run=True)) == (1, 0, 0, 0)
    assert stored(connection, "code") == []
    assert connection.execute("SELECT count(*) FROM riskmap.import").fetchone() == (0,)
    assert settings.get(connection, "data") == "empty"


def test_a_refused_row_says_everything_and_the_others_go_in(connection, table, tmp_path):
    bad = ["小沟", "115.1", "", "高", "-5", "漂浮"]
    outcome = load(connection, table([HEAD, GOOD, bad]))
    assert counts(outcome) == (1, 0, 0, 1)
    refusal = outcome.refused[0]
    assert refusal.row == 3
    assert {problem.field for problem in refusal.problems} == {
        "坝高(m)",
        "全库容(万m³)",
        "运行状况",
        "经度(WGS84)、纬度(WGS84)",
    }
    assert all(problem.mend for problem in refusal.problems)
    refusals.write(tmp_path / "退回.xlsx", outcome.tables, outcome.notes)
    sheet = isolation.read(Request(tmp_path / "退回.xlsx"))[0]
    assert sheet.rows[0] == [*HEAD, "行号", "字段", "原因", "怎样改"]
    assert sheet.rows[1][:2] == ["小沟", "115.1"] and sheet.rows[1][6] == 3


def test_the_mended_report_can_be_imported(connection, table, workbook):
    outcome = load(connection, table([HEAD, GOOD, ["小沟", "115.1", "", "12", "5", ""]]))
    row = outcome.refused[0]
    mended = [*row.cells[:2], "42.1", *row.cells[3:], row.row, "…", "…", "…"]
    assert counts(load(connection, workbook({"表": [[*HEAD, "行号", "字段", "原因", "怎样改"], mended]}))) == (
        1,
        0,
        0,
        0,
    )


def test_nothing_taken_leaves_the_database_as_it_was(connection, table):
    assert counts(load(connection, table([HEAD, ["", "1", "2", "3", "4", ""]]))) == (0, 0, 0, 1)
    assert settings.get(connection, "data") == "empty"


def test_refused_while_the_sample_is_loaded(connection, table):
    settings.put(connection, "data", "sample")
    connection.commit()
    with pytest.raises(Refused, match="sample --remove"):
        load(connection, table([HEAD, GOOD]))
    assert stored(connection, "code") == []


def test_map_with_units_values_and_fixed(connection, table):
    path = table([["NOME", "ALT", "VOL", "SIT"], ["Dique", "22.00", '"27,700,000.00"', "Ativa"]])
    outcome = load(
        connection,
        path,
        columns=options.columns(["name=NOME", "height_m=ALT", "capacity_10k_m3=VOL [m³]", "state=SIT"]),
        spelt=options.spelt([f"state:ativa={DAMS.field('state').choices[0].title}"]),
        fixed=options.fixed(["source=登记册"]),
    )
    assert counts(outcome) == (1, 0, 0, 0)
    assert stored(connection, "height_m, capacity_10k_m3, state, source") == [
        (Decimal("22.00"), Decimal("2770"), DAMS.field("state").choices[0].code, "登记册")
    ]


def test_a_heading_without_name_is_refused_with_proposals(connection, table):
    with pytest.raises(Refused, match="找不到“名称.*这些列是：坝名、坝高"):
        load(connection, table([["坝名", "坝高"], ["大沟", "1"]]))


def test_remarks_totals_and_merged_values(connection, workbook):
    rows = [
        ["2026年尾矿库台账", None, None],
        ["名称", "乡镇", "坝高"],
        ["大沟", "东乡", 35],
        ["小沟", None, 12],
        ["合计", None, 47],
        ["填表人：示例值班员", None, None],
    ]
    path = workbook({"台账": rows}, {"A1:C1": "2026年尾矿库台账", "B3:B4": "东乡"})
    assert counts(load(connection, path)) == (2, 0, 0, 0)
    assert stored(connection, "name, address") == [("大沟", "东乡"), ("小沟", "东乡")]


def test_fields_may_be_called_by_their_titles_and_wrong_ones_are_proposed(connection, table):
    path = table([["库名", "高", *HEAD[1:3]], ["大沟", "35", *GOOD[1:3]]])
    said = {
        "columns": options.columns(["名称=库名", "坝高=高"]), "fixed": options.fixed(["运行状况=运行"]),
        "spelt": options.spelt(["坝高:35=36"]),
    }  # fmt: skip
    assert counts(load(connection, path, **said)) == (1, 0, 0, 0)
    assert stored(connection, "name, height_m, state") == [("大沟", Decimal("36"), "operating")]
    for wrong in (
        {"columns": options.columns(["坝髙度=高"])}, {"fixed": options.fixed(["height=1"])},
        {"spelt": options.spelt(["heightm:1=2"])},
    ):  # fmt: skip
        with pytest.raises(Refused, match="没有字段") as refused:
            load(connection, path, **wrong)
        assert "height_m（坝高）" in refused.value.mend.split("；")[0]


def test_headings_in_a_wrong_encoding_are_suspected(connection, table):
    with pytest.raises(Refused, match="编码 gb18030.*像乱码就加 --encoding"):
        load(connection, table([["名稱", "經度"], ["測試", "115"]], "big5"))
