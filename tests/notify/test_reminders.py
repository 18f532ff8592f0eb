"""Reminders: at 60, 30, 7 and 0 days, each once ever, whatever cron does."""

from datetime import date, timedelta

import pytest

from tests.conftest import TODAY, Carepass, assign, course
from tests.notify.conftest import Office, receivers, staff_member, subjects, text_of

# A year is the calendar year: completed on this day, IPAC-101 is valid through 2027-01-20, and TODAY is
# 60 days before that.
COMPLETED, LAST_DAY = "2026-01-20", date(2027, 1, 20)
AT = ("--home", "maple-grove", "--role", "psw")


def before(days: int) -> str:
    """The day that is so many days before the last valid one."""
    return (LAST_DAY - timedelta(days=days)).isoformat()


@pytest.fixture
def due(office: Office) -> Office:
    """The psw's IPAC-101 runs out on LAST_DAY."""
    office.carepass("record", "add", "1000", "IPAC-101", "--on", COMPLETED)
    assert before(60) == TODAY
    return office


def test_at_60_30_7_and_0_days_each_once_ever(due: Office) -> None:
    came = {}
    for days in (60, 59, 31, 30, 29, 8, 7, 6, 1, 0, -1, -30, -400):
        for _ in range(2):  # cron twice a day
            for letter in due(before(days)):
                came.setdefault(days, []).append(letter)
    assert list(came) == [60, 30, 7, 0]
    for days, letters in came.items():
        (letter,) = letters
        assert letter["To"] == "helene@example.org"
        assert letter["Subject"] == "Reminder: Course IPAC-101 (IPAC-101) is valid through 2027-01-20"
        assert "late" not in text_of(letter)
        assert ("on its last day" if days == 0 else f"{days} days were left") in text_of(letter)
    assert len({letter["Message-ID"] for letters in came.values() for letter in letters}) == 4


@pytest.mark.parametrize(("days", "counted"), [(59, 60), (20, 30), (1, 7), (-3, 0), (-400, 0)])
def test_of_several_overdue_only_the_latest_goes_and_is_marked_late(
    due: Office, days: int, counted: int
) -> None:
    (letter,) = due(before(days))
    assert "This reminder is late" in text_of(letter)
    assert not due(before(days))
    # Those before it count as passed; those after it still come.
    later = [each for each in (60, 30, 7, 0) if each < counted]
    assert [len(due(before(each))) for each in (60, 30, 7, 0) if each < counted] == [1] * len(later)


def test_an_expired_one_says_so(due: Office) -> None:
    (letter,) = due(before(-1))
    assert letter["Subject"] == "Expired: Course IPAC-101 (IPAC-101) was valid through 2027-01-20"
    assert "has expired" in text_of(letter)


def test_a_missed_week(due: Office) -> None:
    assert len(due(before(35))) == 1
    # Nothing runs from 34 to 5 days before: the reminder at 30 counts as passed.
    (letter,) = due(before(5))
    assert "5 days were left" in text_of(letter)
    assert "This reminder is late" in text_of(letter)
    assert due(before(0))


def test_what_waited_too_long_gives_way_to_the_next(due: Office) -> None:
    inbox, due.server.inbox.handle_RCPT = due.server.inbox, refuse
    assert not due(before(30), code=1)
    del inbox.handle_RCPT
    (letter,) = due(before(7))
    assert "7 days were left" in text_of(letter)
    statuses = [row["status"] for row in due.carepass.rows("notify", "list", today=before(7))]
    assert statuses.count("sent") == 1
    assert "queued" not in statuses


async def refuse(*_: object) -> str:
    return "450 Not today"


def test_an_earlier_day_sends_nothing_that_a_later_one_overtook(due: Office) -> None:
    assert due(before(7))
    assert not due(before(30))


@pytest.mark.parametrize(
    "ended",
    [
        ("record", "add", "1000", "IPAC-101", "--on", before(35)),
        ("record", "void", "1", "--reason", "Wrong person"),
        ("requirement", "waive", "1000", "IPAC-101", "--reason", "On leave"),
        ("role", "end", "1000", *AT),
        ("requirement", "remove", "IPAC-101", *AT),
        ("account", "deactivate", "1000", "--reason", "Left"),
    ],
    ids=lambda line: " ".join(line[:2]),
)
def test_what_is_no_longer_true_is_taken_back(due: Office, ended: tuple[str, ...]) -> None:
    due.server.inbox.handle_RCPT = refuse
    assert not due(before(30), code=1)
    del due.server.inbox.handle_RCPT
    due.carepass(*ended, today=before(29))
    assert not due(before(29))
    last = due.carepass.rows("notify", "list", today=before(29))[-1]
    assert (last["kind"], last["status"]) == ("reminder", "cancelled")
    assert not due(before(7))
    assert not due(before(-10))


def test_a_newer_record_has_reminders_of_its_own(due: Office) -> None:
    assert due(before(30))
    due.carepass("record", "add", "1000", "IPAC-101", "--on", before(10), today=before(10))
    assert not due(before(7))
    assert not due(before(0))
    expires = date(2028, 1, 10)
    (letter,) = due((expires - timedelta(days=60)).isoformat())
    assert "2028-01-10" in letter["Subject"]


def test_one_record_is_one_reminder_however_many_roles_ask_for_it(due: Office) -> None:
    carepass = due.carepass
    carepass("role", "create", "maple-grove", "cook", "--name", "Cook")
    course(carepass, "PCI-101", "--validity-years", "1")
    carepass("course", "equate", "PCI-101", "IPAC-101")
    carepass("requirement", "add", "IPAC-101", "PCI-101", "--home", "maple-grove", "--role", "cook")
    assign(carepass, "1000", role="cook")
    carepass("role", "confirm", "--account", "1000", "--home", "maple-grove", "--role", "cook")
    assert len(due(before(30))) == 1
    assert len(due(before(7))) == 1


def test_in_the_persons_language(office: Office) -> None:
    staff_member(office.carepass, "andre", "--language", "fr", completed=COMPLETED)
    staff_member(office.carepass, "beth", completed=COMPLETED)
    letters = {letter["To"]: letter for letter in office(before(30))}
    assert letters["andre@example.org"]["Subject"].startswith("Rappel\u00a0: Course IPAC-101")
    assert "il restait 30 jours" in text_of(letters["andre@example.org"])
    html = letters["andre@example.org"].get_body(("html",))
    assert '<html lang="fr">' in html.get_content()
    assert letters["beth@example.org"]["Subject"].startswith("Reminder: ")


def test_a_corrected_address_is_followed(due: Office) -> None:
    due.server.inbox.handle_RCPT = refuse
    assert not due(before(30), code=1)
    del due.server.inbox.handle_RCPT
    due.carepass("account", "edit", "1000", "--email", "h.obrien@example.org", today=before(29))
    assert receivers(due(before(29))) == ["h.obrien@example.org"]


def test_each_of_many_people_gets_their_own(office: Office) -> None:
    for number in range(12):
        staff_member(office.carepass, f"person{number}", completed=COMPLETED)
    assert sorted(receivers(office())) == sorted(f"person{number}@example.org" for number in range(12))
    assert len({session.peer for session in office.server.inbox.sessions}) == 1
    assert not office()


def test_nothing_without_an_expiry_or_before_the_first_reminder(office: Office) -> None:
    office.carepass("record", "add", "1000", "WHMIS-1", "--on", "2020-01-01")
    office.carepass("record", "add", "1000", "IPAC-101", "--on", "2026-01-21")
    assert not office()
    assert subjects(office("2026-11-22")) == [
        "Reminder: Course IPAC-101 (IPAC-101) is valid through 2027-01-21"
    ]


def test_queueing_does_not_look_as_of_an_earlier_day_at_what_came_later(due: Office) -> None:
    """A run as of an earlier day takes back nothing that was queued later."""
    due.server.inbox.handle_RCPT = refuse
    assert not due(before(30), code=1)
    del due.server.inbox.handle_RCPT
    assert not due("2026-10-01")
    assert len(due(before(30))) == 1


def test_the_audit_log_says_what_was_sent(due: Office) -> None:
    assert due(before(30))
    entries = due.carepass.rows("audit", "list", today=before(30))
    sent = [entry for entry in entries if entry["action"] == "send"]
    assert [(entry["subject"], entry["command"]) for entry in sent] == [("message", "notify run")]
    # What became of a letter is not undone.
    undone: Carepass = due.carepass
    assert "nothing" in undone("audit", "undo", str(sent[0]["change"]), "--yes", today=before(30), code=4).err
