"""Commands in the environments that people really have: other PG variables, an odd umask, a terminal in GBK."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import CHECKOUT


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for one cluster, made under a umask that lets nobody else read."""
    folder = tmp_path_factory.mktemp("home") / "数据 一"
    if os.geteuid() == 0:
        for place in (folder.parent, folder.parent.parent, folder.parent.parent.parent):
            place.chmod(0o711)
        folder.mkdir(mode=0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def run(
    home: Path, *arguments: str | bytes, environ: dict[str, str] | None = None, umask: int = 0o022
) -> subprocess.CompletedProcess[bytes]:
    given = os.environ | {"PYTHONPATH": str(CHECKOUT), "RISKMAP_HOME": str(home)} | (environ or {})
    given.pop("RISKMAP_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "-P", "-m", "webmap", *arguments], cwd="/", env=given, capture_output=True, check=False,
        umask=umask,
    )  # fmt: skip


def test_a_umask_of_077_and_a_home_with_chinese_and_a_space(home: Path) -> None:
    done = run(home, "grade", umask=0o077)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize(
    "environ",
    [{"PGSERVICE": "none"}, {"PGOPTIONS": "-cfoo=bar"}, {"PGCLIENTENCODING": "SQL_ASCII"}, {"PGCLIENTENCODING": "GBK"},
     {"PGHOST": "example", "PGUSER": "nobody", "PGPORT": "1"}],
)  # fmt: skip
def test_the_private_cluster_is_not_what_other_programs_variables_say(home: Path, environ: dict[str, str]) -> None:
    done = run(home, "grade", environ=environ)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_a_file_whose_name_is_no_text_and_a_terminal_of_another_encoding(home: Path, encoding: str) -> None:
    place = home.parent.parent / "矿山".encode("gbk").decode("utf-8", "surrogateescape")
    place.mkdir(exist_ok=True)
    table = place / "m².csv"
    table.write_text("编码,名称\nA,甲\nA,乙\n", encoding="utf-8")
    done = run(home, "import", "mines", os.fsencode(table), environ={"PYTHONIOENCODING": encoding})
    assert b"Traceback" not in done.stderr and done.returncode in (0, 1), done.stderr.decode(errors="replace")


def test_a_home_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        folder = Path("/proc/self")  # a folder where even root makes no file
    else:
        folder = tmp_path
        folder.chmod(0o500)
    done = run(folder, "grade")
    assert done.returncode == 1 and b"Traceback" not in done.stderr
    assert "RISKMAP_HOME" in done.stderr.decode()
