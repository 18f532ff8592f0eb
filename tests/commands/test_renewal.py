"""The last valid day: by its basis, as the certificate names it, extended, worked out anew."""

from typing import Any

import pytest

from tests.conftest import Carepass


def done(carepass: Carepass, on: str, *more: str, today: str | None = None) -> dict[str, Any]:
    ran = carepass("record", "add", "1000", "IPAC-101", "--on", on, *more, "-o", "json", today=today)
    return dict(ran.json)


def ends(carepass: Carepass, today: str) -> list[str]:
    return [row["expires_on"] for row in carepass.rows("record", "list", "1000", today=today)]


def held(carepass: Carepass, today: str) -> tuple[str, str]:
    rows = carepass.rows("requirement", "list", "--account", "1000", today=today)
    row = next(row for row in rows if row["code"] == "IPAC-101")
    return row["expires_on"], row["status"]


def test_by_expiry_a_renewal_in_the_window_keeps_the_anniversary(staff: Carepass) -> None:
    staff("course", "edit", "IPAC-101", "--renewal", "expiry")
    assert staff("course", "show", "IPAC-101", "-o", "json").json["renewal"] == "expiry"
    told = [done(staff, on, today="2029-12-31")["expires_on"] for on in (
        "2025-03-31", "2026-02-15", "2027-01-01", "2028-05-05",
    )]  # fmt: skip
    # The first; within 60 days of its end; too early, so from the completion, but never shorter; late.
    assert told == ["2026-03-31", "2027-03-31", "2028-01-01", "2029-05-05"]


def test_the_window_is_kept_with_the_record(staff: Carepass) -> None:
    staff("course", "edit", "IPAC-101", "--renewal", "expiry")
    done(staff, "2025-12-31")
    renewed = done(staff, "2026-11-10")
    assert renewed["expires_on"] == "2027-12-31"
    staff("home", "edit", "maple-grove", "--renewal-window", "1d", today="2026-11-22")
    restated = staff(
        "course", "edit", "IPAC-101", "--restate", "--reason", "once more", "-o", "json", today="2026-11-22"
    )
    assert restated.json["result"] == "unchanged"
    assert ends(staff, "2026-11-22") == ["2026-12-31", "2027-12-31"]


def test_a_window_counts_as_it_was_on_the_day_of_the_completion(staff: Carepass) -> None:
    staff("course", "edit", "IPAC-101", "--renewal", "expiry")
    done(staff, "2026-11-21")
    staff("home", "edit", "maple-grove", "--renewal-window", "90d", today="2027-09-15")
    assert done(staff, "2027-09-01", today="2027-11-01")["expires_on"] == "2028-09-01"  # 60d then
    assert done(staff, "2028-06-10", today="2028-07-01")["expires_on"] == "2029-09-01"  # 90d then


def test_to_a_day_of_the_year(staff: Carepass) -> None:
    staff("course", "edit", "IPAC-101", "--renewal", "03-31", "--minimum", "6mo")
    assert [done(staff, on)["expires_on"] for on in ("2025-09-30", "2025-10-01", "2026-03-31")] == [
        "2026-03-31", "2027-03-31", "2027-03-31",
    ]  # fmt: skip
    staff("course", "edit", "IPAC-101", "--renewal", "02-29")
    course_now = staff("course", "show", "IPAC-101", "-o", "json").json
    assert (course_now["renewal"], course_now["minimum"]) == ("02-29", "6mo")


@pytest.mark.parametrize(
    "edit", [("--renewal", "13-01"), ("--renewal", "yearly"), ("--minimum", "6mo"), ("--restate",)]
)
def test_what_says_nothing_is_refused(staff: Carepass, edit: tuple[str, ...]) -> None:
    staff("course", "edit", "IPAC-101", *edit, code=2)


def test_the_certificate_s_own_last_day_is_kept(staff: Carepass) -> None:
    record = done(staff, "2026-11-01", "--expires", "2028-05-05")
    assert record["expires_on"] == "2028-05-05"
    again = done(staff, "2026-11-01", "--expires", "2028-05-05")
    assert again["result"] == "unchanged"
    other = staff(
        "record",
        "add",
        "1000",
        "IPAC-101",
        "--on",
        "2026-11-01",
        "--expires",
        "2028-05-06",
        "-o",
        "json",
        code=4,
    )
    assert other.error["code"] == "already-recorded"
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-02", "--expires", "2026-11-01", code=2)
    staff(
        "course",
        "edit",
        "IPAC-101",
        "--validity-years",
        "2",
        "--restate",
        "--reason",
        "law",
        today="2026-11-22",
    )
    assert ends(staff, "2026-11-22") == ["2028-05-05"]
    assert "certificate" in staff("explain", "1000", "IPAC-101").out


EXTEND = ("--to", "2027-06-30", "--reason", "by order")


def test_an_extension_works_from_its_day_and_leaves_the_anniversary(staff: Carepass) -> None:
    staff("course", "edit", "IPAC-101", "--renewal", "expiry")
    done(staff, "2026-03-31")
    row = staff("record", "extend", "1", *EXTEND, "-o", "json", today="2027-01-10").json
    assert (row["result"], row["expires_on"]) == ("updated", "2027-06-30")
    assert held(staff, "2027-01-09")[0] == "2027-03-31"
    assert held(staff, "2027-01-10")[0] == "2027-06-30"
    assert held(staff, "2027-04-15") == ("2027-06-30", "valid")
    told = staff("explain", "1000", "IPAC-101", today="2027-04-15").out
    assert "by order" in told
    assert done(staff, "2027-06-10", today="2027-06-10")["expires_on"] == "2028-03-31"


def test_two_extensions_in_a_day_leave_the_days_before_as_they_were(staff: Carepass) -> None:
    done(staff, "2026-03-31")
    for last in ("2027-06-30", "2027-08-31"):
        staff("record", "extend", "1", "--to", last, "--reason", "by order", today="2027-01-10")
    staff("record", "extend", "1", "--to", "2027-09-30", "--reason", "by order", today="2027-01-20")
    days = ("2027-01-09", "2027-01-10", "2027-01-19", "2027-01-20")
    assert [ends(staff, day) for day in days] == [
        ["2027-03-31"], ["2027-08-31"], ["2027-08-31"], ["2027-09-30"],
    ]  # fmt: skip


def test_an_extension_is_undone(staff: Carepass) -> None:
    done(staff, "2026-03-31")
    staff("record", "extend", "1", *EXTEND, today="2027-01-10")
    change = staff.rows("audit", "list", today="2027-01-10")[-1]["change"]
    staff("audit", "undo", str(change), "--yes", today="2027-01-10")
    assert ends(staff, "2027-01-10") == ends(staff, "2027-01-09") == ["2027-03-31"]


def test_a_file_that_names_the_day_from_before_an_extension_says_nothing_new(staff: Carepass) -> None:
    def load(expires: str, code: int = 0) -> dict[str, object]:
        text = f"portal_id,code,completed_on,expires_on\n1000,IPAC-101,2026-11-01,{expires}\n"
        return dict(
            staff("record", "import", "-", "-o", "json", input=text, today="2027-02-01", code=code).json
        )

    done(staff, "2026-11-01", "--expires", "2027-05-05")
    staff("record", "extend", "1", *EXTEND, today="2027-01-10")
    assert load("2027-05-05")["unchanged"] == 1
    assert load("2027-06-30")["unchanged"] == 1
    assert load("2027-05-06", code=5)["failed"] == 1
    assert staff.rows("record", "list", "1000", today="2027-02-01")[0]["expires_on"] == "2027-06-30"


def test_nothing_is_extended_to_an_earlier_day(staff: Carepass) -> None:
    done(staff, "2026-11-01")
    short = staff("record", "extend", "1", "--to", "2027-10-31", "--reason", "x", "-o", "json", code=4)
    assert short.error["code"] == "not-shorter"
    staff("record", "extend", "1", "--to", "2027-12-31", code=2)
    staff("record", "extend", "--to", "2027-12-31", "--reason", "x", code=2)
    staff("record", "extend", "99", "--to", "2027-12-31", "--reason", "x", code=3)


def test_all_of_a_course_are_extended_by_order(staff: Carepass) -> None:
    done(staff, "2025-12-01")
    done(staff, "2026-11-21")
    staff("record", "add", "1000", "WHMIS-1", "--on", "2026-01-01", "--expires", "2027-06-01")
    order = ("record", "extend", "--code", "IPAC-101", "--expiring-by", "2027-11-21", "--to", "2028-02-29",
             "--reason", "by order")  # fmt: skip
    dry = staff(*order, "-n", "-o", "json").json
    assert [row["record"] for row in dry] == [2]
    rows = staff(*order, "-o", "json").json
    assert [(row["record"], row["result"], row["expires_on"]) for row in rows] == [
        (2, "updated", "2028-02-29")
    ]
    assert staff(*order, "-o", "json").json == []  # it ends later than 2027-11-21 now
    shorter = ("--expiring-by", "2029-12-31", "--to", "2027-12-31", "--reason", "by order")
    assert staff.rows("record", "extend", "--code", "IPAC-101", *shorter) == []  # what lasts longer stays
    both = ("--code", "IPAC-101,WHMIS-1", "--to", "2028-12-31", "--reason", "by order")
    assert [row["record"] for row in staff.rows("record", "extend", *both)] == [3, 2]
    staff("record", "extend", "--code", "WHMIS-1", "--code", "NONE", *both[2:], code=3)


def test_restating_works_from_its_day_on(staff: Carepass) -> None:
    done(staff, "2026-06-01")
    kept = staff("course", "edit", "IPAC-101", "--validity-years", "2", "-o", "json", today="2026-11-22")
    assert "1 record" in kept.err
    assert ends(staff, "2026-11-22") == ["2027-06-01"]
    staff("course", "edit", "IPAC-101", "--restate", "--reason", "new law", today="2026-11-23")
    assert held(staff, "2026-11-22")[0] == "2027-06-01"
    assert held(staff, "2026-11-23")[0] == "2028-06-01"
    assert "new law" in staff("explain", "1000", "IPAC-101", today="2026-11-23").out


def test_records_from_before_the_validity_are_mended(staff: Carepass) -> None:
    staff("record", "add", "1000", "WHMIS-1", "--on", "2026-01-01")
    staff("course", "edit", "WHMIS-1", "--validity-years", "1", "--restate", "--reason", "forgotten")
    (row,) = staff.rows("record", "list", "1000")
    assert row["expires_on"] == "2027-01-01"


def test_in_one_import_completions_count_in_the_order_of_their_dates(staff: Carepass, tmp_path: Any) -> None:
    staff("course", "edit", "IPAC-101", "--renewal", "expiry")
    file = tmp_path / "done.csv"
    lines = ["1000,IPAC-101,2026-02-15,", "1000,IPAC-101,2025-03-31,", "1000,WHMIS-1,2025-01-01,2030-01-01"]
    file.write_text("portal_id,code,completed_on,expires_on\n" + "\n".join(lines) + "\n")
    staff("record", "import", str(file))
    assert ends(staff, "2026-11-21") == ["2030-01-01", "2026-03-31", "2027-03-31"]
    again = staff("record", "import", str(file), "-o", "json").json
    assert (again["created"], again["unchanged"]) == (0, 3)
