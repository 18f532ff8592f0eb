"""`home import`, `course import`, `requirement import`: what a chain sets up from files."""

from collections.abc import Callable

import pytest

from tests.conftest import Carepass

PSW = "maple-grove,psw"
Put = Callable[..., str]


def counts(carepass: Carepass, noun: str, file: str, *options: str) -> tuple[int, int, int]:
    told = carepass(noun, "import", file, *options, "-o", "json").json
    return told["created"], told["updated"], told["unchanged"]


def test_homes_take_over_what_another_has(home: Carepass, put: Put) -> None:
    file = put(
        "code;name;city;like;closed_on;approval",
        "birch-manor;Birch Manor;Sarnia;maple-grove;2026-12-24 2026-12-25;manual",
        "cedar-court;Cedar Court;;birch-manor;;",
        "dune-view;Dune View;;birch-manor;2026-12-31;",
    )
    assert counts(home, "home", file) == (3, 0, 0)
    assert counts(home, "home", file) == (0, 0, 3)
    assert home.rows("home", "show", "cedar-court")["closed_on"] == ["2026-12-24", "2026-12-25"]
    assert home.rows("home", "show", "dune-view")["closed_on"] == ["2026-12-31"]
    shown = home.rows("home", "show", "birch-manor")
    assert (shown["city"], shown["approval"]) == ("Sarnia", "manual")
    assert shown["closed_on"] == ["2026-12-24", "2026-12-25"]
    required = home.rows("requirement", "list", "--home", "cedar-court")
    assert [row["code"] for row in required] == ["IPAC-101", "WHMIS-1"]
    changed = put("code,closed_on,confirm_within", "birch-manor,2026-12-25 2026-12-26,3w")
    assert counts(home, "home", changed) == (0, 1, 0)
    shown = home.rows("home", "show", "birch-manor")
    assert (shown["closed_on"], shown["confirm_within"]) == (["2026-12-25", "2026-12-26"], "3w")


def test_courses_take_the_portals_wording(carepass: Carepass, put: Put) -> None:
    file = put(
        "code,title,provider,minutes,expiry,language,method,price",
        "A-1,Masks,College,30,1 years,en,online,45.00",
        "A-2,Gants,Collège,45,annual,fr,,",
        "A-3,WHMIS,College,60,,,,0",
    )
    assert counts(carepass, "course", file) == (3, 0, 0)
    assert counts(carepass, "course", file) == (0, 0, 3)
    told = [(row["code"], row["validity_years"], row["price"]) for row in carepass.rows("course", "list")]
    assert told == [("A-1", 1, "45.00"), ("A-2", 1, None), ("A-3", None, "0.00")]
    once = put("code,title,provider,minutes,expiry", "A-1,Masks,College,40,", "A-3,WHMIS,College,60,3y")
    assert counts(carepass, "course", once) == (0, 2, 0)
    told = [(row["code"], row["minutes"], row["expiry"]) for row in carepass.rows("course", "list")]
    assert told == [("A-1", 40, ""), ("A-2", 45, "1 years"), ("A-3", 60, "3 years")]


def test_a_list_of_courses_makes_the_same_courses_elsewhere(home: Carepass, put: Put) -> None:
    home("course", "retire", "WHMIS-1", "--yes")
    listed = home("course", "list", "-o", "csv").out
    home("course", "edit", "IPAC-101", "--title", "Another")
    file = put(*listed.splitlines())
    assert counts(home, "course", file) == (0, 1, 1)
    assert home("course", "list", "-o", "csv").out == listed


def test_requirements_keep_what_a_row_leaves_blank(home: Carepass, put: Put) -> None:
    file = put(
        "home,role,code,employer_pays,required_from,due_within",
        "maple-grove,psw,IPAC-101,false,2026-01-01,2w",
        "maple-grove,psw,WHMIS-1,,,",
    )
    assert counts(home, "requirement", file, "--dry-run") == (0, 1, 1)
    assert counts(home, "requirement", file) == (0, 1, 1)
    assert counts(home, "requirement", file) == (0, 0, 2)
    rows = {row["code"]: row for row in home.rows("requirement", "list")}
    assert (rows["IPAC-101"]["employer_pays"], rows["IPAC-101"]["required_from"]) == (False, "2026-01-01")
    assert rows["WHMIS-1"]["employer_pays"] is True


@pytest.mark.parametrize(
    ("noun", "lines", "error", "said"),
    [
        ("home", ("code,name", "Birch Manor,Birch"), "invalid-value", "code 'Birch Manor'"),
        ("home", ("code,name", "birch-manor,"), "invalid-value", "name is empty"),
        ("home", ("code,name,like", "birch,Birch,maple"), "not-found", "Did you mean maple-grove"),
        ("home", ("code,name,approval", "birch,Birch,maybe"), "invalid-value", "approval 'maybe'"),
        ("course", ("code,title,provider,minutes", "A-1,T,P,0"), "invalid-value", "minutes '0'"),
        ("course", ("code,title,provider", "A-1,T,P"), "invalid-value", "minutes is empty"),
        ("course", ("code,expiry", "IPAC-101,yearly"), "invalid-value", "expiry 'yearly'"),
        ("course", ("code,expiry,validity_years", "IPAC-101,1y,2"), "invalid-value", "differ"),
        ("requirement", ("home,role,code", "maple-grove,psw,IPAC"), "not-found", "IPAC"),
        ("requirement", ("home,role,code", "maple-grove,rn,IPAC-101"), "not-found", "rn"),
        (
            "requirement",
            ("home,role,code,due_within", "maple-grove,psw,IPAC-101,soon"),
            "invalid-value",
            "soon",
        ),
    ],
)
def test_a_bad_row_is_told_by_line_code_and_value(
    home: Carepass, put: Put, noun: str, lines: tuple[str, ...], error: str, said: str
) -> None:
    before = len(home.rows("audit", "list"))
    (told,) = home(noun, "import", put(*lines), "-o", "json", code=5).json["errors"]
    assert (told["line"], told["error"]) == (2, error)
    assert said in told["message"]
    assert len(home.rows("audit", "list")) == before


@pytest.mark.parametrize(
    ("noun", "header", "rows"),
    [
        ("home", "code,name", ("birch,Birch", "birch,Birch Manor")),
        ("course", "code,title,provider,minutes", ("A-1,T,P,30", "A-1,T,P,45")),
        ("requirement", "home,role,code,due_within", (f"{PSW},IPAC-101,1w", f"{PSW},IPAC-101,2w")),
    ],
)
def test_two_rows_that_differ_about_one_thing_are_refused(
    home: Carepass, put: Put, noun: str, header: str, rows: tuple[str, str]
) -> None:
    (told,) = home(noun, "import", put(header, rows[0], rows[0], rows[1]), "-o", "json", code=5).json[
        "errors"
    ]
    assert (told["line"], told["error"]) == (4, "duplicate-row")
    assert "line 2" in told["message"]


def test_five_faults_in_a_row_are_told_in_one_run(carepass: Carepass, put: Put) -> None:
    header = "code,title,provider,minutes,language,method,price,status"
    rows = ("IPAC-101,Infection,,half,de,by post,free,active", "FIRE-1,Fire,College,30,,,,")
    file = put(header, *rows)
    told = carepass("course", "import", file, "-o", "json", code=5).json
    assert (told["failed"], told["created"]) == (1, 1)
    faults = {each["message"].split()[0] for each in told["errors"]}
    assert faults == {"provider", "minutes", "language", "method", "price"}
    assert {each["line"] for each in told["errors"]} == {2}


def test_requirements_take_names_and_tell_all_that_is_wrong(home: Carepass, put: Put) -> None:
    fire = ("--title", "Fire drill", "--provider", "College", "--minutes", "30")
    home("course", "create", "FIRE-9", *fire)
    header = "Facility,Position,Course,due_within"
    good = put(header, "maple grove,PERSONAL SUPPORT WORKER,fire DRILL,2w")
    assert home("requirement", "import", good, "-o", "json").json["created"] == 1
    bad = put(header, "Maple Grove,porter,IPAC-1O1,soon")
    told = home("requirement", "import", bad, "-o", "json", code=5).json
    assert sorted(each["error"] for each in told["errors"]) == ["invalid-value", "not-found", "not-found"]


def test_a_list_of_requirements_comes_in_again_and_what_is_the_course_s_is_left_aside(
    home: Carepass, put: Put
) -> None:
    listed = home("requirement", "list", "-o", "csv").out.splitlines()
    ran = home("requirement", "import", put(*listed), "-o", "json")
    assert (ran.json["unchanged"], ran.json["change"]) == (2, None)
    assert "leaves aside: title, provider, minutes, expiry" in ran.err
