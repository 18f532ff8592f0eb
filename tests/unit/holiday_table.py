"""Makes rules/ontario_holidays.py from the `holidays` library: `python -m tests.unit.holiday_table`.

Run it from the root of the repository when the library learns of a change in the law, or to move the
years at hand on.
"""

from pathlib import Path

from carepass_cli.rules import ontario_holidays
from carepass_cli.rules.calendar import holidays_by_library


def table_source(first_year: int, last_year: int) -> str:
    """The module's text for the years `first_year` to `last_year`, both inclusive."""
    days = [
        f"    date({day.year}, {day.month}, {day.day}): {_quoted(name)},"
        for year in range(first_year, last_year + 1)
        for day, name in holidays_by_library(year).items()
    ]
    return "\n".join(
        [
            f'"""{ontario_holidays.__doc__}"""',
            "",
            "from datetime import date",
            "",
            f"FIRST_YEAR, LAST_YEAR = {first_year}, {last_year}",
            "",
            "HOLIDAYS = {",
            *days,
            "}",
            "",
        ]
    )


def table_path() -> Path:
    """Where the module lies."""
    assert ontario_holidays.__file__
    return Path(ontario_holidays.__file__)


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    table_path().write_text(
        table_source(ontario_holidays.FIRST_YEAR, ontario_holidays.LAST_YEAR), encoding="utf-8"
    )
