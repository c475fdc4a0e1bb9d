"""`./riskmap bench NAME`: measures ours beside what a user would pick instead, in one run."""

from __future__ import annotations

import importlib
import json
from pathlib import Path
from typing import Any

import click

from config import Settings
from geodata.errors import Refused
from webmap import session
from webmap.progress import Steps

#: What can be measured. Each is a module of bench/ with `run(url, report) -> list of results`.
NAMES = ("tiles", "view")


@click.command("bench")
@click.argument("name", type=click.Choice(NAMES))
@click.option("--json", "file", type=click.Path(dir_okay=False, path_type=Path), help="File for the results as JSON.")
@click.pass_obj
def command(settings: Settings, name: str, file: Path | None) -> None:
    """并排测量：瓦片（tiles）或首屏（view）。比值达不到目标时退出码为 1。

    The databases it measures on are made beside the user's own the first time (1,000 counties take some minutes);
    nothing of the user's is touched. What to compare with: pip install -r requirements-bench.txt, nginx, wrk.
    """
    # Named at run time: bench/ stands beside the application and needs more than it does.
    try:
        module = importlib.import_module(f"bench.{name}")
    except ModuleNotFoundError as error:
        raise Refused(
            f"缺少 Python 包 {error.name}", f"bench {name}", "请先运行 .venv/bin/pip install -r requirements-bench.txt"
        ) from error
    with session.running_database(settings) as url, Steps().step(f"测量 {name}") as report:
        results = [result.as_json() for result in module.run(url, report)]
    if file is not None:
        file.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for result in results:
        click.echo(_line(result))
    if any(result["met"] is False for result in results):
        raise SystemExit(1)


def _line(result: dict[str, Any]) -> str:
    """One result on one line: 名称  ours : peer = ratio（目标）."""
    line = f"{result['name']}：{result['ours']:,.1f} {result['unit']}"
    if result["peer"] is not None:
        line += f"，{result['peer_name']} {result['peer']:,.1f}，比值 {result['ratio']:.2f}"
    if result["goal"]:
        line += f"（目标 {result['goal']}，{'达到' if result['met'] else '没有达到'}）"
    return f"{line}，n = {result['n']}"
