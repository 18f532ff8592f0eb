"""The line for Nagios and Icinga, read as they read it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carepass_cli.output.monitoring import Counts, status_line, unknown

ORDER = ("expiring", "expired", "overdue", "lapsed", "pending", "waiting", "late")
few = st.integers(min_value=0, max_value=3)


def test_a_line_word_for_word() -> None:
    assert status_line(Counts(expiring=2, expired=3, pending=1)) == (
        "CAREPASS CRITICAL - 3 expired, 2 expiring, 1 pending"
        " | expiring=2;0;;0 expired=3;;0;0 overdue=0;;0;0 lapsed=0;0;;0 pending=1;0;;0 waiting=0;;;0"
        " late=0;0;;0",
        2,
    )
    assert status_line(Counts())[0].startswith(
        "CAREPASS OK - nothing expired, overdue, expiring, lapsed, pending, waiting or late | "
    )


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        (Counts(), 0),
        (Counts(expiring=1), 1),
        (Counts(lapsed=1), 1),
        (Counts(pending=1), 1),
        (Counts(expired=1), 2),
        (Counts(overdue=1), 2),
        (Counts(late=1), 1),
        (Counts(waiting=3), 0),
        (Counts(expiring=9, lapsed=9, pending=9, overdue=1), 2),
    ],
)
def test_what_is_critical_and_what_a_warning(counts: Counts, code: int) -> None:
    line, exit_code = status_line(counts)
    assert exit_code == code
    assert line.split(" - ")[0] == f"CAREPASS {('OK', 'WARNING', 'CRITICAL')[code]}"


@given(st.builds(Counts, few, few, few, few, few, st.just(0), few))
def test_the_perfdata_alone_leads_to_the_same_state(counts: Counts) -> None:
    line, code = status_line(counts)
    said, perfdata = line.split(" | ")
    worst = 0
    for item, name in zip(perfdata.split(" "), ORDER, strict=True):
        match = re.fullmatch(rf"{name}=(\d+);(0?);(0?);0", item)
        assert match
        count = int(match[1])
        assert count == getattr(counts, name)
        assert (f"{count} {name}" in said) == (count > 0)
        # The range `0` alerts outside 0 to 0.
        worst = max(worst, 2 if match[3] and count else 1 if match[2] and count else 0)
    assert code == worst


@given(st.text())
def test_unknown_is_one_line_without_perfdata(message: str) -> None:
    line, code = unknown(message)
    assert code == 3
    assert line.startswith("CAREPASS UNKNOWN - ")
    assert len(line.splitlines()) == 1
    assert not set("|<>") & set(line)


def test_unknown_keeps_the_words() -> None:
    line, _ = unknown("There is no store at 'a|b'.\nRun <init>;\r\n\x1b[31mred")
    assert line == "CAREPASS UNKNOWN - There is no store at 'a/b'. Run (init); \\x1b[31mred"


def test_what_waits_for_a_decision_is_a_warning_when_it_has_waited_long() -> None:
    line, code = status_line(Counts(waiting=3), waiting_long=2)
    assert code == 1
    assert "3 waiting, 2 of them for more than two business days" in line
