"""Load from a second process: a list asked once (bench.client), or asked again and again for seconds (wrk)."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from config import CHECKOUT
from geodata.errors import Refused

#: Kept connections, the same for everyone.
CONNECTIONS = 8

#: wrk walks over the list; every thread and connection takes the next address.
_SCRIPT = """
local paths = {}
for line in io.lines(%s) do paths[#paths + 1] = line end
local i = math.floor(#paths * math.random())
request = function()
  i = i %% #paths + 1
  return wrk.format("GET", paths[i])
end
done = function(summary)
  io.write(string.format("\\nJSON{\\"requests\\":%%d,\\"microseconds\\":%%d,\\"bad\\":%%d}\\n", summary.requests,
    summary.duration, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
"""


@dataclass(frozen=True)
class Run:
    """One pass over the list: requests a second, milliseconds and bytes of each answer."""

    rate: float
    times: list[float]
    sizes: list[int]


def once(port: int, paths: list[str]) -> Run:
    """Ask the whole list once. Raises Refused where an answer is not 200."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.client", "127.0.0.1", str(port), str(CONNECTIONS)], cwd=CHECKOUT,
        input="\n".join(paths), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Refused(f"测量没有完成：{done.stderr.strip().splitlines()[-1]}", f"127.0.0.1:{port}")
    found = json.loads(done.stdout)
    return Run(len(paths) / found["seconds"], found["times"], found["sizes"])


def for_seconds(port: int, paths: list[str], seconds: int, folder: Path) -> float:
    """Requests a second that wrk gets over the list. Raises Refused where an answer is not 200."""
    listed, script = folder / f"{port}.txt", folder / f"{port}.lua"
    listed.write_text("\n".join(paths), encoding="ascii")
    script.write_text(_SCRIPT % json.dumps(str(listed)), encoding="ascii")
    done = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", str(script), f"http://127.0.0.1:{port}"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    mark = done.stdout.rpartition("JSON")[2].strip()
    if done.returncode or not mark.startswith("{"):
        raise Refused(f"wrk 没有完成：{(done.stderr or done.stdout).strip()[-300:]}", f"127.0.0.1:{port}")
    found = json.loads(mark)
    if found["bad"] or not found["requests"]:
        raise Refused(f"{found['bad']} 次请求没有得到答复", f"127.0.0.1:{port}")
    return float(found["requests"] / found["microseconds"] * 1_000_000)
