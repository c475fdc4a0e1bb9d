"""Settings: defaults, each variable, and a sentence that names the variable for each wrong value."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import CHECKOUT, MEANING, SettingError, Settings


def test_without_variables_the_private_cluster_of_the_checkout_is_served_on_loopback() -> None:
    settings = Settings.from_environ({})
    assert settings == Settings(CHECKOUT / ".riskmap", "127.0.0.1", 8000, None, "open", None)


def test_every_variable_is_read(tmp_path: Path) -> None:
    settings = Settings.from_environ(
        {
            "RISKMAP_HOME": str(tmp_path / "home"),
            "RISKMAP_HOST": "localhost",
            "RISKMAP_PORT": "8123",
            "RISKMAP_DATABASE_URL": "postgresql://office@db/riskmap",
            "RISKMAP_ACCESS": "login",
            "RISKMAP_TEST_DATA": str(tmp_path),
        }
    )
    assert settings == Settings(
        tmp_path / "home", "localhost", 8123, "postgresql://office@db/riskmap", "login", tmp_path
    )


def test_an_empty_variable_counts_as_unset() -> None:
    assert Settings.from_environ(dict.fromkeys(MEANING, " ")) == Settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("RISKMAP_PORT", "0"),
        ("RISKMAP_PORT", "65536"),
        ("RISKMAP_PORT", "８０００"),
        ("RISKMAP_PORT", "http"),
        ("RISKMAP_ACCESS", "Open"),
        ("RISKMAP_DATABASE_URL", "mysql://somewhere/riskmap"),
        ("RISKMAP_HOME", __file__),
        ("RISKMAP_HOME", "/tmp/" + "长" * 200),
        ("RISKMAP_HOME", '/tmp/with"quote'),
        ("RISKMAP_HOME", "/tmp/$(id)"),
        ("RISKMAP_HOME", "/tmp/two\nlines"),
        ("RISKMAP_HOME", "~nobody-of-that-name/x"),
        ("RISKMAP_TEST_DATA", __file__),
        ("RISKMAP_PROT", "8000"),
    ],
)
def test_a_wrong_value_is_refused_by_the_name_of_its_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingError, match=variable) as error:
        Settings.from_environ({variable: value})
    assert error.value.variable == variable


def test_a_password_in_a_wrong_address_is_not_repeated() -> None:
    with pytest.raises(SettingError) as error:
        Settings.from_environ({"RISKMAP_DATABASE_URL": "mysql://office:hidden@db/riskmap"})
    assert "hidden" not in str(error.value)


def test_every_setting_has_its_meaning_in_words() -> None:
    fields = {f"RISKMAP_{name.upper()}" for name in Settings.__dataclass_fields__}
    assert fields == set(MEANING)
    assert all(len(text) > 20 for text in MEANING.values())
