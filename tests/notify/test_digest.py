"""The weekly digest to the home's manager: what has expired."""

import pytest

from tests.conftest import Carepass, person
from tests.notify.conftest import Office, receivers, staff_member, text_of

# TODAY, 2026-11-21, is a Saturday; a week is seven days, whichever day it begins on.
MONDAY, SUNDAY, NEXT_MONDAY = "2026-11-23", "2026-11-29", "2026-11-30"
MANAGER = "manager@example.org"


@pytest.fixture
def managed(office: Office) -> Office:
    """A home with a manager's address, and one record that ran out in October."""
    office.carepass("home", "edit", "maple-grove", "--manager-email", MANAGER)
    office.carepass("record", "add", "1000", "IPAC-101", "--on", "2025-10-05")
    return office


def digests(office: Office, today: str, code: int = 0) -> list[object]:
    """The digests that arrived; each person's own reminder comes beside them."""
    return [letter for letter in office(today, code=code) if letter["To"] == MANAGER]


def test_once_in_seven_days(managed: Office) -> None:
    days = (MONDAY, MONDAY, "2026-11-25", SUNDAY, NEXT_MONDAY, "2026-12-01")
    assert [len(digests(managed, day)) for day in days] == [1, 0, 0, 0, 1, 0]


def test_seven_days_from_the_first_whichever_day_it_was(managed: Office) -> None:
    days = ("2026-11-25", SUNDAY, NEXT_MONDAY, "2026-12-01", "2026-12-02", "2026-12-10", "2026-12-16")
    assert [len(digests(managed, day)) for day in days] == [1, 0, 0, 0, 1, 1, 0]


def test_one_that_was_taken_back_does_not_count(managed: Office) -> None:
    managed.server.inbox.handle_RCPT = refuse
    assert not managed(MONDAY, code=1)
    del managed.server.inbox.handle_RCPT
    managed.carepass("record", "add", "1000", "IPAC-101", "--on", MONDAY, today=MONDAY)
    assert not digests(managed, "2026-11-24")
    staff_member(managed.carepass, "andre", completed="2025-10-01")
    assert len(digests(managed, "2026-11-25")) == 1


def test_one_that_was_taken_back_is_not_made_again_on_its_day(managed: Office) -> None:
    managed.server.inbox.handle_RCPT = refuse
    assert not managed(MONDAY, code=1)
    del managed.server.inbox.handle_RCPT
    number = str(managed.carepass("record", "add", "1000", "IPAC-101", "--on", MONDAY, "-o", "json",
                                  today=MONDAY).json["record"])  # fmt: skip
    assert not digests(managed, MONDAY)
    managed.carepass("record", "void", number, "--reason", "wrong", today=MONDAY)
    assert not digests(managed, MONDAY)
    assert len(digests(managed, "2026-11-24")) == 1


def test_what_it_says(managed: Office) -> None:
    staff_member(managed.carepass, "valid", completed="2026-11-01")
    staff_member(managed.carepass, "soon", completed="2025-11-30")
    (letter,) = (each for each in managed(MONDAY) if each["To"] == MANAGER)
    assert letter["Subject"] == "Expired training, Maple Grove: 1"
    text = text_of(letter)
    assert "O'Brien, Hélène (1000), psw Course IPAC-101 (IPAC-101)" in text
    assert "2026-10-05" in text
    assert "Exemplaire" not in text
    assert "1990-05-17" not in letter.as_string()


def test_none_without_a_managers_address(managed: Office) -> None:
    managed.carepass("home", "create", "birch-hill", "--name", "Birch Hill")
    managed.carepass("home", "edit", "maple-grove", "--manager-email", "")
    assert receivers(managed(MONDAY)) == ["helene@example.org"]


def test_none_when_nobody_is_expired(office: Office) -> None:
    office.carepass("home", "edit", "maple-grove", "--manager-email", MANAGER)
    office.carepass("record", "add", "1000", "IPAC-101", "--on", "2025-12-01")
    assert receivers(office(MONDAY)) == ["helene@example.org"]


def test_each_manager_reads_of_the_own_home_only(managed: Office) -> None:
    carepass = managed.carepass
    carepass("home", "create", "birch-hill", "--name", "Birch Hill", "--like", "maple-grove")
    carepass("home", "edit", "birch-hill", "--manager-email", "other@example.org")
    assert "other@example.org" not in receivers(managed(MONDAY))


async def refuse(*_: object) -> str:
    return "450 Not today"


def test_what_waited_goes_with_what_is_true_now(managed: Office) -> None:
    staff_member(managed.carepass, "andre", completed="2025-10-01")
    managed.server.inbox.handle_RCPT = refuse
    assert not managed(MONDAY, code=1)
    del managed.server.inbox.handle_RCPT
    managed.carepass("record", "add", "1000", "IPAC-101", "--on", MONDAY, today=MONDAY)
    (letter,) = (each for each in managed("2026-11-24") if each["To"] == MANAGER)
    assert "O'Brien" not in text_of(letter)
    assert "Exemplaire, Andre" in text_of(letter)
    assert letter["Subject"].endswith(": 1")


@pytest.mark.parametrize("mended", [True, False], ids=["nobody is expired now", "a week has passed"])
def test_a_digest_that_is_no_longer_true_is_taken_back(managed: Office, mended: bool) -> None:
    managed.server.inbox.handle_RCPT = refuse
    assert not managed(MONDAY, code=1)
    del managed.server.inbox.handle_RCPT
    if mended:
        managed.carepass("record", "add", "1000", "IPAC-101", "--on", MONDAY, today=MONDAY)
        assert not managed("2026-11-24")
    else:
        assert len(digests(managed, NEXT_MONDAY)) == 1
    listed = managed.carepass.rows("notify", "list", today=NEXT_MONDAY)
    statuses = [row["status"] for row in listed if row["kind"] == "digest"]
    assert statuses == (["cancelled"] if mended else ["cancelled", "sent"])


def test_in_french_to_a_manager_who_reads_french_here(managed: Office) -> None:
    person(managed.carepass, "Marie", "Exemplaire", MANAGER, "--language", "fr")
    managed.carepass("account", "confirm", "--account", MANAGER)
    (letter,) = (each for each in managed(MONDAY) if "expirées" in each["Subject"])
    assert letter["Subject"] == "Formations expirées, Maple Grove\u00a0: 1"


def test_a_new_managers_address_is_followed(managed: Office) -> None:
    carepass: Carepass = managed.carepass
    managed.server.inbox.handle_RCPT = refuse
    assert not managed(MONDAY, code=1)
    del managed.server.inbox.handle_RCPT
    carepass("home", "edit", "maple-grove", "--manager-email", "new@example.org", today="2026-11-24")
    assert "new@example.org" in receivers(managed("2026-11-24"))
