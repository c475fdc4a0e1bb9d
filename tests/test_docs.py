"""The documents say what is there: settings, commands, layers, paths, links; and the two READMEs say the same."""

from __future__ import annotations

import re
from collections import Counter

import pytest

import layers
from config import CHECKOUT, MEANING
from webmap import commands

DOCUMENTS = ("README.md", "README.zh.md", "DESIGN.md", "CHANGES.md")
TWINS = ("README.md", "README.zh.md")


def text(name: str) -> str:
    return (CHECKOUT / name).read_text("utf-8")


def fences(document: str) -> list[list[str]]:
    """Lines of each fenced block."""
    return [block.splitlines()[1:] for block in re.findall(r"^```(.*?)^```", document, re.DOTALL | re.MULTILINE)]


def prose(document: str) -> str:
    """The document without its fenced blocks."""
    return re.sub(r"^```.*?^```", "", document, flags=re.DOTALL | re.MULTILINE)


def headings(document: str) -> list[str]:
    """The level of each heading: `#`, `##` …"""
    return re.findall(r"^(#+) ", prose(document), re.MULTILINE)


def spans(document: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(document))


def commands_named(document: str) -> set[str]:
    """Words after ./riskmap."""
    return set(re.findall(r"\./riskmap ([a-z][a-z-]*)", document))


@pytest.mark.parametrize("name", TWINS)
def test_every_setting_is_in_the_readmes_and_no_other(name: str) -> None:
    named = set(re.findall(r"\bRISKMAP_[A-Z_]*[A-Z]\b", text(name)))
    assert named == set(MEANING), f"{name} and config.MEANING name different settings: {named ^ set(MEANING)}"


def test_every_command_is_in_the_design() -> None:
    named = {span.removeprefix("./riskmap ") for span in spans(text("DESIGN.md"))}
    missing = set(commands.discover()) - named
    assert not missing, f"DESIGN.md does not name the commands {', '.join(sorted(missing))}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_command_that_a_document_names_exists(name: str) -> None:
    unknown = commands_named(text(name)) - set(commands.discover())
    assert not unknown, f"{name} names ./riskmap {', '.join(sorted(unknown))}; webmap/commands/ has no such command"


def test_every_layer_is_in_the_design() -> None:
    named = set(spans(text("DESIGN.md")))
    missing = [name for name in layers.ALL if name not in named]
    assert not missing, f"DESIGN.md does not name the layers {', '.join(missing)}: add them to its list of layers"


def test_the_design_names_no_layer_that_is_gone() -> None:
    listed = re.search(r"^Layers?: (.+?)\n\n", text("DESIGN.md"), re.MULTILINE | re.DOTALL)
    assert listed, "DESIGN.md has a paragraph that begins with “Layers:” and names every layer"
    gone = set(re.findall(r"`(\w+)`", listed[1])) - set(layers.ALL)
    assert not gone, f"DESIGN.md names layers that do not exist: {', '.join(sorted(gone))}"


@pytest.mark.parametrize("name", TWINS)
def test_every_path_of_the_tree_exists(name: str) -> None:
    (tree,) = [block for block in fences(text(name)) if any(line.startswith("layers/") for line in block)]
    paths = [path for line in tree for path in re.split(r"\s{2,}", line)[0].split()]
    gone = [path for path in paths if not (CHECKOUT / path).exists()]
    assert len(paths) >= 10 and not gone, f"{name}: its tree names {', '.join(gone)}, which is not there"


def test_the_tree_has_every_folder_of_geodata() -> None:
    folders = {f"geodata/{path.name}/" for path in (CHECKOUT / "geodata").iterdir() if (path / "__init__.py").exists()}
    missing = [folder for folder in sorted(folders) if folder not in text("README.md")]
    assert not missing, f"README.md's tree lacks {', '.join(missing)}"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_resolve(name: str) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(text(name)))
    broken = [
        target for target in targets
        if not target.startswith(("https://", "http://", "#")) and not (CHECKOUT / target.split("#")[0]).exists()
    ]  # fmt: skip
    assert not broken, f"{name} links to {', '.join(broken)}, which is not there"


def test_the_twins_have_the_same_headings() -> None:
    english, chinese = (headings(text(name)) for name in TWINS)
    assert english == chinese, f"README.md has headings {english}, README.zh.md {chinese}"


def test_the_twins_name_the_same_things() -> None:
    english, chinese = (Counter(spans(text(name))) for name in TWINS)
    assert english == chinese, f"only in one README: {(english - chinese) + (chinese - english)}"


def test_the_twins_show_the_same_commands_and_paths() -> None:
    english, chinese = (
        [[re.split(r"\s{2,}|\s+#", line)[0] for line in block] for block in fences(text(name))] for name in TWINS
    )
    assert english == chinese


def test_the_twins_give_the_same_numbers() -> None:
    # One figure alone is often a word in the other language; two and more are facts.
    english, chinese = (Counter(re.findall(r"\d[\d.]*\d", prose(text(name)))) for name in TWINS)
    assert english == chinese, f"only in one README: {(english - chinese) + (chinese - english)}"


def test_a_pair_that_has_drifted_apart_is_seen() -> None:
    first, second = "# A\n\n`RISKMAP_HOME` 8000\n", "# 甲\n\n## 乙\n\n`RISKMAP_HOST` 8001\n"
    assert headings(first) != headings(second) and spans(first) != spans(second)
    assert commands_named("Run `./riskmap serve` or ./riskmap import-osm x") == {"serve", "import-osm"}
    assert fences("a\n```sh\n./riskmap serve   # all\n```\nb\n") == [["./riskmap serve   # all"]]


def test_licence_and_notice_stand_at_the_top() -> None:
    assert "Apache License" in text("LICENSE")
    assert "Apache License" in text("NOTICE")
