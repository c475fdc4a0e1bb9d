"""The examination: a line for each thing, what was found, and what to do where it fails."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from config import Settings
from webmap.checkup import Finding, examine


def findings(settings: Settings) -> dict[str, Finding]:
    """What was found, by title."""
    return {finding.title: finding for finding in examine(settings)}


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that another program listens on, which never answers."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield int(taken.getsockname()[1])


def test_where_everything_is_there_everything_is_in_order(database_url: str, free_port: int) -> None:
    found = findings(Settings(port=free_port, database_url=database_url))
    assert [finding for finding in found.values() if not finding.ok] == []
    assert {"Python", "Python 软件包", "浏览器库", "数据库", "PostGIS", "数据表迁移", "数据", "网址"} <= set(found)


def test_a_server_that_does_not_answer_says_so_and_the_rest_is_still_examined(free_port: int) -> None:
    found = findings(Settings(port=free_port, database_url="postgresql://nobody@127.0.0.1:1/riskmap"))
    assert not found["数据库"].ok
    assert found["数据库"].mend
    assert found["网址"].ok


def test_a_server_without_the_database_is_sent_to_serve(server_url: str, free_port: int) -> None:
    url = psycopg.conninfo.make_conninfo(server_url, dbname="not_there")
    found = findings(Settings(port=free_port, database_url=url))
    assert not found["数据库"].ok
    assert "./riskmap serve" in found["数据库"].mend


def test_a_database_without_its_tables_is_sent_to_serve(database_url: str, free_port: int) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("DELETE FROM public._yoyo_migration WHERE migration_id = '0001_roles'")
    found = findings(Settings(port=free_port, database_url=database_url))
    assert not found["数据表迁移"].ok
    assert "0001_roles" in found["数据表迁移"].found


def test_the_data_are_named_for_what_they_are(database_url: str, free_port: int) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("INSERT INTO riskmap.setting VALUES ('data', '\"sample\"')"
                           " ON CONFLICT (name) DO UPDATE SET value = excluded.value")  # fmt: skip
    assert findings(Settings(port=free_port, database_url=database_url))["数据"].found == "示例数据"


def test_a_host_that_others_reach_fails(database_url: str) -> None:
    assert not findings(Settings(host="0.0.0.0", database_url=database_url))["网址"].ok


def test_the_private_cluster_is_examined_where_no_server_is_given(tmp_path: Path, free_port: int) -> None:
    (tmp_path / "file").touch()
    found = findings(Settings(home=tmp_path / "file" / "home", port=free_port))
    assert not found["数据库"].ok, "a home inside a file cannot be made"
    assert found["PostgreSQL"].ok
    assert found["磁盘"].ok


def test_a_port_that_another_program_has_fails(database_url: str, taken_port: int) -> None:
    found = findings(Settings(port=taken_port, database_url=database_url))["网址"]
    assert not found.ok
    assert str(taken_port) in found.found
