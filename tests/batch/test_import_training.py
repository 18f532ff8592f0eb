"""`cart import` and `registration import`: a chain's training office, and a provider's list."""

from collections.abc import Callable

import pytest

from tests.conftest import Carepass
from tests.shelf import kept

Put = Callable[..., str]
APRIL = "2026-04-01"


@pytest.fixture
@kept
def trained(carepass: Carepass) -> Carepass:
    """In April two people with a role that requires IPAC-101 and WHMIS-1: 1000 Ana Doe, 1001 Bob Sample."""

    def run(*args: str) -> None:
        carepass(*args, "-q", today=APRIL)

    run("home", "create", "maple-grove", "--name", "Maple Grove")
    run("role", "create", "maple-grove", "psw", "--name", "Support worker")
    for code, title in (("IPAC-101", "Infection prevention"), ("WHMIS-1", "Hazardous products")):
        run("course", "create", code, "--title", title, "--provider", "College", "--minutes", "30")
    run("course", "alias", "WHMIS-1", "SIMDUT")
    run("requirement", "add", "IPAC-101", "--home", "maple-grove", "--role", "psw")
    run("requirement", "add", "WHMIS-1", "--home", "maple-grove", "--role", "psw", "--learner-pays")
    for name, last in (("ana", "Doe"), ("bob", "Sample")):
        who = ("--first-name", name.title(), "--last-name", last, "--birthdate", "1990-05-17")
        run("account", "create", *who, "--email", f"{name}@example.org")
        run(
            "role",
            "assign",
            f"{name}@example.org",
            "--home",
            "maple-grove",
            "--role",
            "psw",
            "--last-name",
            last,
        )
        run("role", "confirm", "--account", f"{name}@example.org", "--home", "maple-grove", "--role", "psw")
    return carepass


def test_courses_go_into_carts_and_on_and_again_nothing_new(trained: Carepass, put: Put) -> None:
    file = put(
        "email,Course,Site,self_pay",
        "ana@example.org,Infection Prevention,Maple Grove,",
        "ana@example.org,simdut,,",
        "bob@example.org,WHMIS-1,maple-grove,yes",
    )
    dry = trained("cart", "import", file, "--submit", "--dry-run", "-o", "json", today=APRIL).json
    assert (dry["created"], dry["change"], len(dry["lines"])) == (3, None, 3)
    put_in = trained("cart", "import", file, "-o", "json", today=APRIL).json
    assert (put_in["created"], "lines" in put_in) == (3, False)
    done = trained("cart", "import", file, "--submit", "-o", "json", today=APRIL).json
    assert done["unchanged"] == 3
    assert list(done)[-1] == "lines"
    # On a server the dry run has used up numbers: they are not given twice, and may leave a hole.
    first = int(done["lines"][0]["line"].split("/")[0])
    assert [(row["line"], row["decision"], row["reason"]) for row in done["lines"]] == [
        (f"{first}/IPAC-101", "approved", "employer-pays"),
        (f"{first}/WHMIS-1", "rejected", "learner-pays"),
        (f"{first + 1}/WHMIS-1", "approved", "self-pay"),
    ]
    again = trained("cart", "import", file, "--submit", "-o", "json", today=APRIL).json
    assert (again["unchanged"], again["lines"], again["change"]) == (3, [], None)
    assert trained.rows("cart", "show", "1000")["lines"] == []


def test_a_providers_list_gives_access_and_completes(trained: Carepass, put: Put) -> None:
    trained(
        "cart",
        "import",
        put("portal_id,code", "1000,IPAC-101", "1001,IPAC-101"),
        "--submit",
        "-q",
        today=APRIL,
    )
    file = put(
        "portal_id,code,access_on,completed_on,status",
        "1000,IPAC-101,2026-04-02,2026-04-09,in-progress",
        "1001,IPAC-101,2026-04-02,,",
        "1001,WHMIS-1,,,",
    )
    done = trained("registration", "import", file, "-o", "json").json
    assert (done["updated"], done["skipped"], done["failed"]) == (2, 1, 0)
    kept = [
        (row["portal_id"], row["access_on"], row["completed_on"])
        for row in trained.rows("registration", "list")
    ]
    assert kept == [("1000", "2026-04-02", "2026-04-09"), ("1001", "2026-04-02", None)]
    (record,) = trained.rows("record", "list", "1000")
    assert record["completed_on"] == "2026-04-09"
    again = trained("registration", "import", file, "-o", "json").json
    assert (again["unchanged"], again["change"]) == (2, None)


def test_endings_have_their_days_and_lines_may_be_named(trained: Carepass, put: Put) -> None:
    trained(
        "cart",
        "import",
        put("portal_id,code", "1000,IPAC-101", "1001,IPAC-101"),
        "--submit",
        "-q",
        today=APRIL,
    )
    header = "line,access_on,failed_on,withdrawn_on"
    bad = put(
        header, "1/IPAC-101,2026-04-02,2026-04-01,", "2/IPAC-101,,,2026-03-31", "9/IPAC-101,2026-04-02,,"
    )
    told = trained("registration", "import", bad, "-o", "json", code=5).json
    assert [each["error"] for each in told["errors"]] == ["before-access", "before-approval", "not-found"]
    good = put(header, "1/IPAC-101,2026-04-02,2026-04-03,", "2/IPAC-101,,,2026-04-02")
    assert trained("registration", "import", good, "-o", "json").json["updated"] == 2
    assert [row["status"] for row in trained.rows("registration", "list")] == ["failed", "withdrawn"]
    of_days = {
        day: [row["status"] for row in trained.rows("registration", "list", today=day)]
        for day in ("2026-04-01", "2026-04-02", "2026-04-03")
    }
    assert of_days == {
        "2026-04-01": ["approved", "approved"],
        "2026-04-02": ["in-progress", "withdrawn"],
        "2026-04-03": ["failed", "withdrawn"],
    }


def test_a_name_that_two_courses_have_is_a_question(trained: Carepass, put: Put) -> None:
    who = ("--provider", "Another", "--minutes", "45")
    trained("course", "create", "IPAC-FR", "--title", "infection PREVENTION", *who)
    file = put("portal_id,title,Completion Date", "1000,Infection prevention,2026-04-02")
    told = trained("record", "import", file, "-o", "json", code=5).json
    assert [each["error"] for each in told["errors"]] == ["ambiguous-name"]
    for name in ("Infection prevention", "ipac-101"):
        refused = trained("course", "alias", "WHMIS-1", name, "-o", "json", code=4)
        assert refused.error["code"] == "alias-in-use"
    assert trained.rows("course", "show", "WHMIS-1")["aliases"] == ["SIMDUT"]
    assert trained.rows("course", "show", "IPAC-101")["aliases"] == []
    assert trained("course", "alias", "WHMIS-1", "simdut", "-o", "json").json["result"] == "unchanged"


@pytest.mark.parametrize(
    ("noun", "header", "row", "wrong"),
    [
        (
            "cart",
            "email,code,home,self_pay",
            "nobody@example.org,NONE-1,nowhere,perhaps",
            ["account", "course", "home", "self_pay"],
        ),
        (
            "registration",
            "email,code,access_on,completed_on",
            "nobody@example.org,NONE-1,2026-02-31,soon",
            ["access_on", "completed_on", "account", "course"],
        ),
    ],
)
def test_all_that_is_wrong_with_a_row_is_said_at_once(
    trained: Carepass, put: Put, noun: str, header: str, row: str, wrong: list[str]
) -> None:
    told = trained(noun, "import", put(header, row), "-o", "json", code=5).json
    said = " ".join(error["message"].casefold() for error in told["errors"])
    assert all(word in said for word in wrong), said
    assert len(told["errors"]) == len(wrong)
    assert told["failed"] == 1
