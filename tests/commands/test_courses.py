"""`carepass course`: length, validity, category, price, equals."""

import pytest

from tests.conftest import Carepass, course

KEYS = [
    "code", "title", "provider", "minutes", "validity_years", "expiry", "language", "method", "category",
    "price", "status", "renewal",
]  # fmt: skip
CREATE = ("course", "create", "C-1", "--title", "Title", "--provider", "College", "--minutes")


def test_create_prints_the_keys(carepass: Carepass) -> None:
    made = carepass(
        *CREATE, "90", "--validity-years", "1", "--language", "fr", "--method", "online", "--price", "45",
        "-o", "json",
    ).json  # fmt: skip
    assert list(made) == ["result", *KEYS, "change"]
    assert list(made.values())[:-1] == [
        "created", "C-1", "Title", "College", 90, 1, "1 years", "fr", "online", "badge", "45.00", "active",
        "completion",
    ]  # fmt: skip
    assert carepass.rows("course", "list") == [{key: made[key] for key in KEYS}]


def test_what_is_left_out_is_null_and_once(carepass: Carepass) -> None:
    made = carepass(*CREATE, "30", "-o", "json").json
    assert [made[key] for key in ("validity_years", "expiry", "language", "method", "price")] == [
        None, "", None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(("years", "text"), [("1", "1 years"), ("3", "3 years")])
def test_expiry_is_in_the_portal_s_words(carepass: Carepass, years: str, text: str) -> None:
    assert carepass(*CREATE, "30", "--validity-years", years, "-o", "json").json["expiry"] == text


@pytest.mark.parametrize(
    ("minutes", "method", "said", "category"),
    [
        (900, None, None, "badge"),
        (901, "instructor-led", None, "certificate-of-training"),
        (901, "online", None, "unclassified"),
        (6000, "instructor-led", None, "certificate-of-training"),
        (6000, "instructor-led", "college-certificate", "college-certificate"),
        (6001, "instructor-led", None, "college-certificate"),
        (6001, "self-paced", None, "unclassified"),
    ],
)
def test_categories(
    carepass: Carepass, minutes: int, method: str | None, said: str | None, category: str
) -> None:
    more = [*(("--method", method) if method else ()), *(("--category", said) if said else ())]
    assert carepass(*CREATE, str(minutes), *more, "-o", "json").json["category"] == category
    assert len(carepass.rows("course", "list", "--category", category)) == 1


def test_a_category_that_does_not_fit_is_refused(carepass: Carepass) -> None:
    error = carepass(*CREATE, "30", "--category", "college-certificate", "-o", "json", code=2).error
    assert "badge" in error["hint"]


def test_edit_works_the_category_out_again(carepass: Carepass) -> None:
    carepass(*CREATE, "6000", "--method", "instructor-led", "--category", "college-certificate")
    edit = ("course", "edit", "C-1", "-o", "json")
    assert carepass(*edit, "--title", "New").json["category"] == "college-certificate"
    assert carepass(*edit, "--minutes", "60").json["category"] == "badge"


@pytest.mark.parametrize(
    ("option", "wrong"),
    [
        ("--minutes", "0"), ("--minutes", "-5"), ("--minutes", "1.5"), ("--minutes", "99999999999"),
        ("--minutes", "٣٠"), ("--validity-years", "0"), ("--validity-years", "51"), ("--price", "1,50"),
        ("--price", "-1"), ("--price", "1.234"), ("--price", "free"), ("--method", "magic"),
        ("--language", "de"), ("--title", ""), ("--title", "x" * 201), ("--provider", "a\nb"),
    ],
)  # fmt: skip
def test_bad_values_are_usage_errors(carepass: Carepass, option: str, wrong: str) -> None:
    course(carepass, "C-1")
    before = carepass.rows("course", "list")
    error = carepass("course", "edit", "C-1", option, wrong, "-o", "json", code=2).error
    assert option in error["message"]
    assert carepass.rows("course", "list") == before


@pytest.mark.parametrize("code", ["A B", "é-1", "a/b", "x" * 41, "-A", "", ".x"])
def test_bad_codes(carepass: Carepass, code: str) -> None:
    carepass("course", "create", "--title", "T", "--provider", "P", "--minutes", "5", "--", code, code=2)


def test_the_same_course_again(carepass: Carepass) -> None:
    create = (*CREATE, "30", "--price", "45.50")
    carepass(*create)
    assert carepass(*create, "-o", "json").json["result"] == "unchanged"
    error = carepass(*CREATE, "31", "-o", "json", code=4).error
    assert (error["code"], "course edit C-1" in error["hint"]) == ("code-in-use", True)


def test_edit(carepass: Carepass) -> None:
    carepass(*CREATE, "30", "--validity-years", "2")
    edit = ("course", "edit", "C-1", "-o", "json")
    changed = carepass(*edit, "--title", "Neu", "--price", "0").json
    assert (changed["result"], changed["title"], changed["price"], changed["validity_years"]) == (
        "updated", "Neu", "0.00", 2,
    )  # fmt: skip
    assert carepass(*edit, "--title", "Neu").json["result"] == "unchanged"
    assert carepass(*edit, "--once").json["expiry"] == ""
    carepass(*edit, "--once", "--validity-years", "1", code=2)


def test_list_filters(carepass: Carepass) -> None:
    course(carepass, "A-1", "--validity-years", "1", minutes=30)
    course(carepass, "B-1", "--validity-years", "3", minutes=60)
    carepass("course", "create", "C-1", "--title", "Prévention", "--provider", "Élite", "--minutes", "90")
    for args, codes in (
        ((), ["A-1", "B-1", "C-1"]),
        (("--expiry", "annual"), ["A-1"]),
        (("--expiry", "once"), ["C-1"]),
        (("--expiry", "any"), ["A-1", "B-1", "C-1"]),
        (("--max-minutes", "60"), ["A-1", "B-1"]),
        (("--search", "PREVENTION"), ["C-1"]),
        (("--search", "b-1"), ["B-1"]),
        (("--provider", "elite"), ["C-1"]),
        (("--provider", "sample", "--max-minutes", "30"), ["A-1"]),
        (("--search", "nothing"), []),
    ):
        assert [row["code"] for row in carepass.rows("course", "list", *args)] == codes
    carepass("course", "list", "--expiry", "yearly", code=2)


def test_show_adds_who_requires_it_and_what_is_equal(home: Carepass) -> None:
    course(home, "PCI-101")
    home("course", "equate", "IPAC-101", "PCI-101")
    shown = home.rows("course", "show", "IPAC-101")
    assert list(shown) == [*KEYS, "required_by", "equal_to", "aliases"]
    assert (shown["required_by"], shown["equal_to"]) == (["maple-grove/psw"], ["PCI-101"])
    assert home.rows("course", "show", "PCI-101")["equal_to"] == ["IPAC-101"]


def test_retire_hides_it_from_cart_and_template(staff: Carepass) -> None:
    who = "WHMIS-1 is required by maple-grove/psw; 1 people hold these roles."
    for how, code in (("--dry-run",), 0), ((), 2):
        assert who in staff("course", "retire", "WHMIS-1", *how, code=code).err
    retired = staff("course", "retire", "WHMIS-1", "--yes", "-o", "json")
    assert who in retired.err
    assert (retired.json["result"], retired.json["status"]) == ("updated", "retired")
    assert "course equate" in retired.err
    assert staff("course", "retire", "WHMIS-1", "-o", "json").json["result"] == "unchanged"
    refused = (
        ("cart", "add", "1000", "WHMIS-1"),
        ("requirement", "add", "WHMIS-1", "--home", "maple-grove", "--role", "psw"),
    )
    for call in refused:
        assert staff(*call, "-o", "json", code=4).error["code"] == "course-retired"
    assert staff.rows("course", "show", "WHMIS-1", today="2026-11-21")["status"] == "retired"


def test_equate_joins_groups_both_ways(carepass: Carepass) -> None:
    for code in "ABCD":
        course(carepass, code)
    made = carepass("course", "equate", "A", "B", "-o", "json").json
    assert made == {"result": "created", "code": "A", "equal_to": "B", "change": 5}
    assert carepass("course", "equate", "B", "A", "-o", "json").json["result"] == "unchanged"
    carepass("course", "equate", "C", "D")
    carepass("course", "equate", "B", "C")
    assert carepass("course", "equate", "D", "A", "-o", "json").json["result"] == "unchanged"
    equal = {code: carepass.rows("course", "show", code)["equal_to"] for code in "ABCD"}
    assert equal == {code: [c for c in "ABCD" if c != code] for code in "ABCD"}
    carepass("course", "equate", "A", "A", code=2)


@pytest.mark.parametrize(
    "call",
    [("show", "IPAC-11"), ("edit", "ipac-101"), ("retire", "IPAC101"), ("equate", "WHMIS-1", "IPAC-1")],
)
def test_an_unknown_course_names_the_nearest(home: Carepass, call: tuple[str, ...]) -> None:
    error = home("course", *call, "-o", "json", code=3).error
    assert (error["code"], "IPAC-101" in error["hint"]) == ("not-found", True)


def test_an_edit_keeps_the_past(carepass: Carepass) -> None:
    carepass(*CREATE, "30")
    carepass("course", "edit", "C-1", "--minutes", "45", today="2026-12-01")
    assert carepass.rows("course", "show", "C-1", today="2026-11-30")["minutes"] == 30
    assert carepass.rows("course", "show", "C-1", today="2026-12-01")["minutes"] == 45
    assert carepass.rows("course", "list", today="2026-11-20") == []
