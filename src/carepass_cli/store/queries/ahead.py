"""`report forecast` and `report summary`, as of a day."""

from collections.abc import Iterator
from datetime import date

from carepass_cli.rules.fields import price_text
from carepass_cli.rules.forecast import Ahead, forecast
from carepass_cli.rules.span import Span
from carepass_cli.rules.summary import Summary, percents, summarize, with_month_ago
from carepass_cli.store.queries.narrowing import Named
from carepass_cli.store.queries.pairs import (
    list_courses_ahead,
    list_names,
    list_obliged,
    list_pairs,
    list_posts,
)
from carepass_cli.store.reader import Reader

# How many are late, and how many courses run out within so many days.
SUMMARY_COUNTS = ("overdue", "expired", "expiring_30", "expiring_60", "expiring_90")
SUMMARY_FIGURES = ("home", "name", "staff", "percent", "percent_month_ago", *SUMMARY_COUNTS)
SUMMARY_KEYS = (*SUMMARY_FIGURES, "by_role", "by_course", "months")
MONTH = Span(1, "mo")


def forecast_keys(*, by_home: bool, by_course: bool) -> tuple[str, ...]:
    """The keys of a forecast's rows."""
    more = (*(("home",) if by_home else ()), *(("code", "title") if by_course else ()))
    return ("month", *more, "payer", "renewals", "gaps", "people", "minutes", "cost")


def forecast_rows(
    reader: Reader,
    today: date,
    home: Named = None,
    *,
    months: int = 12,
    by_home: bool = False,
    by_course: bool = False,
) -> Iterator[list[object]]:
    """The rows of `report forecast`, under `forecast_keys`."""
    courses = list_courses_ahead(reader, today)
    pairs = list_pairs(reader, today, home)
    for row in forecast(pairs, courses, today, months, by_home=by_home, by_course=by_course):
        place = [
            *([row.home] if by_home else []),
            *([row.code, courses[row.code].title] if by_course else []),
        ]
        yield [month_text(row.month), *place, row.payer, *_figures(row)]


def _figures(row: Ahead) -> tuple[object, ...]:
    return (row.renewals, row.gaps, row.people, row.minutes, price_text(row.cents))


def month_text(month: date) -> str:
    """A month as people write it in ISO, `2026-12`."""
    return month.isoformat()[:7]


def month_before(today: date) -> date:
    """The day of `percent_month_ago`."""
    return MONTH.before(today)


def list_summaries(reader: Reader, today: date, home: Named = None, *, months: int = 12) -> list[Summary]:
    """A summary of each home, by code, and last of all of them together."""
    now = summarize(
        list_pairs(reader, today, home),
        list_posts(reader, today, home),
        list_names(reader, today, home),
        today,
        months,
    )
    ago = month_before(today)
    missing = list_pairs(reader, ago, home, missing=True)
    return with_month_ago(now, percents(list_obliged(reader, ago, home), missing))


def summary_row(row: Summary) -> list[object]:
    """A summary under SUMMARY_KEYS."""
    return [
        *(getattr(row, key) for key in SUMMARY_FIGURES),
        [
            {"role": each.role, "name": each.name, "staff": each.staff, "percent": each.percent}
            for each in row.by_role
        ],
        [
            {
                "code": each.code,
                "title": each.title,
                "required": each.required,
                "valid": each.valid,
                "percent": each.percent,
            }
            for each in row.by_course
        ],
        [
            {
                "month": month_text(each.month),
                "renewals": each.renewals,
                "minutes": each.minutes,
                "employer_cost": price_text(each.employer_cents),
                "learner_cost": price_text(each.learner_cents),
            }
            for each in row.months
        ],
    ]
