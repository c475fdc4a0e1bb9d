"""Settings, each from one RISKMAP_ environment variable. `./riskmap serve --help` shows the same texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

#: What each variable means; the command line's help and the tests over the docs read it.
MEANING: Mapping[str, str] = {
    "RISKMAP_HOME": "Folder for the private database cluster and its log (.riskmap in the checkout where unset).",
    "RISKMAP_HOST": "Address to listen on; loopback only for now (127.0.0.1).",
    "RISKMAP_PORT": "Port to listen on, 1–65535 (8000).",
    "RISKMAP_DATABASE_URL": "postgresql://user@host/database of a server to use instead of the private cluster.",
    "RISKMAP_ACCESS": "open: whoever reaches the page sees it; login: accounts only (open).",
    "RISKMAP_TEST_DATA": "Folder of real data for the tests that use some; they are skipped where it is unset.",
}
#: PostgreSQL's pg_ctl puts the folder between double quotes on a shell's command line.
UNUSABLE = frozenset('"$`\\')
CHECKOUT = Path(__file__).resolve().parent


class SettingError(ValueError):
    """A variable holds what cannot be meant; the sentence names the variable, its value and what is allowed."""

    def __init__(self, variable: str, value: str, allowed: str) -> None:
        super().__init__(f"环境变量 {variable}={value!r} 不能用：{allowed}")
        self.variable = variable


@dataclass(frozen=True)
class Settings:
    """The settings of one run; built once by the command line and handed on as an argument."""

    home: Path = CHECKOUT / ".riskmap"
    host: str = "127.0.0.1"
    port: int = 8000
    #: None: the private cluster under `home` is started and used.
    database_url: str | None = None
    access: str = "open"
    test_data: Path | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read RISKMAP_ variables from `environ`; an empty one counts as unset. Raises SettingError."""
        # A misspelt name would silently do nothing; saying so costs one line.
        for name in environ:
            if name.startswith("RISKMAP_") and name not in MEANING:
                raise SettingError(name, environ[name], "没有这个设置；可用的有 " + "、".join(MEANING))
        given = {name: environ[name].strip() for name in MEANING if environ.get(name, "").strip()}
        return cls(
            home=_folder(given, "RISKMAP_HOME") or cls.home,
            host=given.get("RISKMAP_HOST", cls.host),
            port=_port(given.get("RISKMAP_PORT", str(cls.port))),
            database_url=_database_url(given.get("RISKMAP_DATABASE_URL")),
            access=_access(given.get("RISKMAP_ACCESS", cls.access)),
            test_data=_folder(given, "RISKMAP_TEST_DATA"),
        )


def _folder(given: Mapping[str, str], variable: str) -> Path | None:
    value = given.get(variable)
    if value is None:
        return None
    if any(sign in UNUSABLE or not sign.isprintable() for sign in value):
        raise SettingError(variable, value, '路径里不能有双引号、$、`、反斜杠和控制字符')
    try:
        path = Path(value).expanduser().absolute()
        is_file = path.exists() and not path.is_dir()
    except (OSError, RuntimeError) as error:  # too long, not ours to look at, ~ of nobody
        raise SettingError(variable, value, f"这个路径不能用（{getattr(error, 'strerror', None) or error}）") from error
    if is_file:
        raise SettingError(variable, value, "应是一个文件夹，这里是文件")
    return path


def _port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise SettingError("RISKMAP_PORT", value, "应是 1 到 65535 的整数")
    return int(value)


def _database_url(value: str | None) -> str | None:
    if value is not None and not value.startswith(("postgresql://", "postgres://")):
        raise SettingError("RISKMAP_DATABASE_URL", value.split("@")[-1], "应以 postgresql:// 开头")
    return value


def _access(value: str) -> str:
    if value not in ("open", "login"):
        raise SettingError("RISKMAP_ACCESS", value, "应是 open 或 login")
    return value
