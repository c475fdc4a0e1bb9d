"""`./riskmap check`: does it work here, line by line."""

from __future__ import annotations

import sys

import click

from config import Settings
from webmap.checkup import Finding, examine


@click.command("check")
@click.pass_obj
def command(settings: Settings) -> None:
    """逐项检查本机：OK 或 Failed，以及怎样处理。

    Examines Python, packages, PostgreSQL and PostGIS, the database, browser libraries, disk and port. Exit 1 where an
    item fails. Nothing is installed or changed.
    """
    failed = 0
    for finding in examine(settings):
        click.echo(_line(finding))
        failed += not finding.ok
    if failed:
        click.echo(f"{failed} 项需要处理", err=True)
        sys.exit(1)


def _line(finding: Finding) -> str:
    word = "OK    " if finding.ok else "Failed"
    line = f"{word} {finding.title}：{finding.found}"
    return line if finding.ok or not finding.mend else f"{line}。{finding.mend}"
