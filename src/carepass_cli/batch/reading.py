"""How one file is to be read: what the options say, over what a profile says."""

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from carepass_cli.batch.dates import check_format
from carepass_cli.batch.names import NameOrder
from carepass_cli.batch.synonyms import columns_of, fold_header
from carepass_cli.errors import InvalidValue, UsageError

SKIP_LINES_MOST = 1000
# Options that only some kinds of file have.
SHEET, SKIP_LINES, ENCODING = "--sheet", "--skip-lines", "--encoding"


@dataclass(frozen=True)
class Reading:
    """`columns` is FILE COLUMN -> column ("" leaves it aside), `values` column -> text -> value, `skip` FILE
    COLUMN -> texts of rows to leave out. `demanded` are the file columns, the columns and the options that
    were named on the command line: they must be there, or apply.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_format: str | None = None
    skip_lines: int = 0
    sheet: str | None = None
    skip: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    encoding: str | None = None
    ignore_unknown: bool = False
    name_order: NameOrder = "last-first"
    demanded: frozenset[str] = frozenset()

    def over(self, profile: "Reading") -> "Reading":
        """This reading, with what it leaves open as the profile has it."""
        plain = Reading()
        own = {
            name: value
            for name, value in vars(self).items()
            if name not in ("columns", "values") and value != getattr(plain, name)
        }
        values = {
            name: {**profile.values.get(name, {}), **self.values.get(name, {})}
            for name in (*profile.values, *(n for n in self.values if n not in profile.values))
        }
        return replace(profile, **own, columns={**profile.columns, **self.columns}, values=values)


def read_options(
    *,
    map: Iterable[str] = (),
    value: Iterable[str] = (),
    date_format: str | None = None,
    sheet: str | None = None,
    skip_lines: int | None = None,
    encoding: str | None = None,
    ignore_unknown: bool = False,
    name_order: str | None = None,
) -> Reading:
    """The reading that the command line asks for. Raises UsageError for what it cannot mean."""
    columns: dict[str, str] = {}
    for each in map:
        source, column = _split(each, "=", "--map", "'FILE COLUMN=column'")
        _put(columns, source.strip(), column.strip(), "--map")
    values: dict[str, dict[str, str]] = {}
    for each in value:
        column, rest = _split(each, ":", "--value", "'column:TEXT=value'", last=False)
        text, meant = _split(rest, "=", "--value", "'column:TEXT=value'")
        # As files call a column, too.
        named = columns_of().get(fold_header(column), column.strip())
        _put(values.setdefault(named, {}), text.strip(), meant.strip(), "--value")
    kinds = [flag for flag, said in ((SHEET, sheet), (SKIP_LINES, skip_lines), (ENCODING, encoding)) if said]
    return Reading(
        columns=columns,
        values=values,
        date_format=check_format(date_format, "--date-format") if date_format is not None else None,
        sheet=sheet,
        skip_lines=skip_lines or 0,
        encoding=check_encoding(encoding, "--encoding") if encoding is not None else None,
        ignore_unknown=ignore_unknown,
        name_order=check_name_order(name_order, "--name-order") if name_order is not None else "last-first",
        demanded=frozenset((*columns, *filter(None, columns.values()), *values, *kinds)),
    )


def check_encoding(text: str, name: str) -> str:
    """The name of a text encoding that Python knows."""
    try:
        info = codecs.lookup(text)
        if not info._is_text_encoding or info.name in ("idna", "punycode", "undefined"):
            raise LookupError
    except (LookupError, ValueError):
        raise InvalidValue(
            f"{name} '{text[:40]}' is not an encoding.", "Use one as utf-8, cp1252, cp850 or utf-16."
        ) from None
    return info.name


def check_name_order(text: str, name: str) -> NameOrder:
    """`last-first` or `first-last`."""
    if text == "first-last":
        return "first-last"
    if text == "last-first":
        return "last-first"
    raise InvalidValue(f"{name} '{text[:40]}' is not known.", "Use one of: last-first, first-last.")


def _split(text: str, by: str, flag: str, form: str, *, last: bool = True) -> tuple[str, str]:
    before, found, after = text.rpartition(by) if last else text.partition(by)
    if not found or not before.strip():
        raise UsageError(f"{flag} '{text[:60]}' is not of the form {form}.", f"Write it as {flag} {form}.")
    return before, after


def _put(into: dict[str, str], key: str, value: str, flag: str) -> None:
    if into.setdefault(key, value) != value:
        raise UsageError(
            f"{flag} says two things about '{key[:60]}'.", "Keep one of them.", code="given-twice"
        )
