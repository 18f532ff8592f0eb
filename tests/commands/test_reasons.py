"""What ends or takes back something says why, where somebody gives a reason; the audit log keeps it."""

import json

import pytest

from tests.commands.conftest import AT, granted
from tests.conftest import TODAY, Carepass
from tests.docs.walk import every_command

# Words that end, take back or refuse something that others rely on.
ENDINGS = (
    *("role end", "role decline", "role cancel", "account deactivate", "account return", "course retire"),
    *("requirement remove", "requirement unwaive", "submission reject", "registration fail"),
    *("registration withdraw", "record void", "passport revoke", "passport distrust", "audit undo"),
)


def test_every_ending_takes_a_reason() -> None:
    options = {
        told.words: {name for param in told.command.params for name in param.opts} for told in every_command()
    }
    assert [words for words in ENDINGS if words in options and "--reason" not in options[words]] == []


@pytest.mark.parametrize(
    ("line", "action"),
    [
        (("requirement", "remove", "WHMIS-1", *AT), "remove"),
        (("course", "retire", "WHMIS-1", "--yes"), "retire"),
        (("registration", "withdraw", "1/IPAC-101"), "withdraw"),
        (("registration", "fail", "1/IPAC-101"), "fail"),
        (("requirement", "unwaive", "1000", "WHMIS-1"), "unwaive"),
    ],
)
def test_the_log_keeps_the_reason(staff: Carepass, line: tuple[str, ...], action: str) -> None:
    granted(staff, "IPAC-101", TODAY)
    staff("requirement", "waive", "1000", "WHMIS-1", "--reason", "exempt")
    staff(*line, "--reason", "moved on")
    told = [entry["after"] for entry in staff.rows("audit", "list") if entry["action"] == action]
    assert [json.loads(after)["reason"] for after in told] == ["moved on"]
