"""The command line: every file of the folder is a command, has its help, and ends with 0, 1 or 2."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from config import CHECKOUT
from webmap import commands

NAMES = sorted(commands.names())


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as the front door does."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "webmap", *arguments], cwd="/", capture_output=True, text=True, timeout=120,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "LC_ALL": "C.UTF-8"} | environ, check=False,
    )  # fmt: skip


def test_the_commands_of_the_contract_are_there() -> None:
    assert {"serve", "test", "check", "import", "import-osm", "export", "grade", "sample"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_a_command_does(name: str) -> None:
    command = commands.load(name)
    assert command.help, f"{name} has no help"


def test_help_of_the_whole_lists_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(f"  {name}" in done.stdout for name in NAMES)


@pytest.mark.parametrize("arguments", [("nothing",), ("serve", "--port", "0"), ("serve", "--colour"), ("check", "all")])
def test_a_command_used_wrongly_ends_with_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_ends_with_2_and_names_the_variable() -> None:
    done = run("check", RISKMAP_PORT="eighty")
    assert done.returncode == 2
    assert "RISKMAP_PORT" in done.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "10.0.0.5"])
def test_serve_refuses_a_host_that_others_reach_before_it_starts_anything(host: str) -> None:
    done = run("serve", "--host", host)
    assert (done.returncode, done.stdout) == (1, "")
    assert "RISKMAP_HOST" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_refuses_a_taken_port_before_it_starts_anything() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port))
    assert done.returncode == 1
    assert str(port) in done.stderr
    assert "--port" in done.stderr
