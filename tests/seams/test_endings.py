"""What has begun is taken back when a role or an account ends; letters say only what is true."""

import pytest

from tests.conftest import Carepass, assign, person, token_of
from tests.seams.test_settlement import AT, LINE, approved, record, submit, waiting  # noqa: F401

# ruff: noqa: F811  (fixtures that are imported, and asked for by name)
ENDINGS = pytest.mark.parametrize(
    "ending", [("role", "end", "1000", *AT), ("account", "deactivate", "1000", "--reason", "left")], ids=str
)


def waiting_mail(carepass: Carepass) -> list[str]:
    return [row["kind"] for row in carepass.rows("notify", "list") if row["status"] == "queued"]


@ENDINGS
def test_an_ending_takes_back_what_waits(waiting: Carepass, ending: tuple[str, ...]) -> None:
    waiting("course", "create", "FIRE-1", "--title", "F", "--provider", "P", "--minutes", "30")
    waiting("cart", "add", "1000", "FIRE-1", *AT)
    waiting(*ending)
    line = waiting.rows("submission", "list")[-1]
    assert (line["decision"], line["reason"]) == ("rejected", "role-not-confirmed")
    assert waiting.rows("cart", "show", "1000")["lines"] == []
    assert waiting_mail(waiting) == []
    ran = waiting("submission", "approve", "2/IPAC-101", "--reason", "all the same", "-o", "json", code=4)
    assert ran.error["code"] == "role-not-confirmed"


@ENDINGS
def test_an_ending_withdraws_an_approval_and_leaves_access(
    approved: Carepass, ending: tuple[str, ...]
) -> None:
    approved(*ending)
    assert approved.rows("registration", "list")[0]["status"] == "withdrawn"


def test_the_end_of_one_role_leaves_what_has_begun_for_another(approved: Carepass) -> None:
    oak = ("--home", "oak-hill", "--role", "psw")
    approved("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove")
    assign(approved, "1000", "oak-hill")
    approved("role", "confirm", "--account", "1000", *oak)
    for code in ("MEDS-1", "FIRE-1"):
        approved("course", "create", code, "--title", code, "--provider", "P", "--minutes", "30")
    approved("requirement", "add", "MEDS-1", *oak)
    approved("cart", "add", "1000", "MEDS-1", *oak)
    approved("cart", "submit", "1000")
    approved("cart", "add", "1000", "FIRE-1", *oak)
    approved("role", "end", "1000", *AT)
    rows = approved.rows("registration", "list")
    assert [(row["home"], row["status"]) for row in rows] == [
        ("maple-grove", "withdrawn"), ("oak-hill", "approved"),
    ]  # fmt: skip
    assert [line["code"] for line in approved.rows("cart", "show", "1000")["lines"]] == ["FIRE-1"]
    assert "decision" in waiting_mail(approved)


def test_access_once_given_runs_on_and_its_letter_does_not_go(approved: Carepass) -> None:
    approved("registration", "grant", LINE)
    approved("role", "end", "1000", *AT)
    assert approved.rows("registration", "list")[0]["status"] == "in-progress"
    assert waiting_mail(approved) == []


def test_the_last_word_only(approved: Carepass, tmp_path_factory: pytest.TempPathFactory) -> None:
    approved("submission", "reject", LINE, "--reason", "no")
    folder = tmp_path_factory.mktemp("mail")
    sent = approved.rows("notify", "run", "--eml", str(folder))
    assert [row["kind"] for row in sent].count("decision") == 1


def test_access_that_was_used_is_not_told(
    approved: Carepass, tmp_path_factory: pytest.TempPathFactory
) -> None:
    approved("registration", "grant", LINE)
    record(approved, "2026-01-06")
    sent = approved.rows("notify", "run", "--eml", str(tmp_path_factory.mktemp("mail")))
    assert {row["kind"] for row in sent}.isdisjoint({"access", "decision"})


def test_a_reminder_that_never_left_was_not_given(
    approved: Carepass, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Queued while the server is down, taken back for a newer record, and that one void."""
    folder = str(tmp_path_factory.mktemp("mail"))
    approved("notify", "run", "--eml", folder)
    record(approved, "2026-01-06")
    nowhere = ("notify", "run", "--smtp", "smtp://127.0.0.1:1")
    approved.today = "2026-12-07"
    approved(*nowhere, code=1)
    record(approved, "2026-12-07")
    approved(*nowhere)
    assert "reminder" not in waiting_mail(approved)
    approved("record", "void", "2", "--reason", "somebody else")
    sent = approved.rows("notify", "run", "--eml", folder)
    assert [row["kind"] for row in sent] == ["reminder"]


def test_reactivated_somebody_is_what_they_were(carepass: Carepass) -> None:
    person(carepass)
    for status in ("created", "active"):
        carepass("account", "deactivate", "1000", "--reason", "left")
        carepass("account", "edit", "1000", "--reactivate")
        assert carepass.rows("account", "show", "1000")["status"] == status
        carepass("account", "confirm", "--account", "1000")


def test_nobody_completes_a_course_before_birth(approved: Carepass) -> None:
    ran = approved("record", "add", "1000", "IPAC-101", "--on", "1989-12-31", "-o", "json", code=4)
    assert ran.error["code"] == "before-birth"
    assert "1990" not in ran.err
    approved("record", "add", "1000", "IPAC-101", "--on", "1990-01-01")


def test_a_token_with_a_blank_after_it_was_used(carepass: Carepass) -> None:
    person(carepass)
    token = token_of(carepass, 1)
    carepass("account", "confirm", f"{token} ")
    assert carepass("account", "confirm", token, "-o", "json", code=4).error["code"] == "token-used"


def test_an_address_is_found_however_it_is_written(carepass: Carepass) -> None:
    person(carepass, "René", "Roy", "rené@foyer-érable.example")
    for same in ("rene\u0301@foyer-e\u0301rable.example", "RENÉ@xn--foyer-rable-gbb.example"):
        assert carepass.rows("account", "show", same)["portal_id"] == "1000"
        made = ("account", "create", "--first-name", "A", "--last-name", "B", "--birthdate", "1980-01-01")
        assert carepass(*made, "--email", same, "-o", "json", code=4).error["code"] == "email-in-use"
