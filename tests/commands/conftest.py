"""Steps that the tests of the commands share: from a course in the cart to access."""

from typing import Any

from tests.conftest import Carepass

AT = ("--home", "maple-grove", "--role", "psw")


def submit(carepass: Carepass, *courses: str, account: str = "1000", today: str | None = None) -> Any:
    """Put courses (and flags) in the cart and submit it; the rows of the submission."""
    carepass("cart", "add", account, *courses, today=today)
    return carepass.rows("cart", "submit", account, today=today)


def granted(carepass: Carepass, course: str, today: str, account: str = "1000") -> str:
    """Submit a course and give access to it on the same day; its line."""
    (row,) = submit(carepass, course, "--self-pay", account=account, today=today)
    assert row["decision"] == "approved", row
    carepass("registration", "grant", row["line"], today=today)
    return str(row["line"])


def standing(carepass: Carepass, course: str, today: str | None = None, account: str = "1000") -> Any:
    """The line of *Manage My Training* for one course."""
    rows = carepass.rows("requirement", "list", "--account", account, today=today)
    return next(row for row in rows if row["code"] == course)


def registration(carepass: Carepass, line: str, today: str | None = None) -> Any:
    """One registration, as the list shows it."""
    rows = carepass.rows("registration", "list", today=today)
    return next((row for row in rows if row["line"] == line), None)
