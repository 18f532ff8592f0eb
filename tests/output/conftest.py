"""What the output formats are tried with: one matrix that means no harm and one that does."""

import os
import shutil
import warnings

import pytest

from carepass_cli.output.matrix import Matrix

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
]


@pytest.fixture
def matrix() -> Matrix:
    """Eight people, twelve courses, every status in every course."""
    return make_matrix(8, 12)


@pytest.fixture
def wide_matrix() -> Matrix:
    """More courses than one sheet of paper holds."""
    return make_matrix(3, 40)


@pytest.fixture
def hostile_matrix() -> Matrix:
    """Every text that comes from people is one that a reader might obey."""
    rows = [(text, text, text, text, text, f"valid {text}") for text in HOSTILE]
    return Matrix(
        HOSTILE[0], "2026-11-21", "&Page <b>", [(HOSTILE[3], HOSTILE[0]), ("A-1", HOSTILE[1])], rows, HOSTILE
    )


def make_matrix(people: int, courses: int) -> Matrix:
    """A sample in which neighbours differ, so that a cell in the wrong place is seen."""
    cells = (
        "valid 2027-03-01",
        "expiring 2026-12-04",
        "expired 2026-10-01",
        "overdue",
        "not-started",
        "waived",
        "",
        "valid",
    )
    return Matrix(
        "Training matrix",
        "2026-11-21",
        "Maple Grove (sample)",
        [(f"IPAC-{101 + i}", f"Infection Prevention, part {i + 1}") for i in range(courses)],
        [
            (
                f"{1000 + n}",
                f"Bélanger-Featherstone{n}",
                "Marie-Ève",
                "psw",
                *(cells[(n + i * 3) % 8] for i in range(courses)),
            )
            for n in range(people)
        ],
        ["People with a confirmed role on that day."],
    )


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
