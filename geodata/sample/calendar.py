"""Dates of the sample: permits expire and readings grow old, so they are counted from the day of loading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days and hours counted from `now` (with its zone)."""

    now: datetime

    @classmethod
    def today(cls) -> Calendar:
        """The calendar of this moment in Asia/Shanghai."""
        return cls(datetime.now(ZONE).replace(second=0, microsecond=0))

    def day(self, days: int | None) -> date | None:
        """The day `days` after today (before, where negative); None stays None."""
        return None if days is None else (self.now + timedelta(days=days)).date()

    def hour(self, hours: float | None) -> datetime | None:
        """The moment `hours` after now (before, where negative); None stays None."""
        return None if hours is None else self.now + timedelta(hours=hours)
