"""What the output formats are tried with: pages that mean no harm, and pages that do."""

import os
import shutil
import warnings
from datetime import date
from typing import NamedTuple

import pytest

from carepass_cli.output.pages.binder import binder_page
from carepass_cli.output.pages.matrix import MatrixFigures, matrix_page
from carepass_cli.output.pages.page import Page
from carepass_cli.output.pages.person import person_page
from carepass_cli.output.pages.summary import summary_page
from carepass_cli.output.pages.transcript import Transcript, transcript_page
from carepass_cli.rules.binder import Binder, Table
from carepass_cli.rules.compliance import percent
from carepass_cli.rules.summary import CourseShare, MonthAhead, RoleShare, Summary

DAY = date(2026, 11, 21)
HOSTILE = [
    "<script>document.title = 'taken'</script>",
    '"><img src=x onerror="document.title=1">',
    '=HYPERLINK("http://example.invalid","x")',
    "=cmd()",
    "+1+1",
    "@SUM(A1)",
    "{{ 7 * 7 }}",
    "http://example.invalid/",
    "a\x1b]0;taken\x07b\u202ec",
    "&amp; &Wide",
    "_x0041_",
    '"; } body { display: none } /* \\',
]
CELLS = (
    "valid 2027-03-01",
    "expiring 2026-12-04",
    "expired 2026-10-01",
    "overdue",
    "not-started",
    "waived",
    "",
    "valid",
)
PAGES = ("summary", "chain", "person", "matrix", "wide", "transcript", "binder", "empty", "hostile")
NOTE = "Equated courses satisfy each other; void records do not count."


class Held(NamedTuple):
    """A completion as a transcript takes it."""

    code: str
    title: str
    provider: str
    completed_on: date
    last_day: date | None


@pytest.fixture
def matrix() -> MatrixFigures:
    """Eight people, twelve courses, every status in every course."""
    return make_matrix(8, 12)


@pytest.fixture
def wide_matrix() -> MatrixFigures:
    """More courses than one sheet of paper holds."""
    return make_matrix(3, 40)


@pytest.fixture
def hostile_matrix() -> MatrixFigures:
    """Every text that comes from people is one that a reader might obey."""
    rows = [(text, text, text, text, "overdue", "valid 2027-03-01") for text in HOSTILE]
    names = dict.fromkeys(HOSTILE, HOSTILE[0])
    return MatrixFigures(
        "&Page <b>", DAY, [(HOSTILE[3], HOSTILE[0]), ("A-1", HOSTILE[1])], rows, names, [NOTE]
    )


def make_matrix(people: int, courses: int) -> MatrixFigures:
    """A sample in which neighbours differ, so that a cell in the wrong place is seen."""
    return MatrixFigures(
        "Maple Grove (sample)",
        DAY,
        [(f"IPAC-{101 + i}", f"Infection Prevention, part {i + 1}") for i in range(courses)],
        [
            (
                f"{1000 + n}",
                f"Bélanger-Featherstone{n}",
                "Marie-Ève",
                ("psw", "rn", "psw, rn")[n % 3],
                *(CELLS[(n + i * 3) % 8] for i in range(courses)),
            )
            for n in range(people)
        ],
        {"psw": "Personal Support Worker", "rn": "Registered Nurse"},
        [NOTE],
    )


def make_summary(home: str, name: str, text: str = "") -> Summary:
    """One home's figures; `text` takes the place of titles and names."""
    courses = [
        CourseShare("IPAC-101", text or "Infection Prevention and Control", 118, 109, percent(109, 118)),
        CourseShare("MOVE-300", text or "Safe Lifts, Transfers and Repositioning of Residents", 82, 60, 73.2),
        CourseShare("WHMIS-1", text or "WHMIS", 104, 104, 100.0),
    ]
    roles = [
        RoleShare("psw", text or "Personal Support Worker", 64, 92.4),
        RoleShare("cook", text or "Cook", 1, 71.4),
        RoleShare("volunteer", text or "Volunteer", 11, None),
    ]
    months = [
        MonthAhead(date(2026 + (10 + i) // 12, (10 + i) % 12 + 1, 1), 3 * i, 225 * i, 13_500 * i, 450 * i)
        for i in range(12)
    ]
    return Summary(home, name, 118, 91.3, 90.1, 23, 31, 38, 71, 1103, roles, courses, months)


def make_page(which: str, language: str = "en") -> Page:
    """One of PAGES."""
    by, month_ago = "Anne Administrator", date(2026, 10, 21)
    one = [make_summary("maple-grove", "Maple Grove"), make_summary("all", "")]
    if which == "summary":
        return summary_page(one, DAY, month_ago, language, by)
    if which == "chain":
        names = ("Maple Grove", "Résidence Sainte-Thérèse-de-l’Enfant-Jésus", "Cedar House")
        rows = [make_summary(name.casefold(), name) for name in names]
        return summary_page([*rows, make_summary("all", "")], DAY, month_ago, language, by)
    if which == "matrix":
        return matrix_page(make_matrix(8, 12), language, by)
    if which == "wide":
        return matrix_page(make_matrix(40, 31), language, by)
    if which == "empty":
        return matrix_page(MatrixFigures("Maple Grove", DAY, [], [], {}, []), language, by)
    if which == "hostile":
        rows = [(text, text, text, text, "valid", "overdue") for text in HOSTILE]
        names = dict.fromkeys(HOSTILE, HOSTILE[0])
        columns = [(HOSTILE[3], HOSTILE[0]), ("A-1", HOSTILE[1])]
        return matrix_page(MatrixFigures(HOSTILE[-1], DAY, columns, rows, names, []), language, HOSTILE[1])
    if which == "person":
        return person_page(make_person(), DAY, language, by)
    if which == "transcript":
        awards = [
            Held(
                "IPAC-101",
                "Infection Prevention and Control",
                "Lakeside College",
                date(2026, 5, 1),
                date(2027, 5, 1),
            ),
            Held("WHMIS-1", "WHMIS", "Lakeside College", date(2026, 5, 1), None),
        ]
        return transcript_page(
            Transcript("Hélène O'Brien", "Maple Grove", DAY, "ab" * 32, awards), language, by
        )
    courses = [
        ("IPAC-101", "Infection Prevention and Control", 118, 109, 92.4, "O. Reg. 1/00 s. 2"),
        ("OWN-1", "Our own", 0, 0, None, ""),
    ]
    tables = [Table("compliance", (), courses), Table("gaps", (), [()] * 54), Table("waivers", (), [])]
    binder = Binder("maple-grove", "Maple Grove", DAY, 2026, 118, "12:" + "c0ffee" * 10, tables)
    return binder_page(binder, which == "binder", language)


def make_person() -> dict[str, object]:
    """What `report person` prints, of somebody with something of everything."""
    at = {"home": "maple-grove", "role": "psw"}
    asked = (
        ("IPAC-101", "valid", "2026-05-01", "2027-05-01"),
        ("MOVE-300", "overdue", None, None),
        ("FIRE-201", "expired", "2025-10-01", "2026-10-01"),
        ("DEM-120", "expiring", "2025-12-01", "2026-12-01"),
        ("WHMIS-1", "waived", None, None),
        ("LIFT-1", "not-started", None, None),
    )
    return {
        "today": "2026-11-21",
        "account": {
            "portal_id": "1000", "first_name": "Hélène", "last_name": "O'Brien", "employee_number": "00417",
        },
        "roles": [{**at, "status": "confirmed", "start_on": "2024-02-01", "ended_on": None}],
        "requirements": [
            {**at, "code": code, "title": f"Course {code}", "status": status, "due_on": "2024-03-02",
             "completed_on": done, "expires_on": ends}
            for code, status, done, ends in asked
        ],
        "records": [
            {"title": "Course IPAC-101", "code": "IPAC-101", "completed_on": "2026-05-01",
             "expires_on": "2027-05-01",
             "provider": "Lakeside College", "verified_by": "A. Nurse", "voided_on": None}
        ],
        "registrations": [
            {"title": "Course MOVE-300", "line": "12/MOVE-300", "status": "in-progress",
             "access_on": "2026-11-12",
             "complete_by": "2026-11-26", "completed_on": None}
        ],
        "waivers": [
            {"title": "Course WHMIS-1", "code": "WHMIS-1", "reason": "desk work only",
             "from_on": "2026-01-01",
             "until_on": None}
        ],
        "leaves": [{"reason": "parental", "from_on": "2025-01-01", "until_on": "2025-06-30"}],
    }  # fmt: skip


def program(*names: str) -> str:
    """The path of the first of these programs. Without one, CI fails and others are told in a warning."""
    for name in names:
        if path := shutil.which(name):
            return path
    reason = f"not tried, because this machine has none of: {', '.join(names)}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    warnings.warn(reason, stacklevel=2)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def soffice() -> str:
    """LibreOffice (Debian: libreoffice-calc)."""
    return program("soffice", "libreoffice")


@pytest.fixture(scope="module")
def chromium() -> str:
    """A Chromium that is installed already; Playwright downloads none."""
    return program("chromium", "chromium-browser", "google-chrome")
