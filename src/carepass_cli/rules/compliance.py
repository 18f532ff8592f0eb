"""What counts for a year: the questions of an inspector, and the rules as they are printed.

O. Reg. 246/22 says *annual* and not from when to when. Findings count completions in a calendar year; the
portal's expiry dates roll from the completion. The report answers by the calendar unless asked otherwise.
"""

from datetime import date

from carepass_cli.errors import UsageError
from carepass_cli.rules.standing import Standing


def counted_year(year: int | None, today: date) -> int:
    """The year to count: the one named, else today's. Raises UsageError for one that has not begun."""
    if year is not None and year > today.year:
        raise UsageError(f"{year} has not begun.", f"Give a year up to {today.year}.")
    return today.year if year is None else year


def as_of(year: int, today: date) -> date:
    """The day whose staff and requirements a report on `year` shows: its last, or today if earlier."""
    return min(today, date(year, 12, 31))


def counts_from(year: int, validity_years: int | None) -> date | None:
    """The first day on which a completion counts for the calendar year; None: whenever it was.

    1 January of the year for an annual course; for one valid for N years, of the first of N calendar years.
    """
    return None if validity_years is None else date(year - validity_years + 1, 1, 1)


def done_by_calendar(last_completed_on: date | None, validity_years: int | None, year: int) -> bool:
    """Whether the newest completion, which is not after the day reported on, counts for the year."""
    if last_completed_on is None:
        return False
    first = counts_from(year, validity_years)
    return first is None or last_completed_on >= first


def done_by_rolling(told: Standing) -> bool:
    """Whether something valid is held on the day of the standing."""
    return told.status in ("valid", "expiring")


def why_missing(told: Standing, last_completed_on: date | None, year: int, *, rolling: bool) -> str:
    """Why somebody does not count for a year, in words: who renewed late in the year before is told apart
    from who did nothing. `last_completed_on` is the newest completion, None without any."""
    if last_completed_on is None:
        due = "it was due by" if told.status == "overdue" else "it is due by"
        return f"never completed; {due} {told.due_on}"
    if rolling:
        return f"completed on {last_completed_on}, valid through {told.expires_on}"
    still = f"; it is valid through {told.expires_on}" if told.status in ("valid", "expiring") else ""
    return f"completed on {last_completed_on}, too early to count for {year}{still}"


def heading(year: int, day: date, *, rolling: bool) -> str:
    """What the numbers count, for above the table."""
    if rolling:
        return f"{year}, rolling: held a valid record on {day}."
    return f"{year}, calendar: completed in the calendar year, as of {day}."


def percent(completed: int, required: int) -> float | None:
    """The share with one decimal, 0.0 to 100.0; None where nobody is required. All but one is never 100."""
    if required == 0:
        return None
    share = round(100 * completed / required, 1)
    return share if completed == required else min(share, 99.9)


def printed_rules(home: str, year: int, day: date, today: date, *, rolling: bool) -> list[str]:
    """The rules in words, for under the table."""
    if rolling:
        done = f"Completed (rolling): valid on {day}."
    else:
        done = (
            f"Completed (calendar): an annual course from {year}-01-01 to {day}; one valid for more years, in"
            f" as many calendar years up to then; one that never expires, at any time up to {day}."
        )
    return [
        f"Required of: people whose role at {home} requires the course, confirmed and begun by {day} and not"
        " ended by then. Each person counts once for a course, whatever the number of roles.",
        done,
        f"Equated courses satisfy each other. Records void by {today} do not count."
        f" People on leave on {day}, and those for whom the course is waived, are left out of both numbers.",
    ]
