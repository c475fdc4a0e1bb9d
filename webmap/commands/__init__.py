"""The commands: each module of this folder that does not begin with `_` declares one `command`."""

from __future__ import annotations

import importlib
import pkgutil

import click


def names() -> dict[str, str]:
    """Name of each command and the module that declares it: `import_osm.py` is `import-osm`, `import_.py` `import`."""
    modules = [module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")]
    return {module.rstrip("_").replace("_", "-"): module for module in modules}


def load(name: str) -> click.Command:
    """The command `name`. Raises KeyError where there is none, TypeError where its module declares another."""
    module = names()[name]
    command = getattr(importlib.import_module(f"{__name__}.{module}"), "command", None)
    if not isinstance(command, click.Command) or command.name != name:
        raise TypeError(f"webmap/commands/{module}.py must declare `command`, a click.Command named {name!r}")
    return command


def discover() -> dict[str, click.Command]:
    """Every command by name, all of them imported; what the tests over the commands walk."""
    return {name: load(name) for name in names()}


class Commands(click.Group):
    """The whole command line. Only the command that is asked for is imported, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name, in alphabetical order."""
        return sorted(names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        return load(cmd_name) if cmd_name in names() else None
