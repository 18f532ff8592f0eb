"""`carepass role`: assigning roles, and what people answer."""

import pytest

from tests.commands.conftest import AT
from tests.conftest import Carepass, assign, person, token_of

KEYS = [
    "portal_id", "last_name", "first_name", "home", "role", "status", "start_on", "assigned_on",
    "confirmed_on", "ended_on",
]  # fmt: skip
NAMED = ("--account", "1000", *AT)


@pytest.fixture
def hire(home: Carepass) -> Carepass:
    """The home with an account and no role."""
    person(home)
    return home


@pytest.fixture
def asked(hire: Carepass) -> Carepass:
    """The home with an account that is asked to confirm psw; message 2 has the token."""
    assign(hire, "1000")
    return hire


def status(carepass: Carepass, today: str | None = None) -> list[str]:
    return [row["status"] for row in carepass.rows("role", "assignments", today=today)]


def test_assign_prints_the_assignment(hire: Carepass) -> None:
    made = assign(hire, "1000", "maple-grove", "psw", "-o", "json").json
    assert list(made) == ["result", *KEYS, "change"]
    assert made == {
        "change": made["change"],
        "result": "created",
        "portal_id": "1000",
        "last_name": "O'Brien",
        "first_name": "Hélène",
        "home": "maple-grove",
        "role": "psw",
        "status": "pending",
        "start_on": "2026-11-21",
        "assigned_on": "2026-11-21",
        "confirmed_on": None,
        "ended_on": None,
    }
    assert [list(row) for row in hire.rows("role", "assignments")] == [KEYS]


@pytest.mark.parametrize(
    "given",
    [
        ("--birthdate", "1990-05-17"),
        ("--last-name", "O'Brien"),
        ("--last-name", "obrien"),
        ("--last-name", "O’BRIEN", "--birthdate", "1990-05-17"),
        ("--unverified",),
    ],
)
def test_what_is_given_must_match(hire: Carepass, given: tuple[str, ...]) -> None:
    assert hire("role", "assign", "1000", *AT, *given, "-o", "json").json["result"] == "created"


def test_every_mismatch_gives_one_and_the_same_message(hire: Carepass) -> None:
    wrong = (
        ("--birthdate", "1990-05-18"),
        ("--last-name", "Obrian"),
        ("--last-name", "O'Brien", "--birthdate", "1990-05-18"),
        ("--last-name", "Smith", "--birthdate", "1990-05-17"),
        ("--last-name", "Smith", "--unverified"),
    )
    told = [hire("role", "assign", "1000", *AT, *given, "-o", "json", code=4).err for given in wrong]
    assert len(set(told)) == 1
    assert '"identity-mismatch"' in told[0]
    assert hire.rows("role", "assignments") == []
    assert len(hire.rows("notify", "list")) == 1


def test_a_mismatch_is_told_before_what_is_held(asked: Carepass) -> None:
    ran = asked("role", "assign", "1000", *AT, "--last-name", "Smith", "-o", "json", code=4)
    assert ran.error["code"] == "identity-mismatch"


def test_too_little_is_a_usage_error_naming_the_flags(hire: Carepass) -> None:
    error = hire("role", "assign", "1000", *AT, "-o", "json", code=2).error
    assert "--birthdate" in error["hint"]
    assert "--last-name" in error["hint"]
    assert "--unverified" in error["hint"]


def test_the_mail_has_a_token_in_its_line(asked: Carepass) -> None:
    message = asked.rows("notify", "show", "2")
    assert message["subject"].startswith("Confirm staff details")
    assert (message["kind"], message["to"]) == ("confirm-role", "helene@example.org")
    token = token_of(asked, 2)
    assert token.isascii()
    assert token.isalnum()
    assert f"carepass role confirm {token}" in message["body"].splitlines()


def test_assigned_twice_is_unchanged_and_one_message_only(asked: Carepass) -> None:
    assert assign(asked, "1000", "maple-grove", "psw", "-o", "json").json["result"] == "unchanged"
    asked("role", "confirm", *NAMED)
    assert assign(asked, "1000", "maple-grove", "psw", "-o", "json").json["result"] == "unchanged"
    assert [m["kind"] for m in asked.rows("notify", "list")] == ["confirm-account", "confirm-role"]


def test_another_start_is_an_update_without_mail(staff: Carepass) -> None:
    sent = len(staff.rows("notify", "list"))
    staff.today = "2026-11-25"
    moved = assign(staff, "1000", "maple-grove", "psw", "--start", "2026-12-01", "-o", "json").json
    assert (moved["result"], moved["start_on"], moved["status"]) == ("updated", "2026-12-01", "confirmed")
    assert len(staff.rows("notify", "list")) == sent
    starts = [row["start_on"] for row in staff.rows("role", "assignments", today="2026-11-24")]
    assert starts == ["2026-11-21"]
    assert len(staff.rows("role", "assignments")) == 1


def test_the_same_start_again_is_unchanged(staff: Carepass) -> None:
    again = [
        assign(staff, "1000", "maple-grove", "psw", "--start", "2026-12-01", "-o", "json").json["result"]
        for _ in range(2)
    ]
    assert again == ["updated", "unchanged"]


def test_a_token_confirms_once_and_activates(asked: Carepass) -> None:
    token = token_of(asked, 2)
    done = asked("role", "confirm", token, "-o", "json").json
    assert list(done) == ["result", *KEYS, "change"]
    assert (done["result"], done["status"], done["confirmed_on"]) == ("updated", "confirmed", "2026-11-21")
    assert asked.rows("account", "show", "1000")["status"] == "active"
    for verb in ("confirm", "decline"):
        error = asked("role", verb, token, "-o", "json", code=4).error
        assert (error["code"], "carepass role assignments" in error["hint"]) == ("token-used", True)
    entries = asked.rows("audit", "list", "--account", "1000")
    assert any(e["subject"] == "assignment" and '"by":"token"' in (e["after"] or "") for e in entries)


def test_on_behalf_the_only_home_need_not_be_named(asked: Carepass) -> None:
    done = asked("role", "confirm", "--account", "1000", "--role", "psw")
    assert "Home: maple-grove (the only home)." in done.err
    assert status(asked) == ["confirmed"]
    assert "--account ACCOUNT" in asked("role", "confirm", "1000", "-o", "json", code=3).error["hint"]


def test_a_token_is_good_through_its_last_day(asked: Carepass) -> None:
    token = token_of(asked, 2)
    expired = asked("role", "confirm", token, "-o", "json", code=4, today="2026-12-06").error
    assert expired["code"] == "token-expired"
    assert "2026-12-05" in expired["message"]
    assert "role resend" in expired["hint"]
    asked("role", "confirm", token, today="2026-12-05")
    assert status(asked, "2026-12-05") == ["confirmed"]


def test_the_home_says_how_long_a_token_is_good(hire: Carepass) -> None:
    hire("home", "edit", "maple-grove", "--confirm-within", "2d")
    assign(hire, "1000")
    token = token_of(hire, 2)
    hire("role", "confirm", token, code=4, today="2026-11-24")
    hire("role", "confirm", token, today="2026-11-23")


def test_resend_replaces_the_token_and_its_message(asked: Carepass) -> None:
    first = token_of(asked, 2)
    asked.today = "2026-12-01"
    again = asked("role", "resend", "1000", *AT, "-o", "json").json
    assert (again["result"], again["status"]) == ("updated", "pending")
    assert [(m["id"], m["status"]) for m in asked.rows("notify", "list")][1:] == [
        (2, "cancelled"),
        (3, "queued"),
    ]
    second = token_of(asked, 3)
    assert second != first
    asked("role", "resend", "1000", *AT, today="2026-12-02")
    ended = asked("role", "confirm", first, "-o", "json", code=4, today="2026-12-03").error
    assert (ended["code"], ended["message"]) == ("token-expired", "This token ended on 2026-12-01.")
    asked("role", "confirm", token_of(asked, 4, "2026-12-02"), today="2026-12-15")


def test_on_the_person_s_behalf_is_audited_as_such(asked: Carepass) -> None:
    token = token_of(asked, 2)
    assert asked("role", "confirm", *NAMED, "-o", "json").json["result"] == "updated"
    entries = asked.rows("audit", "list", "--account", "1000")
    assert any(e["subject"] == "assignment" and '"by":"behalf"' in (e["after"] or "") for e in entries)
    assert asked("role", "confirm", *NAMED, "-o", "json").json["result"] == "unchanged"
    assert asked("role", "confirm", token, "-o", "json", code=4).error["code"] == "token-expired"


@pytest.mark.parametrize("verb", ["confirm", "decline"])
@pytest.mark.parametrize("args", [(), ("--account", "1000"), ("abc", *NAMED), ("abc", "--home", "x")])
def test_either_a_token_or_all_three_names(asked: Carepass, verb: str, args: tuple[str, ...]) -> None:
    assert "--account" in asked("role", verb, *args, "-o", "json", code=2).error["message"]


@pytest.mark.parametrize("by_token", [True, False])
def test_declining(asked: Carepass, by_token: bool) -> None:
    token = token_of(asked, 2)
    args = (token,) if by_token else NAMED
    done = asked("role", "decline", *args, "--reason", "not my home", "-o", "json").json
    assert (done["result"], done["status"]) == ("updated", "declined")
    assert asked("role", "decline", *NAMED, "-o", "json").json["result"] == "unchanged"
    ended = "token-used" if by_token else "token-expired"
    assert asked("role", "confirm", token, "-o", "json", code=4).error["code"] == ended
    assert [row["status"] for row in asked.rows("notify", "list")] == ["queued", "cancelled"]
    asked("role", "confirm", *NAMED, code=3)
    assert assign(asked, "1000", "maple-grove", "psw", "-o", "json").json["result"] == "created"
    assert status(asked) == ["declined", "pending"]


def test_a_confirmed_role_is_neither_declined_nor_cancelled_nor_resent(staff: Carepass) -> None:
    calls = (("decline", *NAMED), ("cancel", "1000", *AT), ("resend", "1000", *AT))
    for call in calls:
        error = staff("role", *call, "-o", "json", code=4).error
        assert (error["code"], "role end" in error["hint"]) == ("already-confirmed", True)


def test_cancelling_the_pending(asked: Carepass) -> None:
    token = token_of(asked, 2)
    done = asked("role", "cancel", "1000", *AT, "-o", "json").json
    assert (done["result"], done["status"]) == ("updated", "cancelled")
    assert asked("role", "cancel", "1000", *AT, "-o", "json").json["result"] == "unchanged"
    assert asked("role", "confirm", token, "-o", "json", code=4).error["code"] == "token-expired"
    assert asked.rows("notify", "list")[1]["status"] == "cancelled"
    asked("role", "resend", "1000", *AT, code=3)


def test_ending_the_confirmed(staff: Carepass) -> None:
    end = ("role", "end", "1000", *AT)
    staff.today = "2026-12-10"
    for args, error in (
        (("--on", "2026-12-11"), "in-the-future"),
        (("--on", "2026-11-20"), "before-confirmation"),
    ):
        assert staff(*end, *args, "-o", "json", code=4).error["code"] == error
    done = staff(*end, "--on", "2026-12-05", "--reason", "retired", "-o", "json").json
    assert (done["result"], done["status"], done["ended_on"]) == ("updated", "ended", "2026-12-05")
    for again in ((), ("--on", "2026-12-05")):
        assert staff(*end, *again, "-o", "json").json["result"] == "unchanged"
    assert staff(*end, "--on", "2026-12-04", "-o", "json", code=4).error["code"] == "already-ended"
    assert status(staff, "2026-12-04") == ["confirmed"]
    assert status(staff, "2026-12-05") == ["ended"]
    assert (
        staff("cart", "add", "1000", "IPAC-101", "-o", "json", code=4).error["code"] == "role-not-confirmed"
    )


def test_an_ending_before_a_changed_start_ends_it_on_its_day(staff: Carepass) -> None:
    staff.today = "2026-12-01"
    assign(staff, "1000", "maple-grove", "psw", "--start", "2026-12-15")
    staff.today = "2026-12-10"
    staff("role", "end", "1000", *AT, "--on", "2026-11-25")
    told = {day: status(staff, day) for day in ("2026-11-24", "2026-11-25", "2026-12-01", "2026-12-10")}
    assert list(told.values()) == [["confirmed"], ["ended"], ["ended"], ["ended"]]


def test_a_new_person_is_confirmed_by_two_commands(home: Carepass) -> None:
    person(home)
    held = home.rows("role", "assign", "1000", "--role", "psw", "--last-name", "O'Brien", "--confirm")
    assert (held["result"], held["status"]) == ("created", "confirmed")
    assert home.rows("account", "show", "1000")["status"] == "active"
    # Nobody is asked by mail what was answered already.
    assert [row["status"] for row in home.rows("notify", "list")] == ["cancelled"]
    again = ("role", "assign", "1000", "--role", "psw", "--unverified", "--confirm")
    assert home.rows(*again)["result"] == "unchanged"


def test_one_word_ends_a_role_that_is_pending_too(asked: Carepass) -> None:
    end = ("role", "end", "1000", *AT)
    assert asked(*end, "--on", "2026-11-20", "-o", "json", code=4).error["code"] == "role-not-confirmed"
    done = asked.rows(*end, "--reason", "mistake")
    assert (done["result"], done["status"]) == ("updated", "cancelled")
    assert asked.rows(*end)["result"] == "unchanged"
    assert "cancel " not in asked("role", "--help").out


@pytest.mark.parametrize("named", ["1000", "helene@example.org"])
def test_a_person_has_one_place(asked: Carepass, named: str) -> None:
    assert "ROLE" in asked("role", "confirm", named, "-o", "json", code=3).error["hint"]
    asked("role", "confirm", named, "--account", "1000", "--role", "psw", code=2)
    assert asked.rows("role", "confirm", named, "--role", "psw")["status"] == "confirmed"
    (entry,) = asked.rows("audit", "list", "--subject", "assignment")[-1:]
    assert "behalf" in entry["after"]
    person(asked, "Bo", "Ng", "bo@example.org")
    assert asked.rows("account", "confirm", named)["result"] == "unchanged"
    assert asked.rows("account", "confirm", "1001")["status"] == "active"


def test_after_an_end_the_role_is_assigned_anew(staff: Carepass) -> None:
    staff("role", "end", "1000", *AT, today="2026-11-25")
    staff.today = "2026-11-26"
    assert assign(staff, "1000", "maple-grove", "psw", "-o", "json").json["result"] == "created"
    assert status(staff) == ["ended", "pending"]


@pytest.mark.parametrize("verb", ["resend", "cancel", "end"])
def test_what_is_not_assigned_is_not_found(hire: Carepass, verb: str) -> None:
    error = hire("role", verb, "1000", *AT, "-o", "json", code=3).error
    assert "role assignments --account 1000" in error["hint"]


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (("1000", "--home", "maple", "--role", "psw"), "maple-grove"),
        (("1000", "--home", "maple-grove", "--role", "pws"), "psw"),
        (("9999", *AT), "account list"),
    ],
)
def test_unknown_names_are_not_found(hire: Carepass, args: tuple[str, ...], hint: str) -> None:
    assert hint in hire("role", "assign", *args, "--unverified", "-o", "json", code=3).error["hint"]


def test_assignments_narrow(staff: Carepass) -> None:
    person(staff, "Bo", "Ng", "bo@example.org")
    assign(staff, "1001")
    for args, ids in (
        ((), ["1001", "1000"]),
        (("--status", "pending"), ["1001"]),
        (("--account", "bo@example.org"), ["1001"]),
        (AT, ["1001", "1000"]),
        (("--role", "psw", "--status", "confirmed"), ["1000"]),
        (("--status", "ended"), []),
    ):
        assert [row["portal_id"] for row in staff.rows("role", "assignments", *args)] == ids
    staff("role", "assignments", "--status", "gone", code=2)


def test_pending_adds_the_days_that_were_waited(asked: Carepass) -> None:
    person(asked, "Bo", "Ng", "bo@example.org")
    asked.today = "2026-11-25"
    assign(asked, "1001")
    asked.today = "2026-11-28"
    rows = asked.rows("role", "pending")
    assert [list(row) for row in rows] == [[*KEYS, "pending_days", "token_expires_on"]] * 2
    assert [(row["portal_id"], row["pending_days"]) for row in rows] == [("1000", 7), ("1001", 3)]
    assert [row["token_expires_on"] for row in rows] == ["2026-12-05", "2026-12-09"]
    assert [row["portal_id"] for row in asked.rows("role", "pending", "--account", "1001")] == ["1001"]
    for span, ids in (("7d", []), ("6d", ["1000"]), ("2d", ["1000", "1001"]), ("0d", ["1000", "1001"])):
        found = asked.rows("role", "pending", "--home", "maple-grove", "--older-than", span)
        assert [row["portal_id"] for row in found] == ids
    asked("role", "pending", "--older-than", "a week", code=2)
    # The newest token counts; what was sent anew later is not seen on an earlier day.
    asked("role", "resend", "1000")
    assert [row["token_expires_on"] for row in asked.rows("role", "pending")] == ["2026-12-12", "2026-12-09"]
    asked.today = "2026-11-27"
    assert asked.rows("role", "pending")[0]["token_expires_on"] == "2026-12-05"
