"""The private cluster's settings: a socket and no network, sized to this machine."""

from __future__ import annotations

import os
from pathlib import Path

MEGABYTE = 1024 * 1024


def memory_megabytes() -> int:
    """Memory of this machine in MB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE


def settings_text(sockets: Path, durable: bool, memory: int) -> str:
    """Text of the settings file. `memory` in MB; `durable` False gives up crash safety for speed (tests)."""
    shared = max(64, min(1024, memory // 4))
    work = max(8, min(64, memory // 256))
    settings = {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{sockets}'",
        "port": "5432",
        "max_connections": "60",
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{max(128, memory // 2)}MB",
        "work_mem": f"{work}MB",
        "maintenance_work_mem": f"{max(64, min(512, memory // 16))}MB",
        # Tiles are many short queries: compiling each costs more than it gives.
        "jit": "off",
        "random_page_cost": "1.1",
        # Nobody replicates a private cluster, and COPY into a table made in the same transaction then needs no WAL.
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "max_wal_size": "2GB",
        "wal_compression": "on",
        "timezone": "'Asia/Shanghai'",
        "log_timezone": "'Asia/Shanghai'",
        "lc_messages": "'C'",
        "log_line_prefix": "'%t [%p] '",
    }
    if not durable:
        settings |= {
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB",
            "max_connections": "100",
        }  # fmt: skip
    lines = [f"{name} = {value}" for name, value in settings.items()]
    return "\n".join(["# Written at every start; changes here are lost.", *lines, ""])
