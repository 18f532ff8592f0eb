"""Days as files write them."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carepass_cli.batch.columns import Columns
from carepass_cli.batch.dates import check_format, read_day, what_fits
from carepass_cli.errors import UsageError
from carepass_cli.rules.formula import defused

RECORDS = Columns(("portal_id", "completed_on"), ("completed_on",))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-04", "2026-03-04"),
        # A moment counts for its day in Toronto, in winter and in summer.
        ("2026-03-05T01:30:00+00:00", "2026-03-04"),
        ("2026-03-05 01:30Z", "2026-03-04"),
        ("2026-07-05 03:59:59.9 UTC", "2026-07-04"),
        ("2026-07-05T04:00:00Z", "2026-07-05"),
        ("2026-03-05T01:30:00", "2026-03-05"),
        ("2026-03-04T23:30:00-0500", "2026-03-04"),
        ("Tuesday, 3 March 2026, 2:14 PM", "2026-03-03"),
        ("mardi 3 mars 2026, 14:14", "2026-03-03"),
        ("mar. 3 mars 2026", "2026-03-03"),
        ("3-Mar-2026", "2026-03-03"),
        ("Mar 3rd, 2026", "2026-03-03"),
        ("MARCH 3 2026 at 9:05 a.m.", "2026-03-03"),
        ("1er févr. 2026", "2026-02-01"),
        ("15 août 2026", "2026-08-15"),
        ("15 aout 2026", "2026-08-15"),
        ("2026 Dec 9", "2026-12-09"),
        ("31 juillet 1999", "1999-07-31"),
    ],
)
def test_what_is_a_date_by_itself(text: str, day: str) -> None:
    for format in (None, "dmy", "mdy", "%Y/%m/%d"):
        assert read_day(text, format).isoformat() == day


@pytest.mark.parametrize(
    ("text", "format", "day"),
    [
        ("03/04/2026", "dmy", "2026-04-03"),
        ("03/04/2026", "mdy", "2026-03-04"),
        ("3.4.26", "dmy", "2026-04-03"),
        ("26-3-4", "ymd", "2026-03-04"),
        ("2026/3/4", "ymd", "2026-03-04"),
        ("02/14/26", "mdy", "2026-02-14"),
        ("14/02/2026 09:30", "dmy", "2026-02-14"),
        ("2/14/2026 9:30:00 PM", "mdy", "2026-02-14"),
        ("05/17/68", "mdy", "2068-05-17"),
        ("05/17/69", "mdy", "1969-05-17"),
        ("2-Jan-25", "dmy", "2025-01-02"),
        ("Jan 2 25", "mdy", "2025-01-02"),
        ("25 Jan 2", "ymd", "2025-01-02"),
        ("20260304", "%Y%m%d", "2026-03-04"),
        ("5 III 2026", "%d III %Y", None),
    ],
)
def test_what_needs_a_format(text: str, format: str, day: str | None) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - what a text that is no date raises
        read_day(text, None)
    if day is not None:
        assert read_day(text, format).isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        *("2026-02-30", "2026-3-4", "31/02/2026", "3 March", "March 2026", "3 4 March 2026", "May May 2026"),
        *("3 Marsh 2026", "2026-03-04T25:00", "12/2026", "03/04-2026", "1/2/3/2026", "", "today", "1/1/202"),
        *("३ March 2026", "0000-01-01", "3 March 2026 and more", "x" * 10_000, "9" * 10_000),
    ],
)
def test_what_is_no_date_in_any_order_but_its_own(text: str) -> None:
    for format in (None, "dmy", "mdy"):
        with pytest.raises(ValueError):  # noqa: PT011
            read_day(text, format)


def test_a_birthdate_of_two_digits_is_not_ahead() -> None:
    today = date(2026, 11, 21)
    assert read_day("05/17/27", "mdy", today) == date(1927, 5, 17)
    assert read_day("05/17/26", "mdy", today) == date(2026, 5, 17)
    assert read_day("17 May 45", "dmy", today) == date(1945, 5, 17)


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)), st.sampled_from("/-."), st.booleans())
def test_every_day_is_read_back_in_its_order(day: date, by: str, short: bool) -> None:
    part = {"d": str(day.day), "m": f"{day.month:02}", "y": f"{day:%y}" if short else f"{day:%Y}"}
    for order in ("dmy", "mdy", "ymd"):
        text = by.join(part[each] for each in order)
        assert read_day(text, order) == day
        assert order in what_fits([text])


@pytest.mark.parametrize("text", ["", "d/m/y", "%Y", "%d/%m", "%q", "%Y-%m", "%H:%M", "DMY", "%"])
def test_a_format_has_a_day_a_month_and_a_year(text: str) -> None:
    with pytest.raises(UsageError, match="not a date format"):
        check_format(text, "--date-format")


@pytest.mark.parametrize(
    ("cells", "options", "said"),
    [
        (["03/04/2026", "2026-01-01", "13/04/2026"], {}, "only dmy fits: --date-format dmy"),
        (["03/04/2026", "4 May 2026"], {}, "both fit, dmy and mdy"),
        (["03/04/05"], {}, "dmy, mdy and ymd fit"),
        (["03/04/2026", "13/04/2026", "04/13/2026"], {}, "no one format fits"),
        (["04/13/2026"], {"date_format": "dmy"}, "does not fit dmy; of the whole column only mdy fits"),
        (["soon"], {"date_format": "dmy"}, "completed_on 'soon' is not a date."),
        (["1/1/1066"], {"date_format": "dmy"}, "is out of range"),
    ],
)
def test_the_whole_column_says_what_would_fit(
    read: Callable, cells: list[str], options: dict, said: str
) -> None:
    found = read("portal_id,completed_on\n" + "".join(f"1,{c}\n" for c in cells), columns=RECORDS, **options)
    good = len(found.rows)
    assert good + len(found.refused) == len(cells)
    assert all(said in error.message for error, _ in found.refused)
    # No spreadsheet takes what is said for a formula, so that it stands in the rejects as it is.
    assert all(defused(error.message) == error.message for error, _ in found.refused)
    assert found.refused
    assert [error.error for error, _ in found.refused] == ["invalid-value"] * len(found.refused)


def test_many_different_moments_do_not_fill_the_memory_nor_mix(read: Callable) -> None:
    cells = [f"2026-03-05T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}Z" for n in range(0, 86_400, 7)]
    found = read("portal_id,completed_on\n" + "".join(f"1,{c}\n" for c in cells), columns=RECORDS)
    days = [values[1] for _, values in found.rows]
    assert days == ["2026-03-04" if cell < "2026-03-05T05" else "2026-03-05" for cell in cells]
