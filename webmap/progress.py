"""What a start tells: one line a step, with what is being done and the seconds it took."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

#: On a terminal the line under way is written over; a line longer than this would wrap and stay.
WIDEST = 100
CLEAR = "\r\x1b[K"


class Steps:
    """Writes the steps of one start to a stream, the same way as the front door does before Python is there."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._terminal = stream.isatty()

    @contextmanager
    def step(self, title: str) -> Iterator[Callable[[str], None]]:
        """One step; the block gets a function that takes a sentence about how far it is."""
        started = time.monotonic()
        last = ""

        def say(sentence: str) -> None:
            nonlocal last
            last = sentence
            if self._terminal:
                line = f"  {title} … {time.monotonic() - started:.0f} s  {sentence}"
                self._write(CLEAR + line[:WIDEST])

        say("")
        try:
            yield say
        except BaseException:
            self._write(f"{CLEAR if self._terminal else ''}✗ {title}（{time.monotonic() - started:.1f} s）\n")
            raise
        tail = f"：{last}" if last else ""
        start = CLEAR if self._terminal else ""
        self._write(f"{start}✓ {title}（{time.monotonic() - started:.1f} s）{tail}\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
