"""`./riskmap sample` and `./riskmap height` as a user meets them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import rasterio
from click import Command
from click.testing import CliRunner, Result
from rasterio import Affine

from config import Settings
from geodata.errors import Refused
from geodata.store import database, settings
from webmap.commands import height, sample


def run(command: Command, database_url: str, *arguments: str) -> Result:
    return CliRunner().invoke(command, arguments, obj=Settings(database_url=database_url), catch_exceptions=False)


def counted(database_url: str, query: str) -> object:
    with database.connect(database_url) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def test_the_sample_comes_and_goes(database_url: str) -> None:
    done = run(sample.command, database_url)
    assert done.exit_code == 0 and done.stdout.strip() == "示例数据已装好。"
    assert counted(database_url, "SELECT count(*) FROM layer.mines") == 27
    gone = run(sample.command, database_url, "--remove")
    assert gone.exit_code == 0 and gone.stdout.strip() == "示例数据已移除。"
    assert counted(database_url, "SELECT count(*) FROM layer.mines") == 0


def test_two_counties(database_url: str) -> None:
    assert run(sample.command, database_url, "--scale", "2").exit_code == 0
    assert counted(database_url, "SELECT count(*) FROM layer.mines") == 54


def test_used_wrongly_ends_with_2(database_url: str) -> None:
    assert run(sample.command, database_url, "--remove", "--scale", "3").exit_code == 2
    assert run(sample.command, database_url, "--scale", "0").exit_code == 2
    assert run(height.command, database_url).exit_code == 2


def test_real_data_keep_the_sample_out(database_url: str) -> None:
    with database.connect(database_url) as connection:
        settings.begin_real(connection)
    with pytest.raises(Refused, match="真实数据"):
        run(sample.command, database_url)


def test_a_height_grid_is_loaded_and_its_extent_is_told(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "h.tif"
    with rasterio.open(path, "w", driver="GTiff", width=30, height=20, count=1, dtype="float32", crs="EPSG:4326",
                       transform=Affine(0.01, 0, 105, 0, -0.01, 36)) as out:  # fmt: skip
        out.write(np.linspace(1000, 1400, 600, dtype="float32").reshape(20, 30), 1)
    done = run(height.command, database_url, str(path))
    assert "105.0000–105.3000°E，35.8000–36.0000°N，30 × 20 格" in done.stdout
    assert counted(database_url, "SELECT count(*) FROM riskmap.contour WHERE NOT sample") != 0
