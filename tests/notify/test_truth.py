"""One letter a person a run, and only what is true when it goes."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Carepass, assign, person, token_of
from tests.mail.server import Inbox
from tests.notify.conftest import Office, receivers, staff_member, text_of
from tests.seams.test_settlement import AT

COMPLETED, LAST_DAY = "2026-01-20", "2027-01-20"


async def refuse(*_: object) -> str:
    return "450 Not today"


@pytest.fixture
def closed(office: Office) -> Callable[..., None]:
    """Runs in vain, against a server that takes nothing that day: what is due waits."""

    def run(today: str | None = None) -> None:
        office.server.inbox.handle_RCPT = refuse  # type: ignore[attr-defined]
        assert not office(today, code=1)
        del office.server.inbox.handle_RCPT

    return run


def why(office: Office, kind: str, today: str) -> list[str]:
    """Why the cancelled letters of a kind were."""
    rows = office.carepass.rows("notify", "list", today=today)
    found = [row["id"] for row in rows if (row["kind"], row["status"]) == (kind, "cancelled")]
    return [office.carepass.rows("notify", "show", str(n), today=today)["cancel_reason"] for n in found]


def everything_waits(carepass: Carepass) -> None:
    """Beth is to confirm account and role; 1000 has a decision, an access, and is to be reminded."""
    person(carepass, "Beth", "Exemplaire", "beth@example.org")
    assign(carepass, "1001")
    carepass("record", "add", "1000", "IPAC-101", "--on", COMPLETED)
    carepass("cart", "add", "1000", "WHMIS-1")
    carepass("cart", "submit", "1000")
    carepass("registration", "grant", "1/WHMIS-1")


def test_what_is_due_for_one_person_is_one_letter(office: Office) -> None:
    everything_waits(office.carepass)
    to_hélène, to_beth = sorted(office(), key=lambda letter: letter["To"], reverse=True)
    assert receivers([to_hélène, to_beth]) == ["helene@example.org", "beth@example.org"]
    for said in ("Here is the answer", "you have access to", "is valid through 2027-01-20"):
        assert said in text_of(to_hélène)
    assert to_beth["Subject"].endswith(" (and 1 more)")
    assert set(office.status().values()) == {"sent", "cancelled"}
    assert not office()


def test_one_address_that_is_refused_holds_back_all_that_waits_for_it(office: Office, closed: Any) -> None:
    everything_waits(office.carepass)
    closed()
    waiting = {number for number, status in office.status().items() if status == "queued"}
    assert len(office()) == 2
    assert {number for number, status in office.status().items() if status == "sent"} >= waiting


def test_a_reminder_of_a_last_day_that_was_moved_gives_way(office: Office, closed: Any) -> None:
    carepass = office.carepass
    carepass("record", "add", "1000", "IPAC-101", "--on", COMPLETED)
    closed()
    carepass("record", "extend", "1", "--to", "2027-01-25", "--reason", "by order", today="2026-11-23")
    (letter,) = office("2026-11-30")
    assert "is valid through 2027-01-25" in text_of(letter)
    assert LAST_DAY not in text_of(letter)


@pytest.mark.parametrize(
    ("ending", "kind", "reason"),
    [
        (("role", "confirm", "--account", "1001", *AT), "confirm-role", "its token has ended"),
        (("role", "decline", "--account", "1001", *AT), "confirm-role", "its token has ended"),
        (("role", "cancel", "1001", *AT), "confirm-role", "its token has ended"),
        (("account", "confirm", "--account", "1001"), "confirm-account", "its token has ended"),
        (("account", "deactivate", "1001", "--reason", "left"), "confirm-account", "its token has ended"),
        (("registration", "complete", "1/WHMIS-1"), "access", "the access was used, or is no more"),
        (("registration", "withdraw", "1/WHMIS-1"), "access", "the access was used, or is no more"),
        (("registration", "fail", "1/WHMIS-1"), "decision", "what was decided is no longer so"),
        (("role", "end", "1000", *AT), "decision", "the role has ended"),
        (("role", "end", "1000", *AT), "reminder", "there is nothing to remind of"),
        (("record", "void", "1", "--reason", "x"), "reminder", "there is nothing to remind of"),
        (("requirement", "waive", "1000", "IPAC-101", "--reason", "x"), "reminder", "there is nothing to"),
        (("account", "leave", "1000", "--from", "2026-11-21", "--reason", "x"), "reminder", "there is not"),
        (("record", "extend", "1", "--to", "2027-06-01", "--reason", "law"), "reminder", "there is noth"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else None,
)
def test_what_is_not_true_is_not_sent_and_says_why(
    office: Office, closed: Any, ending: tuple[str, ...], kind: str, reason: str
) -> None:
    everything_waits(office.carepass)
    closed()
    office.carepass(*ending)
    office()
    told = why(office, kind, "2026-11-21")[-1]
    assert told.startswith(reason)


def test_a_token_that_ran_out_while_the_letter_waited_is_made_anew(office: Office, closed: Any) -> None:
    carepass = office.carepass
    person(carepass, "Beth", "Exemplaire", "beth@example.org")
    assign(carepass, "1001")
    old = token_of(carepass, 4)
    closed()
    later = "2026-12-26"
    (letter,) = office(later)
    new = text_of(letter).split("carepass role confirm ")[1].split()[0]
    assert new != old
    assert "until the end of 2027-01-09" in text_of(letter)
    assert why(office, "confirm-role", later)[-1] == "its token has ended"
    carepass("role", "confirm", old, code=4, today=later)
    carepass("role", "confirm", new, today=later)


def test_a_token_good_to_its_last_day_goes_as_it_is(office: Office, closed: Any) -> None:
    person(office.carepass, "Beth", "Exemplaire", "beth@example.org")
    assign(office.carepass, "1001")
    closed()
    (letter,) = office("2026-12-05")
    assert token_of(office.carepass, 4) in text_of(letter)


def test_it_is_asked_just_before_a_letter_goes(office: Office) -> None:
    """What ceases to be true while the run is under way does not go: the rest of the letter does."""
    everything_waits(office.carepass)
    inbox, done = office.server.inbox, []

    async def complete_meanwhile(server: Any, session: Any, envelope: Any) -> str:
        if not done:
            done.append(office.carepass("registration", "complete", "1/WHMIS-1"))
        return await Inbox.handle_DATA(inbox, server, session, envelope)

    inbox.handle_DATA = complete_meanwhile  # type: ignore[method-assign]
    to_beth, to_hélène = office()
    assert receivers([to_beth, to_hélène]) == ["beth@example.org", "helene@example.org"]
    assert "you have access to" not in text_of(to_hélène)
    assert "is valid through 2027-01-20" in text_of(to_hélène)
    assert why(office, "access", "2026-11-21") == ["the access was used, or is no more"]


def test_an_extension_has_reminders_of_its_own(office: Office) -> None:
    carepass = office.carepass
    carepass("record", "add", "1000", "IPAC-101", "--on", COMPLETED)
    assert len(office("2026-12-21")) == 1
    carepass("record", "extend", "1", "--to", "2027-03-20", "--reason", "law", today="2026-12-22")
    assert not office("2026-12-23")
    for day, left in (("2027-01-19", "60 days"), ("2027-02-18", "30 days"), ("2027-03-20", "last day")):
        (letter,) = office(day)
        assert "2027-03-20" in letter["Subject"]
        assert left in text_of(letter)


def test_the_undoing_of_a_record_takes_no_reminder_from_the_next(office: Office) -> None:
    """Numbers are never given twice, and neither are what the outbox knows of them."""
    carepass = office.carepass
    carepass("record", "add", "1000", "IPAC-101", "--on", COMPLETED)
    change = carepass.rows("audit", "list")[-1]["change"]
    assert len(office(LAST_DAY)) == 1
    carepass("audit", "undo", str(change), "--yes", today="2027-01-21")
    carepass("record", "add", "1000", "IPAC-101", "--on", "2026-02-20", today="2027-01-21")
    came = [len(office(day)) for day in ("2027-01-21", "2027-02-13", "2027-02-20")]
    assert came == [1, 1, 1]


def test_the_lists_of_a_manager_of_two_homes_are_one_letter(office: Office) -> None:
    carepass = office.carepass
    for code in ("cedar", "birch"):
        carepass("home", "create", code, "--name", code.title(), "--like", "maple-grove")
        carepass("home", "edit", code, "--manager-email", "boss@example.org")
        name = f"of-{code}"
        staff_member(carepass, name)
        assign(carepass, f"{name}@example.org", code)
        carepass("role", "confirm", "--account", f"{name}@example.org", "--home", code, "--role", "psw")
        carepass("record", "add", f"{name}@example.org", "IPAC-101", "--on", "2025-01-01")
    letters = [letter for letter in office() if letter["To"] == "boss@example.org"]
    assert len(letters) == 1
    assert letters[0]["Subject"].endswith(" (and 1 more)")
    assert all(name in text_of(letters[0]) for name in ("at Cedar", "at Birch"))
