"""`./riskmap test`: every check and every test, with one summary."""

from __future__ import annotations

import subprocess
import sys
import time

import click

from config import CHECKOUT

CHECKS = (
    ("ruff", ("ruff", "check", ".")),
    ("mypy --strict", ("mypy",)),
    ("pytest", ("pytest",)),
)


@click.command("test", context_settings={"ignore_unknown_options": True})
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def command(pytest_arguments: tuple[str, ...]) -> None:
    """运行全部检查与测试；其后的参数交给 pytest。

    Runs ruff, mypy and pytest, all of them even where one fails; exit 1 where one did. Arguments go to pytest:
    `./riskmap test tests/geodata -k tiles`.
    """
    lines = []
    failed = False
    for title, arguments in CHECKS:
        started = time.monotonic()
        click.echo(f"── {title}")
        extra = pytest_arguments if title == "pytest" else ()
        code = subprocess.call([sys.executable, "-m", *arguments, *extra], cwd=CHECKOUT)
        failed |= code != 0
        lines.append(f"{'Failed' if code else 'OK    '} {title}（{time.monotonic() - started:.0f} s）")
    click.echo("──")
    click.echo("\n".join(lines))
    if failed:
        sys.exit(1)
