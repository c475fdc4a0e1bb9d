"""Sets this process's limits before anything large is imported, then becomes the reading process.

`python -m geodata.intake.confined MEMORY CPU_SECONDS RESULT`.
"""

from __future__ import annotations

import resource
import runpy
import sys


def main() -> None:
    """Limit address space, processor time, file size and core dumps; then run geodata.intake.reading."""
    memory, seconds = int(sys.argv.pop(1)), int(sys.argv.pop(1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    runpy.run_module("geodata.intake.reading", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
