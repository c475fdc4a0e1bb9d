"""`./riskmap grade` as a user runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

import layers
from config import Settings
from geodata.errors import Refused
from geodata.store import database
from geodata.store.records import write
from webmap import session
from webmap.commands import grade


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command on a database with two roads and two mines."""
    with database.connect(database_url) as connection:
        roads = [{"code": f"R{depth}", "name": f"{depth} 厘米", "depth_max_3y_cm": depth} for depth in (10, 30)]
        write(connection, layers.ALL["flood_roads"], roads, "示例值班员")
        mines = [{"code": "M1", "name": "一号矿", "kind": "noncoal", "safety_class": "D"},
                 {"code": "M2", "name": "二号矿"}]
        write(connection, layers.ALL["mines"], mines, "示例值班员")

    @contextmanager
    def ready(settings: Settings) -> Iterator[str]:
        yield database_url

    monkeypatch.setattr(session, "ready_database", ready)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(grade.command, arguments, obj=Settings.from_environ({}))

    return invoke


def rules(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM riskmap.rule").fetchone()
    assert row
    return int(row[0])


def test_regrading_prints_counts_with_the_unknown_apart(run: Any) -> None:
    result = run("mines", "flood_roads")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        "矿山：红 1，橙 0，黄 0，蓝 0，未知 1；共 2，变化 2",
        "易积水路段：红 0，橙 1，黄 0，蓝 1，未知 0；共 2，变化 2",
    ]


def test_why(run: Any) -> None:
    run()
    lines = run("--why", "mines", "M1").output.splitlines()
    assert lines[0].startswith("一号矿（M1）：红 1 重大")
    assert lines[2].split()[:2] == ["等级", "因素"]
    assert lines[3].startswith("红 1 重大") and "D类 为红" in lines[3] and "矿安〔2023〕1号" in lines[3]
    assert "未知" in lines[-1]


def test_a_preview_saves_nothing_and_a_rule_is_saved(run: Any, database_url: str) -> None:
    run()
    change = ("--rule", "flood_roads.depth_history=5,20,30", "--source", "县交警大队〔2026〕3号")
    preview = run(*change, "--preview")
    assert "会有 2 个对象变级" in preview.output and "R30 30 厘米：橙 2 较大 → 红 1 重大" in preview.output
    assert rules(database_url) == 0
    saved = run(*change)
    assert saved.exit_code == 0 and "已存为规则 1；易积水路段 变化 2" in saved.output
    assert rules(database_url) == 1
    assert "红 1，橙 0，黄 1" in run("flood_roads").output


def test_a_standards_threshold_is_refused_with_its_name(run: Any, database_url: str) -> None:
    result = run("--rule", "chemical_sites.major_hazard_source=1,2,3", "--source", "x")
    assert isinstance(result.exception, Refused) and "GB 18218-2018" in str(result.exception)
    assert rules(database_url) == 0


@pytest.mark.parametrize("arguments", [("--preview",), ("--rule", "depth=1"), ("mines", "--why", "mines", "M1")])
def test_wrong_use_is_exit_2(run: Any, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [("shelters",), ("--why", "mines", "M9")])
def test_unknown_names_are_refused(run: Any, arguments: tuple[str, ...]) -> None:
    assert isinstance(run(*arguments).exception, Refused)
