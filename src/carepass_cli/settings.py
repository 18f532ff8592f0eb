"""Settings: flag > environment > config file > default. Knows where each value came from."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from carepass_cli.errors import UsageError, nearest_hint
from carepass_cli.files import real_path, save_file
from carepass_cli.rules.toml import parse_toml

APP = "carepass"
OUTPUTS = ("table", "json", "ndjson", "csv")

# name -> the environment variable that sets it. SMTP's password never comes from a flag.
ENVIRONMENT = {
    "db": "CAREPASS_DB",
    "today": "CAREPASS_TODAY",
    "actor": "CAREPASS_ACTOR",
    "default_home": "CAREPASS_DEFAULT_HOME",
    "output": "CAREPASS_OUTPUT",
    "smtp": "CAREPASS_SMTP",
    "smtp_password_file": "CAREPASS_SMTP_PASSWORD_FILE",
    "smtp_cafile": "CAREPASS_SMTP_CAFILE",
    "mail_from": "CAREPASS_MAIL_FROM",
    "helo": "CAREPASS_HELO",
}
IN_FILE_ONLY = ("smtp_password",)
# A day that stands still belongs to one run; in a file it would be forgotten there.
NOT_IN_FILE = ("today",)
SECRET = ("smtp_password",)
IN_FILE = tuple(name for name in (*ENVIRONMENT, *IN_FILE_ONLY) if name not in NOT_IN_FILE)
# Bytes; nobody writes as many settings.
CONFIG_MOST = 1_000_000


class Setting(NamedTuple):
    """One setting as it holds now. `source` is `flag`, `environment`, `file` or `default`."""

    name: str
    value: str | None
    source: str


class Settings:
    """What flags, environment and config file say, looked up when asked for."""

    def __init__(self, flags: Mapping[str, str | None], environ: Mapping[str, str]) -> None:
        self._flags = flags
        self._environ = environ
        self._file: dict[str, str] | None = None

    def get(self, name: str) -> Setting:
        """The setting `name`; raises UsageError where the config file cannot be read."""
        if (flag := self._flags.get(name)) is not None:
            return Setting(name, flag, "flag")
        if name in ENVIRONMENT and (value := self._environ.get(ENVIRONMENT[name])):
            return Setting(name, value, "environment")
        if name not in NOT_IN_FILE and (value := self._from_file().get(name)) is not None:
            return Setting(name, value, "file")
        return Setting(name, _default(name), "default")

    def __getitem__(self, name: str) -> str | None:
        return self.get(name).value

    def all(self) -> list[Setting]:
        """Every setting, in a fixed order; secrets are masked."""
        found = [self.get(name) for name in (*ENVIRONMENT, *IN_FILE_ONLY)]
        return [Setting(s.name, "***", s.source) if s.name in SECRET and s.value else s for s in found]

    def _from_file(self) -> dict[str, str]:
        if self._file is None:
            self._file = self._read_file()
        return self._file

    def _read_file(self) -> dict[str, str]:
        try:
            path = config_path(self._environ)
        except UsageError:  # a user without a home directory has no config file
            return {}
        return _read_config(path)


def config_path(environ: Mapping[str, str]) -> Path:
    """Where the config file lies, whether or not it is there."""
    base = environ.get("XDG_CONFIG_HOME")
    if base:
        return Path(base) / APP / "config.toml"
    return _own_folder("config") / "config.toml"


def profiles_path() -> Path:
    """The folder of a person's own profiles for files, beside the config file, whether or not it is there."""
    return config_path(os.environ).with_name("profiles")


def default_db() -> str:
    """The default store: `carepass.db` in the platform's user data folder."""
    return str(_own_folder("data") / "carepass.db")


def log_path() -> Path:
    """The file that keeps the tracebacks of unexpected failures."""
    return _own_folder("log") / "carepass.log"


def _own_folder(sort: str) -> Path:
    """The platform's folder for a user's `config`, `data` or `log`. Raises UsageError where the user has no
    home directory, and the environment names no other."""
    import platformdirs

    try:
        found = Path(getattr(platformdirs, f"user_{sort}_path")(APP))
    except RuntimeError:
        found = Path()
    if not found.is_absolute():
        raise UsageError(
            "There is no home directory that could hold the store.", "Name the store: --db PATH, or set HOME."
        )
    return found


def _default(name: str) -> str | None:
    if name == "db":
        return default_db()
    if name == "output":
        return "table"
    if name == "actor":
        return _os_user()
    return None


def _os_user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):  # cron in a container: a user id without a name
        return f"uid-{os.getuid()}" if hasattr(os, "getuid") else "unknown"


def _read_config(path: Path) -> dict[str, str]:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > CONFIG_MOST:
            raise UsageError(
                f"The config file {path} is no file of at most {CONFIG_MOST} bytes.", "Put a text file there."
            )
        text = path.read_bytes().decode()
        readable_by_others = os.name == "posix" and found.st_mode & 0o077
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The config file {path} cannot be read: {error}.", "Check the file and its permissions."
        ) from None
    try:
        values = parse_toml(text)
    except ValueError as error:
        raise UsageError(
            f"The config file {path} is not valid TOML: {error}.",
            'Write each setting on a line: name = "value".',
        ) from None
    for name, value in values.items():
        if name not in IN_FILE:
            raise UsageError(
                f"The config file {path} has an unknown setting '{name}'.",
                f"Use one of: {', '.join(IN_FILE)}.",
            )
        if not isinstance(value, str):
            raise UsageError(
                f"'{name}' in the config file {path} is not text in quotes.", f'Write it as {name} = "...".'
            )
        if name in SECRET and readable_by_others:
            raise UsageError(
                f"The config file {path} holds a secret, and others may read it.", f"Run: chmod 600 {path}"
            )
    return values


def write_setting(path: Path, name: str, value: str | None) -> str:
    """Set one line of the config file, or take it out (None); all others stay as they are, and only its owner
    can read the file. Returns `created`, `updated` or `unchanged`. Raises UsageError for an unknown name, or
    where the file's other lines do not let one line be changed."""
    if name not in IN_FILE:
        hint = nearest_hint(name, IN_FILE) or f"Use one of: {', '.join(IN_FILE)}."
        raise UsageError(f"There is no setting '{name[:60]}' in the config file.", hint)
    before = _read_config(path)
    after = {key: text for key, text in before.items() if key != name} | ({name: value} if value else {})
    if after == before:
        return "unchanged"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [line for line in lines if line.partition("=")[0].strip().strip("\"'") != name]
    at = next((number for number, line in enumerate(lines) if line not in kept), len(kept))
    text = "".join(f"{line}\n" for line in (*kept[:at], *_line(name, value), *kept[at:]))
    try:
        is_meant = parse_toml(text) == after
    except ValueError:
        is_meant = False
    if not is_meant:
        raise UsageError(
            f"The config file {path} is not one setting a line.", f"Change '{name}' in it by hand."
        )
    # As the link leads, where the file is one.
    save_file(real_path(path), text.encode())
    return "updated" if name in before else "created"


def _line(name: str, value: str | None) -> list[str]:
    import json

    # TOML and JSON write one line of text the same way.
    return [f"{name} = {json.dumps(value, ensure_ascii=False)}"] if value else []
