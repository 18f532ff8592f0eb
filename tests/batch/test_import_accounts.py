"""`account import`: people, new ones and changed ones."""

from collections.abc import Callable

import pytest

from tests.conftest import Carepass, token_of

COLUMNS = "portal_id,first_name,last_name,birthdate,email,language,student_number"
ANA = ",Ana,Doe,1985-01-02,ana@example.org,,"
Put = Callable[..., str]


def test_new_people_get_portal_ids_and_letters(carepass: Carepass, put: Put) -> None:
    file = put(
        COLUMNS,
        ANA,
        "1001,Zoë,Côté,1991-02-03,zoe@example.org,fr,S-17",
        ",Bob,Example,1979-12-31,bob@example.org,en,",
    )
    summary = carepass("account", "import", file, "-o", "json").json
    assert (summary["created"], summary["failed"]) == (3, 0)
    people = {row["email"]: row for row in carepass.rows("account", "list")}
    ids = [people[f"{name}@example.org"]["portal_id"] for name in ("ana", "zoe", "bob")]
    assert ids == ["1000", "1001", "1002"]
    assert people["zoe@example.org"]["language"] == "fr"
    assert carepass.rows("account", "show", "1001")["student_number"] == "S-17"
    assert [row["kind"] for row in carepass.rows("notify", "list")] == ["confirm-account"] * 3
    carepass("account", "confirm", token_of(carepass, 1))
    assert carepass.rows("account", "show", "1000")["status"] == "active"
    again = carepass("account", "import", file, "-o", "json").json
    assert (again["created"], again["updated"], again["unchanged"], again["change"]) == (0, 0, 3, None)
    assert len(carepass.rows("notify", "list")) == 3


def test_what_differs_is_changed_and_audited(team: Carepass, put: Put) -> None:
    file = put(
        COLUMNS,
        "2002,Ana,Doe-Sample,1985-01-02,ana.doe@example.org,,",
        ",Bob,Example,1979-12-31,bob@example.org,fr,",
        "2001,Hélène,O'Brien,1990-05-17,helene@example.org,en,",
    )
    summary = team("account", "import", file, "-o", "json").json
    assert (summary["updated"], summary["unchanged"]) == (2, 1)
    ana = team.rows("account", "show", "2002")
    assert (ana["last_name"], ana["email"], ana["language"]) == ("Doe-Sample", "ana.doe@example.org", "en")
    entry = team.rows("audit", "list", "--account", "2002")[-1]
    assert entry["before"] == '{"email":"ana@example.org","last_name":"Doe"}'


@pytest.mark.parametrize(
    ("row", "error", "said"),
    [
        ("2002,Ana,Doe,1985-01-03,ana@example.org,,", "identity-mismatch", "do not match"),
        (",Ana,Doe,1985-01-03,ana@example.org,,", "email-in-use", "ana@example.org"),
        ("2009,Ana,Doe,1985-01-02,ana@example.org,,", "email-in-use", "ana@example.org"),
        ("2002,Ana,Doe,1985-01-02,bob@example.org,,", "email-in-use", "bob@example.org"),
        (",,Doe,1985-01-02,x@example.org,,", "invalid-value", "first_name"),
        (",Ana,Doe,,x@example.org,,", "invalid-value", "birthdate is empty"),
        (",Ana,Doe,02.01.1985,x@example.org,,", "invalid-value", "birthdate is not a date"),
        (",Ana,Doe,2026-11-22,x@example.org,,", "in-the-future", "birthdate"),
        (",Ana,Doe,1985-01-02,x.example.org,,", "invalid-value", "email 'x.example.org'"),
        (",Ana,Doe,1985-01-02,x@example.org,de,", "invalid-value", "language 'de'"),
        ("12,Ana,Doe,1985-01-02,x@example.org,,", "invalid-value", "portal_id '12'"),
        (",Ana,\u202eDoe,1985-01-02,x@example.org,,", "invalid-value", "last_name holds a control"),
    ],
)
def test_a_bad_row_is_told_by_line_code_and_value(
    team: Carepass, put: Put, row: str, error: str, said: str
) -> None:
    ran = team("account", "import", put(COLUMNS, row), "-o", "json", code=5)
    (told,) = ran.json["errors"]
    assert (told["line"], told["error"]) == (2, error)
    assert said in told["message"]
    assert "1985" not in ran.out + ran.err
    assert len(team.rows("account", "list")) == 3


def test_people_who_come_twice_in_a_file(carepass: Carepass, put: Put) -> None:
    file = put(
        COLUMNS,
        ANA,
        ANA,
        ANA.replace("Doe", "Roe"),
        ANA.replace("1985", "1986"),
        "3000,Cid,Doe,1985-01-02,cid@example.org,,",
        "3001,Cid,Doe,1985-01-02,cid@example.org,,",
    )
    told = carepass("account", "import", file, "--keep-going", "-o", "json", code=5).json
    assert (told["created"], told["unchanged"]) == (2, 1)
    assert [(each["line"], each["error"]) for each in told["errors"]] == [
        (4, "duplicate-row"),
        (5, "email-in-use"),
        (7, "email-in-use"),
    ]


def test_a_list_goes_back_in_with_the_birthdates(team: Carepass, put: Put) -> None:
    listed = team("account", "list", "--with-birthdate", "-o", "csv").out
    ran = team("account", "import", put(*listed.splitlines()), "-o", "json")
    assert ran.json["unchanged"] == 3
    assert "Columns that this import leaves aside: created_on." in ran.err


def test_a_list_goes_back_in_without_the_birthdates(team: Carepass, put: Put) -> None:
    listed = team("account", "list", "-o", "csv").out.splitlines()
    assert team("account", "import", put(*listed), "-o", "json").json["unchanged"] == 3
    named = "first_name,last_name,email,language"
    person = "Cid,Doe,cid@example.org,"
    told = team("account", "import", put(named, person), "-o", "json", code=5).json["errors"]
    assert [(each["error"], "birthdate" in each["message"]) for each in told] == [("invalid-value", True)]
    team("account", "import", put(COLUMNS, ",Cid,Doe,1985-01-02,cid@example.org,,"))
    assert team("account", "import", put(named, person + "fr"), "-o", "json").json["updated"] == 1
    assert team.rows("account", "show", "cid@example.org")["language"] == "fr"


def test_an_address_is_the_same_however_its_accents_are_written(carepass: Carepass, put: Put) -> None:
    composed = ",Ana,Doe,1985-01-02,h\u00e9@example.org,,"
    carepass("account", "import", put(COLUMNS, composed))
    again = put(COLUMNS, composed.replace("\u00e9", "e\u0301"))
    assert carepass("account", "import", again, "-o", "json").json["unchanged"] == 1


def test_portal_ids_follow_the_file(carepass: Carepass, put: Put) -> None:
    rows = [f",Ana,Doe {n},1985-01-02,p{n}@example.org,," for n in range(2500)]
    carepass("account", "import", put(COLUMNS, *rows))
    given = {row["email"]: int(row["portal_id"]) for row in carepass.rows("account", "list")}
    assert [given[f"p{n}@example.org"] for n in range(2500)] == list(range(1000, 3500))
