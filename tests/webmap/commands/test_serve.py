"""serve as its user meets it: from an empty folder to the map, Ctrl-C, a kill of everything, and the next start."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from config import CHECKOUT


class Served:
    """One running `serve` on a free port, with what it has said."""

    def __init__(self, home: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self._environ = os.environ | {"PYTHONPATH": str(CHECKOUT), "RISKMAP_HOME": str(home), "LC_ALL": "C.UTF-8"}
        self._environ |= {"RISKMAP_PORT": str(self.port)}
        self._environ.pop("RISKMAP_DATABASE_URL", None)
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "webmap", "serve"], cwd="/", env=self._environ, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self.said = ""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line
            if "Ctrl-C" in line:
                break
        else:
            raise AssertionError(self.said)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command beside it, with the same settings."""
        command = [sys.executable, "-P", "-m", "webmap", *arguments]
        return subprocess.run(command, cwd="/", env=self._environ, capture_output=True, text=True, check=False)

    def answer(self, method: str, path: str, **headers: str) -> tuple[int, str]:
        """Ask it; the status and the cookie of the answer."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, headers=headers)
            with connection.getresponse() as answer:
                return answer.status, answer.getheader("Set-Cookie") or ""

    def family(self) -> list[int]:
        """It, its workers and, on Linux, nothing else: the database server is a process of its own."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [self.process.pid, *map(int, children)]

    def end(self) -> int:
        """Ctrl-C; answers the exit code."""
        os.kill(self.process.pid, signal.SIGINT)
        self.said += self.process.communicate(timeout=60)[0]
        return self.process.returncode


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder for the cluster."""
    folder = tmp_path_factory.mktemp("home")
    if os.geteuid() == 0:
        for place in (folder, folder.parent, folder.parent.parent):
            place.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def server_pid(home: Path) -> int:
    """The database server's process number."""
    return int((home / "cluster/data/postmaster.pid").read_text().split()[0])


def is_gone(pid: int) -> bool:
    """Whether no such process runs; one that nobody has collected yet is gone too."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() == b""
    except FileNotFoundError:
        return True


def test_from_nothing_to_the_map_and_back(home: Path) -> None:
    served = Served(home)
    try:
        assert "✓ 示例县" in served.said
        assert served.answer("GET", "/")[0] == 200
        assert served.answer("GET", "/readyz")[0] == 200
        assert served.answer("GET", "/", Host="evil.example")[0] == 403
        assert served.answer("POST", "/")[0] == 403
        link = re.search(r"\?token=\S+", served.said)
        assert link is not None
        status, cookie = served.answer("GET", f"/{link[0]}")
        assert (status, "HttpOnly" in cookie) == (303, True)
        check = served.command("check")
        assert check.returncode == 0, check.stdout
        assert "正在运行" in check.stdout
        assert "示例数据" in check.stdout
        database = server_pid(home)
        assert not is_gone(database), "check leaves the cluster as it found it"
    finally:
        code = served.end()
    assert code == 0
    assert is_gone(database), "the cluster stops with the last command"
    assert "Traceback" not in served.said


def test_after_a_kill_of_everything_the_next_start_recovers_and_keeps_the_data(home: Path) -> None:
    killed = Served(home)
    for pid in (*killed.family(), server_pid(home)):
        os.kill(pid, signal.SIGKILL)
    killed.process.communicate()
    served = Served(home)
    try:
        assert served.answer("GET", "/readyz")[0] == 200
        assert "示例县" not in served.said, "the sample is not loaded a second time"
    finally:
        assert served.end() == 0
