"""`./riskmap import` and `export` from the outside: what they print and how they end."""

import shlex
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from config import Settings
from geodata.errors import Refused
from geodata.intake import loading
from geodata.store import database, settings
from webmap.commands import discover

HEAD = "名称,经度,纬度,坝高(m)\n"


@pytest.fixture
def run(database_url):
    settings = Settings(database_url=database_url)

    def invoke(*arguments: str) -> Result:
        command, *rest = arguments
        return CliRunner().invoke(discover()[command], rest, obj=settings)

    return invoke


@pytest.fixture
def dams(tmp_path) -> Path:
    path = tmp_path / "尾矿库.csv"
    path.write_bytes((HEAD + "大沟,115.03,42.3,35.5\n小沟,115.1,,高\n").encode("gbk"))
    return path


def test_import_tells_counts_and_writes_the_report(run, dams, tmp_path):
    report = tmp_path / "退回.xlsx"
    done = run("import", "tailings_dams", str(dams), "--crs", "WGS84", "--report", str(report))
    assert done.exit_code == 0, done.output
    assert "编码 gb18030" in done.output and "坐标系：WGS 84" in done.output
    assert "第 3 行" in done.output and "尾矿库：新增 1，更改 0，未变 0，退回 1" in done.output
    assert report.stat().st_size > 0


def test_dry_run_says_so_and_writes_nothing(run, dams):
    for _ in range(2):
        done = run("import", "tailings_dams", str(dams), "--crs", "WGS84", "--dry-run")
        assert done.exit_code == 0 and "试运行（没有写入）：新增 1" in done.output


def test_a_file_refused_as_a_whole_is_one_sentence(run, dams):
    done = run("import", "tailings_dams", str(dams))
    assert isinstance(done.exception, Refused) and "请加 --crs" in str(done.exception)


def test_nothing_taken_ends_with_1(run, dams):
    dams.write_text(HEAD + ",115,42,1\n", "utf-8")
    assert run("import", "tailings_dams", str(dams), "--crs", "WGS84").exit_code == 1


@pytest.mark.parametrize(
    "arguments", [("import",), ("import", "volcanoes", "x.csv"), ("export", "mines"), ("export", "x", "y")]
)
def test_used_wrongly_ends_with_2(run, arguments):
    assert run(*arguments).exit_code == 2


def test_out_and_in_again(run, dams, tmp_path):
    run("import", "tailings_dams", str(dams), "--crs", "WGS84")
    for name in ("库.xlsx", "库.geojson"):
        out = run("export", "tailings_dams", str(tmp_path / name))
        assert out.exit_code == 0 and "1 条" in out.output
        assert "新增 0，更改 0，未变 1，退回 0" in run("import", "tailings_dams", str(tmp_path / name)).output


def test_the_county_is_named_and_asked_for(run, database_url, tmp_path):
    path = tmp_path / "乡镇.csv"
    path.write_text("名称,几何(WKT)\n东镇,\"POLYGON((115 42,115.1 42,115.1 42.1,115 42))\"\n", "utf-8")
    assert "加 --county 某某县" in run("import", "townships", str(path), "--crs", "WGS84").output
    named = run("import", "townships", str(path), "--crs", "WGS84", "--county", "东川县")
    assert named.exit_code == 0 and "--county" not in named.output
    with database.connect(database_url) as connection:
        assert settings.get(connection, "county") == "东川县"
    run("import", "townships", str(path), "--crs", "WGS84", "--county", "西川县", "--dry-run")
    with database.connect(database_url) as connection:
        assert settings.get(connection, "county") == "东川县"


def test_an_interrupted_import_says_that_nothing_was_written(run, dams, monkeypatch):
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "load_file", interrupted)
    done = run("import", "tailings_dams", str(dams), "--crs", "WGS84")
    assert done.exit_code == 130 and "已中断，没有写入" in done.output


def test_the_report_says_how_it_comes_back_in(run, dams, tmp_path):
    report = tmp_path / "退回 库.xlsx"
    run("import", "tailings_dams", str(dams), "--crs", "WGS84", "--map", "height_m=坝高(m)", "--report", str(report))
    notes = [row[0].value for row in openpyxl.load_workbook(report)["说明"].iter_rows()]
    told = next(note for note in notes if note.startswith("改好后导入："))
    words = shlex.split(told.removeprefix("改好后导入："))
    assert words[:3] == ["./riskmap", "import", "tailings_dams"]
    again = run(*words[1:], "--dry-run")
    assert "坝高(m)：“高”不是一个数" in again.output and "--crs WGS84" in told
