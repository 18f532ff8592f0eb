"""Profiles: how files of one origin are read, as TOML that a person can read and mail to a colleague."""

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from carepass_cli.batch.dates import check_format
from carepass_cli.batch.reading import SKIP_LINES_MOST, Reading, check_encoding, check_name_order
from carepass_cli.errors import InvalidValue, NotFound, UsageError
from carepass_cli.files import Kind, Making, open_regular
from carepass_cli.rules.fields import refuse_control
from carepass_cli.rules.toml import parse_toml
from carepass_cli.shipped.profiles import shipped_profile, shipped_profiles

# A profile is a page; more is another file.
BYTES_MOST = 1 << 20
PROFILE = Kind("profile", lambda _: True)
ROWS = ("skip_lines", "sheet", "skip", "encoding", "ignore_unknown", "name_order")
SECTIONS = ("columns", "values", "dates", "rows")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def load_profile(named: str, folder: Path) -> Reading:
    """The profile NAME, a person's own in `folder` before a shipped one, or that in FILE.toml.

    Raises NotFound where there is none, UsageError for a file that is not a profile.
    """
    if named.endswith(".toml") or os.sep in named:
        return _parsed(_text_of(Path(named)), named)
    _check_name(named, "--profile")
    path = folder / f"{named}.toml"
    if path.exists():
        return _parsed(_text_of(path), str(path))
    text = shipped_profile(named)
    if text is None:
        own = sorted(each.stem for each in folder.glob("*.toml"))
        known = tuple(dict.fromkeys((*own, *shipped_profiles())))
        raise NotFound("profile", named, hint=f"There are: {', '.join(known)}; or give a FILE.toml.")
    return _parsed(text, named)


class Saving:
    """A profile on its way to NAME in `folder`, where it takes the place of the one that is there; only the
    person may read it. Use it in a `with`: without `keep` nothing is left. With the NAME None, or in a dry
    run, there is none. Raises UsageError for a NAME under which no profile can be kept, or where none can be
    written."""

    def __init__(self, name: str | None, reading: Reading, folder: Path, *, dry_run: bool = False) -> None:
        self._making: Making | None = None
        if name is None:
            return
        _check_name(name, "--save-profile")
        if dry_run:
            return
        self._said = f"The profile {name} is kept in {folder / name}.toml."
        self._content = profile_text(reading).encode()
        self._making = Making(folder / f"{name}.toml", PROFILE, force=True, folders=True)

    def keep(self) -> str:
        """Put it into its place; what is to be said of it."""
        if self._making is None:
            return ""
        self._making.write(self._content)
        return self._said

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        if self._making is not None:
            self._making.__exit__(*error)


def profile_text(reading: Reading) -> str:
    """A reading as TOML; what it leaves open is left out."""
    parts = []
    if reading.columns:
        parts.append(_table("columns", reading.columns))
    parts += [_table(f"values.{_key(column)}", words) for column, words in reading.values.items() if words]
    if reading.date_format:
        parts.append(_table("dates", {"format": reading.date_format}))
    plain = Reading()
    rows = {name: getattr(reading, name) for name in ROWS if getattr(reading, name) != getattr(plain, name)}
    if rows:
        parts.append(_table("rows", rows))
    return "\n".join(parts)


def _table(name: str, items: Mapping[str, object]) -> str:
    return f"[{name}]\n" + "".join(f"{_key(key)} = {_value(value)}\n" for key, value in items.items())


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else _value(text)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    # A string of JSON is one of TOML, and so are numbers, true and false.
    return json.dumps(value, ensure_ascii=False)


def _text_of(path: Path) -> str:
    try:
        with open_regular(path) as file:
            text = file.read(BYTES_MOST + 1)
        if len(text) > BYTES_MOST:
            raise UsageError(f"The profile {path} is longer than 1 MB.", "Give a file of TOML.")
        return text.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFound("profile", str(path), hint="Check the path.") from None
    except UnicodeDecodeError:
        raise UsageError(f"The profile {path} is not UTF-8 text.", "Save it as UTF-8.") from None
    except OSError as error:
        raise UsageError(f"The profile {path} cannot be read: {error.strerror}.", "Check the file.") from None


def _parsed(text: str, where: str) -> Reading:
    try:
        sections = parse_toml(text)
    except ValueError as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise UsageError(f"The profile {where} is not valid TOML: {why}.", "Correct it there.") from None
    profile = _Profile(where)
    profile.check_keys(sections, SECTIONS, "a section of a profile")
    values = profile.table(sections, "values", profile.words)
    dates = profile.table(sections, "dates", profile.text)
    profile.check_keys(dates, ("format",), "a key of [dates]")
    rows = profile.table(sections, "rows", lambda value, _: value)
    profile.check_keys(rows, ROWS, "a key of [rows]")
    reading = Reading(
        columns=profile.table(sections, "columns", profile.text),
        values=values,
        date_format=check_format(dates["format"], f"{where}: format") if dates else None,
    )
    return replace(reading, **{name: profile.row_setting(name, value) for name, value in rows.items()})


class _Profile:
    """What a file of TOML must hold to be a profile; every error names the file and the key."""

    def __init__(self, where: str) -> None:
        self._where = where

    def check_keys(self, table: Mapping[str, object], known: tuple[str, ...], what: str) -> None:
        for key in table:
            if key not in known:
                raise self._wrong(f"'{key[:60]}' is not {what}", f"Use one of: {', '.join(known)}.")

    def table(
        self, table: Mapping[str, object], name: str, read: Callable[[object, str], Any]
    ) -> dict[str, Any]:
        found = table.get(name, {})
        if not isinstance(found, dict):
            raise self._wrong(f"'{name}' is not a table", f"Write it as [{name}] with a line for each.")
        for key in found:
            refuse_control(key, f"{self._where}: a key of [{name}]")
        return {key: read(value, f"{name}.{key}") for key, value in found.items()}

    def text(self, value: object, name: str) -> str:
        if not isinstance(value, str):
            raise self._wrong(f"'{name[:60]}' is not text in quotes", 'Write it as "...".')
        refuse_control(value, f"{self._where}: {name}")
        return value.strip()

    def words(self, value: object, name: str) -> dict[str, str]:
        if not isinstance(value, dict):
            raise self._wrong(
                f"'{name[:60]}' is not a table", f'Write [{name}] and lines as "text" = "code".'
            )
        return {key: self.text(each, f"{name}.{key}") for key, each in value.items()}

    def row_setting(self, name: str, value: object) -> Any:
        if name == "skip_lines":
            if type(value) is not int or not 0 <= value <= SKIP_LINES_MOST:
                raise self._wrong(
                    f"'{name}' is not a whole number up to {SKIP_LINES_MOST}", "Write it in digits."
                )
            return value
        if name == "ignore_unknown":
            if not isinstance(value, bool):
                raise self._wrong(f"'{name}' is neither true nor false", "Write true or false.")
            return value
        if name == "skip":
            return self.table({"skip": value}, "skip", self._texts)
        text = self.text(value, name)
        if name == "encoding":
            return check_encoding(text, f"{self._where}: {name}")
        return check_name_order(text, f"{self._where}: {name}") if name == "name_order" else text

    def _texts(self, value: object, name: str) -> tuple[str, ...]:
        if not isinstance(value, list):
            raise self._wrong(f"'{name[:60]}' is not a list", 'Write it as ["...", "..."].')
        return tuple(self.text(each, name) for each in value)

    def _wrong(self, what: str, hint: str) -> UsageError:
        return UsageError(f"The profile {self._where}: {what}.", hint, code="bad-profile")


def _check_name(name: str, flag: str) -> None:
    if not _NAME.fullmatch(name):
        raise InvalidValue(
            f"{flag} '{name[:60]}' is not a profile's name.",
            "Use letters, digits, '-' and '_', or (to use one) the path of a FILE.toml.",
        )
