"""Days as files write them: what a cell means, and which format a whole column has.

Self-evident are ISO dates, ISO date-times (which count for their day in Toronto), and dates whose month is a
word, in English or French. `03/04/2026` is not: it needs a format, `dmy`, `mdy`, `ymd` or one of strptime's.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from carepass_cli.clock import ZONE
from carepass_cli.errors import InvalidValue
from carepass_cli.rules.fields import FIRST_DAY, LAST_DAY, folded

ORDERS = ("dmy", "mdy", "ymd")
# So many different cells of one column are remembered; a file that has more is read all the same.
REMEMBERED = 20_000

_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|UTC|[+-]\d\d:?\d\d)?", re.ASCII | re.I
)
_TIME = re.compile(
    r"[,;]?\s*(?:à |at )?\b\d{1,2}(?::\d\d){1,2}(?:\.\d+)?\s*(?:[ap]\.?m\b\.?)?$", re.ASCII | re.I
)
_NUMBERS = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})", re.ASCII)
_WORDS = re.compile(r"[a-z]+|\d+(?:st|nd|rd|th|er|e)?", re.ASCII)
_BETWEEN = re.compile(r"[\s,./-]*", re.ASCII)
_MONTHS = (
    "january jan janvier janv",
    "february feb fevrier fevr fev",
    "march mar mars",
    "april apr avril avr",
    "may mai",
    "june jun juin",
    "july jul juillet juil",
    "august aug aout",
    "september sept sep septembre",
    "october oct octobre",
    "november nov novembre",
    "december dec decembre",
)
MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
# What may stand beside a date and says nothing more; `mar` is Tuesday in French, and March, too.
BESIDE = frozenset(
    (
        *("monday", "mon", "tuesday", "tues", "tue", "wednesday", "wed", "thursday", "thurs", "thur", "thu"),
        *("friday", "fri", "saturday", "sat", "sunday", "sun", "lundi", "lun", "mardi", "mercredi", "mer"),
        *("jeudi", "jeu", "vendredi", "ven", "samedi", "sam", "dimanche", "dim", "of", "the", "le"),
    )
)


def check_format(text: str, name: str) -> str:
    """A date format: `dmy`, `mdy`, `ymd`, or a pattern of strptime that has a day, a month and a year."""
    if text in ORDERS:
        return text
    try:
        day = date(2026, 11, 24)
        if "%" not in text or _parsed(day.strftime(text), text) != day:
            raise ValueError
    except (ValueError, re.error):
        raise InvalidValue(
            f"{name} '{text[:40]}' is not a date format.",
            f"Use one of {', '.join(ORDERS)}, or a pattern with day, month and year, as %d.%m.%Y.",
        ) from None
    return text


def read_day(text: str, format: str | None, latest: date | None = None) -> date:
    """The day that a cell means. A year of two digits is from 1969 to 2068, and in a column whose days cannot
    be after `latest` from the hundred years up to it. Raises ValueError for anything that is not one day.
    """
    if _ISO.fullmatch(text):
        return date.fromisoformat(text)
    if moment := _MOMENT.fullmatch(text):
        return _day_of_moment(*moment.groups())
    if (by_word := _by_word(text, format, latest)) is not None:
        return by_word
    if format is None:
        raise ValueError(text)
    if format in ORDERS:
        return _ordered(text, format, latest)
    return _parsed(text, format)


def _parsed(text: str, pattern: str) -> date:
    return _in_toronto(datetime.strptime(text, pattern))  # noqa: DTZ007 - the pattern says


def _in_toronto(moment: datetime) -> date:
    """The day of a moment: in Toronto where it has an offset, else its own."""
    try:
        return (moment.astimezone(ZoneInfo(ZONE)) if moment.tzinfo else moment).date()
    except OverflowError:  # the first or last day that Python knows, in another zone
        raise ValueError(moment) from None


def _day_of_moment(day: str, time: str, offset: str | None) -> date:
    zone = {None: "", "Z": "+00:00", "UTC": "+00:00"}.get(offset and offset.upper(), offset)
    return _in_toronto(datetime.fromisoformat(f"{day}T{time}{zone}"))


def _by_word(text: str, format: str | None, latest: date | None) -> date | None:
    """The day of a date whose month is a word; None where no word stands for a month. The year has four
    digits, or a format says in which order the numbers come."""
    if text.isascii() and not any(map(str.isalpha, text)):
        return None
    words = folded(_TIME.sub("", text))
    found = _WORDS.findall(words)
    if _BETWEEN.fullmatch(_WORDS.sub("", words)) is None:
        return None
    found = [word for word in found if word not in BESIDE]
    if len(found) == 4 and found[0] == "mar":
        del found[0]
    months = [place for place, word in enumerate(found) if word in MONTHS]
    if len(found) != 3 or len(months) != 1:
        return None
    month = MONTHS[found.pop(months[0])]
    first, second = found
    if not (first[0].isdigit() and second[0].isdigit()):
        return None
    year_first = len(first) == 4 and first.isdigit()
    if not year_first and len(second) != 4:
        if format not in ORDERS or len(first) > 4:
            return None
        year_first = format == "ymd"
    year, day = (first, second) if year_first else (second, first)
    return date(_year(year, latest), month, int(re.sub(r"\D", "", day)))


def _ordered(text: str, order: str, latest: date | None) -> date:
    shape = _NUMBERS.fullmatch(_TIME.sub("", text))
    if shape is None:
        raise ValueError(text)
    part = dict(zip(order, (shape[1], shape[3], shape[4]), strict=True))
    if len(part["d"]) > 2:
        raise ValueError(text)
    return date(_year(part["y"], latest), int(part["m"]), int(part["d"]))


def _year(text: str, latest: date | None) -> int:
    if len(text) == 4:
        return int(text)
    if len(text) != 2 or not text.isdigit():
        raise ValueError(text)
    if latest is None:
        return int(text) + (2000 if int(text) < 69 else 1900)
    century = latest.year - latest.year % 100
    return century + int(text) - (100 if century + int(text) > latest.year else 0)


def what_fits(cells: Iterable[str]) -> tuple[str, ...]:
    """The orders that fit every cell of a column that is not a date by itself."""
    left = set(ORDERS)
    for cell in cells:
        if not left:
            break
        left -= {order for order in left if not _fits(cell, order)}
    return tuple(order for order in ORDERS if order in left)


def _fits(cell: str, order: str) -> bool:
    try:
        read_day(cell, order)
    except ValueError:
        return False
    return True


class Days(dict[str, str | None]):
    """The days of one column by the text of the cell, as ISO dates; None for a text that is no day.

    `cells` reads the whole column once more: it is called where a cell is no day, to say what would fit.
    """

    def __init__(
        self, column: str, format: str | None, cells: Callable[[], Iterator[str]], latest: date | None
    ) -> None:
        super().__init__()
        self._column = column
        self._format = format
        self._cells = cells
        self._latest = latest if column == "birthdate" else None
        self._fitting: str | None = None

    def __missing__(self, text: str) -> str | None:
        value: str | None
        if len(self) >= REMEMBERED:
            self.clear()
        try:
            # Most days are ISO dates, quickly read.
            if len(text) == 10 and text[4] == text[7] == "-":
                day, value = date.fromisoformat(text), text
            else:
                day = read_day(text, self._format, self._latest)
                value = day.isoformat()
            if not FIRST_DAY <= day <= LAST_DAY:
                value = None
        except ValueError:
            value = None
        self[text] = value
        return value

    def fault(self, text: str) -> InvalidValue:
        """Why this text, for which there is None, is no day. A birthdate is never repeated."""
        name = self._column if self._column == "birthdate" else f"{self._column} '{text[:40]}'"
        if _is_out_of_range(text, self._format):
            return InvalidValue(f"{name} is out of range.", "Dates go from 1900 to 2199.")
        if not any(_fits(text, order) for order in ORDERS):
            return InvalidValue(f"{name} is not a date.", "Write dates as 2026-11-21.")
        if self._fitting is None:
            self._fitting = self._judged()
        said = "is not a date by itself" if self._format is None else f"does not fit {self._format}"
        return InvalidValue(f"{name} {said}; of the whole column {self._fitting}", "")

    def _judged(self) -> str:
        fitting = what_fits(filter(None, self._cells()))
        if not fitting:
            return "no one format fits: write dates as 2026-11-21."
        if len(fitting) == 1:
            return f"only {fitting[0]} fits: --date-format {fitting[0]}."
        which = " or ".join(f"--date-format {each}" for each in fitting)
        if fitting == ("dmy", "mdy"):
            return f"both fit, dmy and mdy: say which by {which}."
        return f"{', '.join(fitting[:-1])} and {fitting[-1]} fit: say which by {which}."


def _is_out_of_range(text: str, format: str | None) -> bool:
    try:
        return not FIRST_DAY <= read_day(text, format) <= LAST_DAY
    except ValueError:
        return False
