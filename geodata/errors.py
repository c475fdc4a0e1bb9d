"""What a user is told when something is refused: what, where, and how to mend it."""

from __future__ import annotations


class Refused(Exception):
    """A refusal that a user sees. Nothing was lost or half done when it is raised.

    `what` is wrong, `where` (a file, row, field, setting; may be empty) and how to `mend` it (may be empty).
    """

    def __init__(self, what: str, where: str = "", mend: str = "") -> None:
        super().__init__(what, where, mend)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        sentence = f"{self.where}：{self.what}" if self.where else self.what
        return f"{sentence}。{self.mend}" if self.mend else sentence


class NotFound(Refused):
    """What was asked for by name or id is not there."""


class BadRequest(Refused):
    """A question that cannot be answered as it was put: an unknown parameter, a value out of its range."""


class Unavailable(Refused):
    """Something the machine must give is missing or does not answer: the cluster, the database, disk space."""
