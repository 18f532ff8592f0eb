"""What is written today is seen today, in every list: nothing waits for the next morning."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Carepass, assign, course, person

pytestmark = pytest.mark.on_file

EVE, DAY = "2026-11-24", "2026-11-25"
AT, OAK = ("--home", "maple-grove", "--role", "psw"), ("--home", "oak-hill", "--role", "psw")
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
explain 1000
cart show 1003
cart history 1000
submission list
registration list
record list 1001
record list 1002
record files 16
report expiring --within 1y
report gaps
report onboarding
report clearance
report clearance --on 2027-02-01
report compliance --home maple-grove
report compliance --home oak-hill
report compliance --home oak-hill --names
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
notify show 2
""".strip().splitlines()


def long_ago(carepass: Carepass) -> None:
    """Two homes, eight people, and what ends or changes on the day itself."""
    carepass("role", "create", "maple-grove", "cook", "--name", "Cook")
    carepass("requirement", "add", "IPAC-101", "--home", "maple-grove", "--role", "cook")
    like = ("--like", "maple-grove", "--approval", "manual")
    carepass("home", "create", "oak-hill", "--name", "Oak Hill", *like)
    for number, name in enumerate(("Bo Vu", "Cy Wu", "Di Xu", "Ed Yu", "Flo Zu", "Gil Au", "Hal Io"), 1):
        person(carepass, *name.split(), f"p{number}@example.org")
    for code in ("FIRE-1", "FIRE-2", "PCI-1", "NEW-1"):
        course(carepass, code, "--validity-years", "1", "--price", "20.00")
    carepass("requirement", "add", "FIRE-1", *AT, "--before-start")
    for account in ("1000", "1003"):
        assign(carepass, account, "oak-hill")
        carepass("role", "confirm", "--account", account, *OAK)
    for account in ("1004", "1005"):
        assign(carepass, account)
        carepass("role", "confirm", "--account", account, *AT)
        carepass("record", "add", account, "IPAC-101", "--on", "2025-06-02")
    for account, role in (("1007", "psw"), ("1004", "cook")):
        assign(carepass, account, "maple-grove", role)
        carepass("role", "confirm", "--account", account, "--home", "maple-grove", "--role", role)
    assign(carepass, "1005", "oak-hill")
    carepass("requirement", "waive", "1003", "IPAC-101", "--reason", "trained abroad")
    for account, day in (("1000", "2026-01-12"), ("1000", "2026-03-02"), ("1003", "2025-12-01")):
        carepass("record", "add", account, "IPAC-101", "--on", day)
    for account, code, day in (("1003", "WHMIS-1", "2025-12-01"), ("1006", "IPAC-101", "2025-06-02")):
        carepass("record", "add", account, code, "--on", day)
    for account, courses in (
        ("1000", ("WHMIS-1", "FIRE-1")), ("1000", ("PCI-1", "NEW-1", "--self-pay")),
        ("1004", ("WHMIS-1", "FIRE-1")), ("1005", ("IPAC-101",)),
        ("1007", ("IPAC-101",)),
    ):  # fmt: skip
        carepass("cart", "add", account, *courses, *AT)
        carepass("cart", "submit", account)
    carepass("cart", "add", "1005", "FIRE-2", *AT)
    lines = (
        "1/WHMIS-1",
        "1/FIRE-1",
        "2/PCI-1",
        "2/NEW-1",
        "3/WHMIS-1",
        "3/FIRE-1",
        "4/IPAC-101",
        "5/IPAC-101",
    )
    carepass("registration", "grant", *lines)
    carepass("registration", "fail", "2/PCI-1", "2/NEW-1", "3/FIRE-1", "5/IPAC-101")


def on_one_day(carepass: Carepass, file: Path) -> None:
    """Something of every kind that works from its day on."""
    carepass("course", "equate", "IPAC-101", "PCI-1")
    carepass("course", "equate", "FIRE-1", "FIRE-2")
    for account in ("1001", "1002"):
        for home in ("maple-grove", "oak-hill"):
            assign(carepass, account, home, "psw", "--start", "2026-11-23")
        carepass("role", "confirm", "--account", account, *AT)
    carepass("role", "confirm", "--account", "1001", *OAK)
    carepass("role", "decline", "--account", "1002", *OAK)
    for role in ("psw", "cook"):
        assign(carepass, "1006", "oak-hill", role)
        carepass("role", "confirm", "--account", "1006", "--home", "oak-hill", "--role", role)
    carepass("role", "cancel", "1005", *OAK)
    carepass("account", "edit", "1001", "--last-name", "Vu-Roy")
    carepass("home", "edit", "oak-hill", "--name", "Oak Hill House", "--expiring-within", "2y")
    carepass("role", "edit", "oak-hill", "psw", "--name", "Support worker")
    carepass("course", "edit", "WHMIS-1", "--title", "Hazardous products")
    carepass("requirement", "add", "WHMIS-1", *OAK, "--learner-pays")
    for role in ("psw", "cook"):
        carepass("requirement", "add", "NEW-1", "--home", "maple-grove", "--role", role)
    carepass("requirement", "remove", "FIRE-1", *OAK)
    carepass("requirement", "waive", "1001", "WHMIS-1", "FIRE-1", "--reason", "exempt")
    carepass("requirement", "unwaive", "1003", "IPAC-101")
    carepass("record", "add", "1002", "PCI-1", "--on", "2025-12-01")
    carepass("record", "add", "1002", "NEW-1", "--on", "2025-06-02")
    for account, code in (
        ("1004", "IPAC-101"), ("1004", "WHMIS-1"), ("1004", "FIRE-1"), ("1005", "PCI-1"), ("1007", "PCI-1"),
        ("1002", "FIRE-2"),
    ):  # fmt: skip
        carepass("record", "add", account, code, "--on", carepass.today)
    carepass("record", "add", "1001", "IPAC-101", "--on", carepass.today, "--file", str(file))
    carepass("record", "void", "4", "--reason", "somebody else")
    carepass("record", "extend", "5", "--to", "2027-06-30", "--reason", "by order")
    carepass("registration", "extend", "1/WHMIS-1", "--to", "2027-01-15", "--reason", "ill")
    carepass("registration", "fail", "1/FIRE-1")
    carepass("home", "budget", "maple-grove", "--year", "2026", "--amount", "500.00")
    carepass("cart", "add", "1002", "WHMIS-1", "IPAC-101", *AT)
    carepass("cart", "submit", "1002")
    carepass("registration", "grant", "6/WHMIS-1")
    carepass("registration", "withdraw", "6/IPAC-101")
    carepass("cart", "add", "1003", "IPAC-101", *OAK)
    carepass("cart", "submit", "1003")
    carepass("submission", "reject", "7/IPAC-101", "--reason", "not yet")
    carepass("cart", "add", "1003", "WHMIS-1", *OAK)
    carepass("cart", "add", "1004", "NEW-1", *AT)
    carepass("account", "leave", "1003", "--from", "2026-11-01", "--reason", "parental")
    carepass("account", "return", "1003")
    carepass("account", "leave", "1001", "--from", carepass.today, "--reason", "parental")
    carepass("role", "end", "1000", *OAK)
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
        log = carepass.rows("audit", "list")
        assert not [row for row in log if row["subject"] == "rows"]  # each write has a word of its own
        told.append({line: but_days(carepass.rows(*line.split())) for line in READS})
    today, eve = told
    for line in READS:
        assert today[line] == eve[line], line
    assert not [line for line in READS if not today[line]]
