"""What is written today is seen today, in every list: nothing waits for the next morning."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Carepass, assign, course, person

pytestmark = pytest.mark.on_file

EVE, DAY = "2026-11-24", "2026-11-25"
AT = ("--home", "maple-grove", "--role", "psw")
READS = """
account list
account list --search vu
account list --home oak-hill
account leaves --home oak-hill
home list
home budgets
role list --account 1001
role assignments
role assignments --status ended
role pending
course list
course show IPAC-101
requirement list
requirement list --account 1000
requirement list --account 1001
requirement list --account 1002
requirement list --account 1003
requirement waivers --home oak-hill
explain 1001
explain 1002
explain 1003
cart show 1003
cart history 1000
submission list
registration list
record list 1001
record list 1002
record files 6
report expiring --within 1y
report gaps
report onboarding
report clearance
report compliance --home maple-grove
report compliance --home maple-grove --names
report compliance --home maple-grove --basis rolling --names
report matrix --home oak-hill
report summary
report forecast
report forecast --by home,course
report person 1001
report deadlines
report retakes
status
notify list
""".strip().splitlines()


def long_ago(carepass: Carepass) -> None:
    """Two homes, four people, and what ends or changes on the day itself."""
    carepass(
        "home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove", "--approval", "manual"
    )
    for number, name in enumerate(("Bo Vu", "Cy Wu", "Di Xu"), 1):
        person(carepass, *name.split(), f"p{number}@example.org")
    course(carepass, "FIRE-1", "--price", "20.00")
    course(carepass, "PCI-1", "--validity-years", "1")
    carepass("requirement", "add", "FIRE-1", *AT, "--before-start")
    for account in ("1000", "1003"):
        carepass("role", "assign", account, "--home", "oak-hill", "--role", "psw", "--unverified")
        carepass("role", "confirm", "--account", account, "--home", "oak-hill", "--role", "psw")
    carepass("requirement", "waive", "1003", "IPAC-101", "--reason", "trained abroad")
    for account, day in (("1000", "2026-01-12"), ("1000", "2026-03-02"), ("1003", "2025-12-01")):
        carepass("record", "add", account, "IPAC-101", "--on", day)
    carepass("record", "add", "1003", "WHMIS-1", "--on", "2025-12-01")
    carepass("cart", "add", "1000", "WHMIS-1", "FIRE-1", *AT)
    carepass("cart", "submit", "1000")
    carepass("registration", "grant", "1/WHMIS-1", "1/FIRE-1")


def on_one_day(carepass: Carepass, file: Path) -> None:
    """Something of every kind that works from its day on."""
    carepass("course", "equate", "IPAC-101", "PCI-1")
    for account in ("1001", "1002"):
        for home in ("maple-grove", "oak-hill"):
            assign(carepass, account, home, "psw", "--start", "2026-11-23")
    for account in ("1001", "1002"):
        carepass("role", "confirm", "--account", account, *AT)
    carepass("role", "confirm", "--account", "1001", "--home", "oak-hill", "--role", "psw")
    carepass("role", "decline", "--account", "1002", "--home", "oak-hill", "--role", "psw")
    carepass("account", "edit", "1001", "--last-name", "Vu-Roy")
    carepass("home", "edit", "oak-hill", "--name", "Oak Hill House", "--expiring-within", "2y")
    carepass("role", "edit", "oak-hill", "psw", "--name", "Support worker")
    carepass("course", "edit", "WHMIS-1", "--title", "Hazardous products")
    carepass("requirement", "add", "WHMIS-1", "--home", "oak-hill", "--role", "psw", "--learner-pays")
    carepass("requirement", "remove", "FIRE-1", "--home", "oak-hill", "--role", "psw")
    carepass("requirement", "waive", "1001", "WHMIS-1", "--reason", "exempt")
    carepass("requirement", "unwaive", "1003", "IPAC-101")
    carepass("record", "add", "1002", "PCI-1", "--on", "2025-12-01")
    carepass("record", "add", "1001", "IPAC-101", "--on", carepass.today, "--file", str(file))
    carepass("record", "void", "2", "--reason", "somebody else")
    carepass("record", "extend", "3", "--to", "2027-06-30", "--reason", "by order")
    carepass("registration", "extend", "1/WHMIS-1", "--to", "2027-01-15", "--reason", "ill")
    carepass("registration", "fail", "1/FIRE-1")
    carepass("home", "budget", "maple-grove", "--year", "2026", "--amount", "500.00")
    carepass("cart", "add", "1002", "WHMIS-1", "FIRE-1", *AT)
    carepass("cart", "submit", "1002")
    carepass("registration", "grant", "2/WHMIS-1")
    carepass("registration", "withdraw", "2/FIRE-1")
    carepass("cart", "add", "1003", "IPAC-101", "--home", "oak-hill", "--role", "psw")
    carepass("cart", "submit", "1003")
    carepass("submission", "reject", "3/IPAC-101", "--reason", "not yet")
    carepass("cart", "add", "1003", "WHMIS-1", "--home", "oak-hill", "--role", "psw")
    carepass("account", "leave", "1003", "--from", "2026-11-01", "--reason", "parental")
    carepass("account", "return", "1003")
    carepass("account", "leave", "1001", "--from", carepass.today, "--reason", "parental")
    carepass("role", "end", "1000", "--home", "oak-hill", "--role", "psw")
    assign(carepass, "1003")


def but_days(answer: Any) -> Any:
    """An answer without days, and without how far away they are."""
    if isinstance(answer, list):
        return [but_days(each) for each in answer]
    if isinstance(answer, dict):
        left_out = {"days_left", "pending_days", "days_late", "change"}
        return {key: but_days(value) for key, value in answer.items() if key not in left_out}
    return re.sub(r"\d{4}-\d\d(-\d\d)?|\d+ days?", "", answer) if isinstance(answer, str) else answer


def test_what_was_written_today_is_seen_as_if_it_were_of_yesterday(staff: Carepass, tmp_path: Path) -> None:
    file = tmp_path / "certificate.txt"
    file.write_text("seen")
    long_ago(staff)
    other = Carepass(str(tmp_path / "other.db"))
    shutil.copy(staff.db, other.db)
    told = []
    for carepass, day in ((staff, DAY), (other, EVE)):
        carepass.today = day
        on_one_day(carepass, file)
        carepass.today = DAY
        told.append({line: but_days(carepass.rows(*line.split())) for line in READS})
    today, eve = told
    for line in READS:
        assert today[line] == eve[line], line
    assert not [line for line in READS if not today[line]]
