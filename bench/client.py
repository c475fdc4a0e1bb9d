"""Asks a list of addresses once, over a few kept connections, and tells how long each took.

Run as a process of its own (`python -m bench.client HOST PORT CONNECTIONS < paths`), so that it never shares a thread
with what it measures. Answers JSON: seconds, milliseconds of each request, bytes of each answer.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


async def ask(host: str, port: int, connections: int, paths: list[str]) -> dict[str, object]:
    """Ask every path once; RuntimeError for an answer that is not 200 or 204."""
    waiting = list(reversed(paths))
    times: list[float] = []
    sizes: list[int] = []

    async def one_connection() -> None:
        reader, writer = await asyncio.open_connection(host, port)
        while waiting:
            path = waiting.pop()
            began = time.perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: */*\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            status, length = int(head.split(None, 2)[1]), _LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length else b""
            if status not in (200, 204):
                raise RuntimeError(f"{path}: {status} {body[:300]!r}")
            times.append((time.perf_counter() - began) * 1000)
            sizes.append(len(body))
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(one_connection() for _ in range(connections)))
    return {"seconds": time.perf_counter() - began, "times": times, "sizes": sizes}


if __name__ == "__main__":
    host, port, connections = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    print(json.dumps(asyncio.run(ask(host, port, connections, sys.stdin.read().split()))))
