"""A home with three people in two roles, and the steps that its tests share."""

import pytest

from tests.conftest import Carepass, course, person
from tests.shelf import kept


def hire(carepass: Carepass, account: str, role: str = "psw", day: str | None = None, *more: str) -> None:
    """Assign a role at maple-grove and confirm it on the same day."""
    carepass(
        "role", "assign", account, "--home", "maple-grove", "--role", role, "--unverified", *more, today=day
    )
    carepass("role", "confirm", "--account", account, "--home", "maple-grove", "--role", role, today=day)


def record(carepass: Carepass, account: str, code: str, on: str) -> str:
    """Record a completion; its number."""
    return str(carepass("record", "add", account, code, "--on", on, "-o", "json").json["record"])


def begin(carepass: Carepass) -> None:
    """What `team` says."""
    today, carepass.today = carepass.today, "2026-02-01"
    carepass("home", "create", "maple-grove", "--name", "Maple Grove")
    for role, group in (("psw", "direct-care"), ("rn", "registered")):
        carepass("role", "create", "maple-grove", role, "--name", role, "--group", group)
    for code, years in (("IPAC-101", "1"), ("WHMIS-1", ""), ("LIFT-3", "3"), ("MEDS-1", "1")):
        course(carepass, code, *(("--validity-years", years) if years else ()), "--price", "45.00")
    for role, codes in (("psw", ("IPAC-101", "WHMIS-1", "LIFT-3")), ("rn", ("IPAC-101", "MEDS-1"))):
        carepass("requirement", "add", *codes, "--home", "maple-grove", "--role", role)
    for account, first, last, role in (
        ("1000", "Ann", "Aube", "psw"),
        ("1001", "Bea", "Béla", "psw"),
        ("1002", "Cy", "Cole", "rn"),
    ):
        person(carepass, first, last, f"{first.lower()}@example.org")
        hire(carepass, account, role)
    carepass.today = today


@pytest.fixture
@kept
def team(carepass: Carepass) -> Carepass:
    """maple-grove on 2026-02-01: role psw (direct-care) requires IPAC-101 (annual), WHMIS-1 (once) and
    LIFT-3 (three years); role rn (registered) requires IPAC-101 and MEDS-1 (annual). 1000 (Aube) and 1001
    (Béla) are psw, 1002 (Cole) is rn."""
    begin(carepass)
    return carepass
