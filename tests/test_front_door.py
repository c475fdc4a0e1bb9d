"""The front door on machines that lack something: one message, nothing installed, nothing half done."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from config import CHECKOUT

#: What every Debian has (all from Essential packages), and no more.
ESSENTIAL = (
    "sh", "cat", "cut", "date", "dirname", "env", "find", "flock", "grep", "head", "id", "kill", "mktemp", "readlink",
    "rm", "sed", "sha256sum", "sleep", "sort", "tail", "tee", "tr",
)  # fmt: skip


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout as git makes it, without .venv."""
    folder = tmp_path / "一张图 checkout"
    folder.mkdir()
    shutil.copy(CHECKOUT / "riskmap", folder)
    for path in (*CHECKOUT.glob("requirements*.txt"), CHECKOUT / "package-lock.json"):
        shutil.copy(path, folder)
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the programs of a bare machine, for PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ESSENTIAL:
        found = shutil.which(name, path="/usr/bin:/bin")
        assert found is not None, name
        (folder / name).symlink_to(found)
    return folder


def run(checkout: Path, programs: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the front door with nothing but `programs` to call."""
    return subprocess.run(
        [checkout / "riskmap", *arguments], env={"PATH": str(programs), "LC_ALL": "C.UTF-8"} | environ,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def python(programs: Path, answer: str) -> None:
    """Put a python3 there that answers every question with this exit code."""
    (programs / "python3").write_text(f"#!/bin/sh\n{answer}\n")
    (programs / "python3").chmod(0o755)


def test_it_is_a_shell_script_that_needs_no_bash() -> None:
    assert (CHECKOUT / "riskmap").read_text().startswith("#!/bin/sh\n")
    assert subprocess.run(["sh", "-n", CHECKOUT / "riskmap"], check=False).returncode == 0
    assert os.access(CHECKOUT / "riskmap", os.X_OK)


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)])
def test_asking_what_it_does_installs_nothing(checkout: Path, programs: Path, arguments: tuple[str, ...]) -> None:
    done = run(checkout, programs, *arguments)
    assert done.returncode == 0
    assert all(f"./riskmap {command}" in done.stdout for command in ("serve", "test", "check"))
    assert not (checkout / ".venv").exists()


def test_without_a_python_that_will_do_it_says_which_are_wanted(checkout: Path, programs: Path) -> None:
    for prepare in (lambda: None, lambda: python(programs, "exit 1")):
        prepare()
        done = run(checkout, programs, "serve")
        assert (done.returncode, done.stdout) == (1, "")
        assert "3.11" in done.stderr
        assert "3.13" in done.stderr


@pytest.mark.parametrize("command", ["serve", "test"])
def test_what_it_cannot_install_is_listed_at_once(checkout: Path, programs: Path, command: str) -> None:
    # Version questions are answered yes, the one for ensurepip no; there is neither apt nor sudo.
    python(programs, 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = run(checkout, programs, command)
    assert done.returncode == 1
    assert "python3-venv" in done.stderr
    assert not (checkout / ".venv").exists()


def test_check_answers_before_there_is_a_venv(checkout: Path, programs: Path) -> None:
    python(programs, 'case "$1" in --version) echo Python 3.11.2 ;; esac')
    done = run(checkout, programs, "check")
    assert done.returncode == 1
    assert "OK     Python：Python 3.11.2" in done.stdout
    assert "Failed Python 软件包" in done.stdout
    assert "./riskmap serve" in done.stdout
    assert not (checkout / ".venv").exists()


def test_with_a_server_of_ones_own_no_postgresql_is_asked_for(checkout: Path, programs: Path) -> None:
    python(programs, 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = run(checkout, programs, "serve", RISKMAP_DATABASE_URL="postgresql://office@db/riskmap")
    assert "python3-venv" in done.stderr
    assert "PostGIS" not in done.stderr
