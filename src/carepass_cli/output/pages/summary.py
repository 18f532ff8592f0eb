"""The page for a director: one home, or all of them, a month."""

from collections.abc import Sequence
from datetime import date

from carepass_cli.output import workbook as xlsx
from carepass_cli.output.pages.draw import page_file
from carepass_cli.output.pages.page import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Columns,
    Figure,
    Figures,
    Head,
    Notes,
    Page,
    Section,
    Sheet,
)
from carepass_cli.output.pages.words import Words
from carepass_cli.rules.summary import MonthAhead, Summary

KEYS = (
    "home",
    "name",
    "staff",
    "percent",
    "percent_month_ago",
    "overdue",
    "expired",
    "expiring_30",
    "expiring_60",
    "expiring_90",
)
# Courses that are named as the first to see to.
FIRST = 5
# As many months as stand side by side on a telephone.
ABREAST = 13


def summary_file(
    rows: Sequence[Summary], today: date, month_ago: date, output: str, language: str, prepared_by: str
) -> bytes:
    """The summaries as `html`, `pdf` or `xlsx`."""
    if output == "xlsx":
        return xlsx.workbook_bytes(summary_workbook(rows, today))
    return page_file(summary_page(rows, today, month_ago, language, prepared_by), output)


def summary_workbook(rows: Sequence[Summary], today: date) -> xlsx.Workbook:
    """The summaries as a workbook: a sheet of homes, of roles, of courses and of months, each to filter."""
    return xlsx.Workbook(
        "Training summary",
        "All homes" if len(rows) != 2 else rows[0].name,
        today,
        [
            xlsx.Sheet("Homes", KEYS, [[getattr(row, key) for key in KEYS] for row in rows], frozen=2),
            xlsx.Sheet(
                "Roles",
                ("home", "role", "name", "staff", "percent"),
                [(row.home, r.role, r.name, r.staff, r.percent) for row in rows for r in row.by_role],
                frozen=2,
            ),
            xlsx.Sheet(
                "Courses",
                ("home", "code", "title", "required", "valid", "percent"),
                [
                    (row.home, c.code, c.title, c.required, c.valid, c.percent)
                    for row in rows
                    for c in row.by_course
                ],
                frozen=2,
            ),
            xlsx.Sheet(
                "Months",
                ("home", "month", "renewals", "minutes", "employer_cost", "learner_cost"),
                [
                    (row.home, m.month, m.renewals, m.minutes, m.employer_cents / 100, m.learner_cents / 100)
                    for row in rows
                    for m in row.months
                ],
                frozen=2,
            ),
        ],
        [("note", note) for note in NOTES],
    )


def summary_page(
    rows: Sequence[Summary], today: date, month_ago: date, language: str, prepared_by: str
) -> Page:
    """The page of `rows`: homes, and last all of them together. `month_ago` is the day of
    `percent_month_ago`."""
    say = Words(language)
    homes, whole = rows[:-1], rows[-1]
    sections = [
        Section("", [_figures(say, whole, month_ago)]),
        Section(say("What to see to first"), [_first(say, whole)]),
        *([Section(say("Homes"), [_homes(say, homes)])] if len(homes) > 1 else []),
        Section(say("By role and by course"), [_roles(say, whole), _courses(say, whole)]),
        Section(say("The months ahead"), _months(say, whole)),
        Section(say("Notes"), [Notes([say(text) for text in NOTES])]),
    ]
    return Page(
        language,
        say("Training summary"),
        homes[0].name if len(homes) == 1 else say("All homes"),
        "",
        today,
        prepared_by,
        sections,
        say.of_page(),
    )


NOTES = (
    "Percent: of the pairs of person and course that are required and not waived, how many are valid today.",
    "People on leave are left out.",
    "Renewals: records that count today and end in the month. A course without a price counts as nought.",
    "What is missing today is in the time and the cost of the first month.",
)


def _figures(say: Words, whole: Summary, month_ago: date) -> Figures:
    renewals = sum(month.renewals for month in whole.months)
    minutes = sum(month.minutes for month in whole.months)
    cents = sum(month.employer_cents for month in whole.months)
    return Figures(
        [
            Figure(
                say.percent(whole.percent),
                say("of what is required is valid"),
                _change(say, whole, month_ago),
            ),
            Figure(
                say.count(whole.overdue),
                say("Overdue"),
                say("never done, and past due"),
                _alarm(whole.overdue, "overdue"),
            ),
            Figure(
                say.count(whole.expired), say("Expired"), say("ran out"), _alarm(whole.expired, "expired")
            ),
            Figure(
                say.count(whole.expiring_30),
                say("Expiring in 30 days"),
                say(
                    "{sixty} in 60 days, {ninety} in 90 days",
                    sixty=say.count(whole.expiring_60),
                    ninety=say.count(whole.expiring_90),
                ),
                _alarm(whole.expiring_30, "expiring"),
            ),
            Figure(say.count(whole.staff), say("Staff"), say("people with a confirmed role")),
            Figure(
                say.money(cents),
                say("next {months} months, employer", months=len(whole.months)),
                say(
                    "{renewals} renewals, {hours} hours",
                    renewals=say.count(renewals),
                    hours=say.hours(minutes),
                ),
            ),
        ]
    )


def _alarm(count: int, tone: str) -> str:
    return tone if count else ""


def _change(say: Words, whole: Summary, month_ago: date) -> str:
    if whole.percent is None or whole.percent_month_ago is None:
        return ""
    points = round(whole.percent - whole.percent_month_ago, 1)
    if not points:
        return say("as on {day}", day=month_ago)
    sign = "+" if points > 0 else "−"
    return say("{points} points since {day}", points=f"{sign}{say.decimal(abs(points))}", day=month_ago)


def _first(say: Words, whole: Summary) -> Block:
    missing = [(course.required - course.valid, course) for course in whole.by_course]
    worst = sorted((each for each in missing if each[0]), key=lambda each: (-each[0], each[1].code))[:FIRST]
    if not whole.by_course:
        return Notes([say("Nothing is required yet.")])
    if not worst:
        return Notes([say("Nothing is missing.")])
    most = worst[0][0]
    return Bars(
        say("Courses that most people are missing"),
        (say("Course"), say("Missing")),
        [
            Bar(
                course.title,
                count / most,
                say.part(count, course.required),
                course.code,
                "overdue",
            )
            for count, course in worst
        ],
    )


def _homes(say: Words, homes: Sequence[Summary]) -> Sheet:
    heads = ("Home", "Staff", "Percent", "Overdue", "Expired", "30 days", "60 days", "90 days")
    return Sheet(
        say("Each home on its own; somebody who works at several counts in each, and once in all."),
        [Head(say(text), number=place > 0, wide=place == 0) for place, text in enumerate(heads)],
        [
            [
                Cell(home.name),
                Cell(say.count(home.staff)),
                Cell(say.percent(home.percent)),
                *(Cell(say.count(number)) for number in _counts(home)),
            ]
            for home in sorted(homes, key=lambda home: (_lowest(home.percent), home.name))
        ],
    )


def _counts(home: Summary) -> tuple[int, ...]:
    return (home.overdue, home.expired, home.expiring_30, home.expiring_60, home.expiring_90)


def _lowest(percent: float | None) -> float:
    return 101.0 if percent is None else percent


def _roles(say: Words, whole: Summary) -> Bars:
    roles = sorted(whole.by_role, key=lambda role: (_lowest(role.percent), role.name))
    return Bars(
        say("Roles, the lowest first: how much of what is required is valid"),
        (say("Role"), say("Percent")),
        [
            Bar(role.name, (role.percent or 0) / 100, say.percent(role.percent), _people(say, role.staff))
            for role in roles
        ],
    )


def _people(say: Words, count: int) -> str:
    return say("1 person") if count == 1 else say("{count} people", count=say.count(count))


def _courses(say: Words, whole: Summary) -> Bars:
    courses = sorted(whole.by_course, key=lambda course: (_lowest(course.percent), course.code))
    return Bars(
        say("Courses, the lowest first: valid of required"),
        (say("Course"), say("Percent")),
        [
            Bar(
                each.title,
                (each.percent or 0) / 100,
                say.percent(each.percent),
                f"{each.code}, {say.part(each.valid, each.required)}",
            )
            for each in courses
        ],
    )


def _months(say: Words, whole: Summary) -> list[Block]:
    heads = ("Month", "Renewals", "Hours", "Employer pays", "Learner pays")
    months = whole.months
    most = max((month.renewals for month in months), default=0) or 1
    total = MonthAhead(
        months[0].month,
        *(
            sum(getattr(each, name) for each in months)
            for name in ("renewals", "minutes", "employer_cents", "learner_cents")
        ),
    )
    named = [*((say.month(each.month), each) for each in months), (say("All months"), total)]
    abreast: list[Block] = [
        Columns(
            say("Records that end in each month"),
            [
                Column(say.month(each.month, year=False), each.renewals / most, say.count(each.renewals))
                for each in months
            ],
        ),
        *_line(say, whole),
    ]
    return [
        *(abreast if len(months) < ABREAST else []),
        Sheet(
            say("What the months take: time, and cost by payer"),
            [Head(say(text), number=place > 0, wide=place == 0) for place, text in enumerate(heads)],
            [
                [
                    Cell(name),
                    Cell(say.count(each.renewals)),
                    Cell(say.hours(each.minutes)),
                    Cell(say.money(each.employer_cents)),
                    Cell(say.money(each.learner_cents)),
                ]
                for name, each in named
            ],
        ),
    ]


def _line(say: Words, whole: Summary) -> list[Block]:
    """How the percentage would fall if nobody renewed anything."""
    required = sum(course.required for course in whole.by_course)
    valid = sum(course.valid for course in whole.by_course)
    if not required:
        return []
    points = [Column(say("Today"), valid / required, f"{100 * valid / required:.0f}")]
    for each in whole.months:
        valid = max(valid - each.renewals, 0)
        points.append(
            Column(say.month(each.month, year=False), valid / required, f"{100 * valid / required:.0f}")
        )
    return [Columns(say("Percent valid at each month's end, if nothing were renewed"), points, line=True)]
