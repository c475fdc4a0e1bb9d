"""The commands: each module of this folder that does not begin with `_` declares one `command`."""

from __future__ import annotations

import importlib
import pkgutil

import click


def discover() -> dict[str, click.Command]:
    """Read every command of this folder, by name. Raises TypeError for a module without one."""
    found: dict[str, click.Command] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name.startswith("_"):
            continue
        command = getattr(importlib.import_module(f"{__name__}.{module.name}"), "command", None)
        if not isinstance(command, click.Command) or not command.name:
            raise TypeError(f"webmap/commands/{module.name}.py must declare `command`, a named click.Command")
        found[command.name] = command
    return found
