"""Parameters of one composed statement: each value gets a name of its own, so nothing is ever put into the text."""

from __future__ import annotations

from typing import Any, LiteralString

from psycopg.sql import SQL, Composable, Placeholder


class Parameters:
    """Gathers the values of a statement; `add` answers the typed placeholder that stands for the value."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def add(self, value: Any, sql_type: LiteralString) -> Composable:
        """A placeholder for `value`, cast to `sql_type`."""
        name = f"p{len(self.values)}"
        self.values[name] = value
        return SQL("{}::{}").format(Placeholder(name), SQL(sql_type))
