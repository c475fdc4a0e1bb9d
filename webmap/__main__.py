"""The command line: `./riskmap COMMAND` ends here once the machine is prepared."""

from __future__ import annotations

import io
import os
import sys

import click

from config import SettingError, Settings
from geodata.errors import Refused
from webmap.commands import Commands


def main() -> None:
    """Run one command. Exit 0 done, 1 refused or failed with a sentence on stderr, 2 used wrongly."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal in GBK has no ✓ or m², and a file's name may be bytes of no text: a ? there ends no command.
        sys.stdout.reconfigure(errors="replace")
    try:
        settings = Settings.from_environ(os.environ)
    except SettingError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    try:
        Commands("riskmap", help="应急一张图：一个县的安全风险一张图。").main(prog_name="./riskmap", obj=settings)
    except Refused as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        # Before a command was far enough to say so itself; 130 is what a shell expects of Ctrl-C.
        sys.exit(130)


if __name__ == "__main__":
    main()
