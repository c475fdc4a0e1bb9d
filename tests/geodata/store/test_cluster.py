"""The private cluster: made, shared, stopped by the last, recovered after a kill, refused with a way out."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import CHECKOUT
from geodata.errors import Unavailable
from geodata.store import binaries, cluster, database
from geodata.store.account import cluster_account
from geodata.store.location import LONGEST_SOCKET_PATH, SOCKET_NAME, locate

HOLD = """
import sys, time
from pathlib import Path
from geodata.store import cluster
with cluster.attached(Path(sys.argv[1])):
    print("attached", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home whose cluster is made once; each test starts and stops it."""
    folder = tmp_path_factory.mktemp("home")
    for place in (folder, folder.parent, folder.parent.parent):
        if os.geteuid() == 0:
            place.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def hold(home: Path) -> subprocess.Popen[str]:
    """Another process that is attached until its input ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "attached\n"
    return holder


def running(home: Path) -> bool:
    account = cluster_account()
    return cluster.is_running(locate(home, account), account)


def test_it_runs_inside_the_block_and_is_stopped_after_it(home: Path) -> None:
    said: list[str] = []
    with cluster.attached(home, said.append, durable=False) as location:
        with database.connect(location.url_of("postgres")) as connection:
            row = connection.execute(
                "SELECT current_setting('listen_addresses'), current_setting('jit'), current_setting('TimeZone')"
            ).fetchone()
        assert row == ("", "off", "Asia/Shanghai")
        assert running(home)
    assert not running(home)
    assert any(str(location.data) in sentence for sentence in said)


def test_the_server_never_runs_as_root(home: Path) -> None:
    with cluster.attached(home, durable=False) as location:
        pid = int((location.data / "postmaster.pid").read_text().split()[0])
        assert os.stat(f"/proc/{pid}").st_uid != 0


def test_whoever_leaves_last_stops_it(home: Path) -> None:
    holder = hold(home)
    with cluster.attached(home, durable=False):
        pass
    assert running(home), "another process still uses it"
    holder.communicate("")
    assert holder.returncode == 0
    assert not running(home)


def test_two_commands_at_the_same_moment_share_one_server(home: Path) -> None:
    holders = [
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(home)], cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        for _ in range(6)
    ]
    for holder in holders:
        holder.communicate(b"")
    assert [holder.returncode for holder in holders] == [0] * len(holders)
    assert not running(home)


def test_after_a_kill_of_everything_the_next_start_recovers_and_has_what_was_committed(home: Path) -> None:
    holder = hold(home)
    location = locate(home, cluster_account())
    with database.connect(location.url_of("postgres"), autocommit=True) as connection:
        connection.execute("DROP TABLE IF EXISTS kept")
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    server = int((location.data / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    for pid in (holder.pid, server, *map(int, children)):
        with contextlib.suppress(ProcessLookupError):  # the server's children end by themselves without it
            os.kill(pid, signal.SIGKILL)
    holder.communicate()
    while Path(f"/proc/{server}/cmdline").exists() and Path(f"/proc/{server}/cmdline").read_bytes():
        time.sleep(0.01)
    assert (location.data / "postmaster.pid").exists(), "a killed server leaves its file"
    # Its number may by now belong to any other program: this test's own stands for one.
    lines = (location.data / "postmaster.pid").read_text().splitlines()
    (location.data / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with cluster.attached(home), database.connect(location.url_of("postgres")) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_a_server_killed_under_its_connections_is_started_again_at_once(home: Path) -> None:
    with cluster.attached(home) as location, database.connect(location.url_of("postgres")) as connection:
        connection.execute("SELECT 1")
        server = int((location.data / "postmaster.pid").read_text().split()[0])
        os.kill(server, signal.SIGKILL)
        holder = hold(home)
        assert running(home)
        connection.close()
    holder.communicate("")
    assert not running(home)


def test_half_an_initdb_is_not_taken_for_a_cluster(home: Path) -> None:
    location = locate(home, cluster_account())
    kept = location.data.with_name("kept")
    location.data.rename(kept)
    half = location.data.with_name("data.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("15\n")
    with cluster.attached(home, durable=False) as again, database.connect(again.url_of("postgres")) as connection:
        assert connection.execute("SELECT to_regclass('kept')").fetchone() == (None,)
    shutil.rmtree(location.data)
    kept.rename(location.data)


def test_a_cluster_of_a_version_that_is_gone_is_a_sentence_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "PG_VERSION").write_text("9\n")
    with pytest.raises(Unavailable) as refusal:
        cluster.binaries_for(tmp_path)
    assert "PostgreSQL 9" in refusal.value.what
    assert "pg_upgrade" in refusal.value.mend
    assert refusal.value.where == str(tmp_path)


def test_without_postgresql_the_answer_is_what_to_install(tmp_path: Path) -> None:
    assert binaries.installed(tmp_path, tmp_path) == []


def test_versions_are_found_newest_first_with_their_postgis(tmp_path: Path) -> None:
    for version in ("9", "15", "17"):
        (tmp_path / version / "bin").mkdir(parents=True)
        for program in ("initdb", "postgres"):
            (tmp_path / version / "bin" / program).touch()
    (tmp_path / "15/extension").mkdir()
    (tmp_path / "15/extension/postgis.control").touch()
    found = binaries.installed(tmp_path, tmp_path)
    assert [(b.version, b.has_postgis) for b in found] == [(17, False), (15, True), (9, False)]


def test_the_socket_path_fits_however_long_the_home_is(tmp_path: Path) -> None:
    home = tmp_path / ("很长的文件夹" * 10)
    if os.geteuid() == 0:
        for place in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
            place.chmod(0o711)
    location = locate(home, cluster_account())
    assert len(os.fsencode(location.sockets / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
    location.sockets.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops to another account")
def test_a_home_that_the_account_cannot_enter_gets_its_cluster_elsewhere(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    location = locate(tmp_path / "home", cluster_account())
    try:
        assert location.elsewhere
        assert not location.data.is_relative_to(tmp_path)
        assert location.data.parent.stat().st_uid == cluster_account().uid
    finally:
        location.sockets.rmdir()
        location.data.parent.rmdir()


def test_a_folder_that_another_account_has_made_is_refused(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        (tmp_path / "cluster").mkdir()
        os.chown(tmp_path / "cluster", 12345, 12345)
        for place in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
            place.chmod(0o711)
        with pytest.raises(Unavailable, match="另一个用户"):
            locate(tmp_path, cluster_account())
    else:
        with pytest.raises(Unavailable):
            locate(Path("/"), cluster_account())
