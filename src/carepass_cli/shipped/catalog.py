"""Ontario's Micro-credentials Challenge Fund: the projects of Round 2, and what the program came to.

Source: Government of Ontario, "Micro-credentials from Ontario's postsecondary schools" (ontario.ca), as of
2024-25. Names and titles stand as printed there, each project one entry; ids never change.
"""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from carepass_cli.rules.catalog import Entry, entry_category

SOURCE = "Government of Ontario, ontario.ca: Micro-credentials from Ontario's postsecondary schools, 2024-25"
FILE = Path(__file__).with_name("challenge_fund.csv")


@cache
def shipped_entries() -> tuple[Entry, ...]:
    """The 88 projects, in the source's order: by institution, accents folded."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        return tuple(_entry(row) for row in rows)


def _entry(row: list[str]) -> Entry:
    # The source gives neither length, method, price nor OSAP approval.
    id_, institution, title, language, funding, year = row
    return Entry(
        id_,
        institution,
        title,
        language,
        funding,
        year,
        sector=None,
        osap_approved=None,
        method=None,
        minutes=None,
        category=entry_category(None, None),
        price=None,
        link=None,
        source=SOURCE,
    )


class Funding(NamedTuple):
    """What one round came to. `dollars` and the counts are the source's numbers, `as_given` its
    qualifications of them; None is what it does not say."""

    program: str
    round: str | None
    year: str
    amount: str | None
    dollars: int | None
    institutions: int | None
    projects: int | None
    micro_credentials: int | None
    learners: int | None
    as_given: str
    source: str


CHALLENGE_FUND = "Ontario Micro-credentials Challenge Fund"


def funding_rounds() -> tuple[Funding, ...]:
    """Programs and rounds, as the source gives them. Round 2's counts are those of the entries."""
    entries = shipped_entries()
    institutions = len({entry.institution for entry in entries})
    return (
        Funding(
            CHALLENGE_FUND,
            "Round 1",
            "2021",
            "$15 million",
            15_000_000,
            None,
            65,
            300,
            6_000,
            "announced in April 2021; over 65 projects, over 300 micro-credentials, about 6,000 learners",
            SOURCE,
        ),
        Funding(
            CHALLENGE_FUND,
            "Round 2",
            "2024-25",
            "$5 million",
            5_000_000,
            institutions,
            len(entries),
            None,
            None,
            f"{institutions} institutions, {len(entries)} projects",
            SOURCE,
        ),
        Funding(
            "Micro-credentials Strategy",
            None,
            "since 2020",
            "over $60 million",
            60_000_000,
            None,
            None,
            None,
            None,
            "over $60 million announced since 2020, the Challenge Fund among it",
            SOURCE,
        ),
    )
