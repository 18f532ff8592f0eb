"""From which day on, and through which, the facts behind a passport hold."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from carepass_cli.store.queries import passport
from carepass_cli.store.reader import Reader
from carepass_cli.store.transfer import open_source
from tests.conftest import TODAY, Carepass, by_hand, course

DID = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
BEGUN = date.fromisoformat(TODAY)
OVER = date(2026, 12, 1)
EVES = [day - timedelta(days=1) for day in (BEGUN, OVER)]
DAYS = [EVES[0], BEGUN, EVES[1], OVER]


@pytest.fixture
def passed(staff: Carepass, tmp_path: Path) -> Carepass:
    """Three records, a key, an issuer, a role and a list seen, all of BEGUN; on OVER the role ends, the key
    is replaced, the issuer is trusted no more, record 2 is revoked and record 3 void."""
    course(staff, "FIRE-1")
    for code in ("IPAC-101", "WHMIS-1", "FIRE-1"):
        staff("record", "add", "1000", code, "--on", TODAY)
    staff("passport", "export", "1000", str(tmp_path / "passport.json"))
    staff("passport", "trust", DID, "--name", "Cedar House")
    by_hand(
        staff,
        "INSERT INTO status_list (did, issued_at, signed, seen_on, change_id) VALUES (?, ?, ?, ?, 1)",
        *(DID, f"{TODAY}T00:00:00Z", "e30.e30.", TODAY),
    )
    staff.today = str(OVER)
    staff("passport", "revoke", "2", "--reason", "not theirs")
    staff("record", "void", "3", "--reason", "wrong day")
    staff("passport", "distrust", DID, "--reason", "stolen")
    staff("home", "keys", "maple-grove", "--rotate")
    staff("role", "end", "1000", "--home", "maple-grove", "--role", "psw")
    return staff


def facts(reader: Reader, day: date) -> dict[str, object]:
    """What each question about passports is answered, as of a day."""
    keys, issuers = passport.home_keys(reader, day, "maple-grove"), passport.list_issuers(reader, day)
    return {
        "keys": [each.retired_on for each in keys],
        "own issuers": len([each for each in issuers if each.home]),
        "named issuers": [each.name for each in issuers if not each.home],
        "revoked": sorted(each.record for each in passport.list_revoked(reader, day)),
        "revoked on": passport.revoked_on(reader, day, 2),
        "places": list(passport.list_places(reader, day, 1)),
        "signable": sorted(each.record for each in passport.list_signable(reader, day, 1)),
        "signed": passport.find_signed(reader, day, 1) is not None,
        "lists": len(list(passport.list_kept(reader, day))),
    }


def test_each_fact_holds_from_its_day_on(passed: Carepass) -> None:
    with open_source(passed.db) as reader:
        found = [facts(reader, day) for day in DAYS]
    assert {name: [each[name] for each in found] for name in found[0]} == {
        "keys": [[], [None], [None], [None, OVER]],
        "own issuers": [0, 1, 1, 2],
        "named issuers": [[], ["Cedar House"], ["Cedar House"], []],
        "revoked": [[], [], [], [2, 3]],
        "revoked on": [None, None, None, OVER],
        "places": [[], [("maple-grove", 1)], [("maple-grove", 1)], [("maple-grove", 0)]],
        "signable": [[], [1, 2, 3], [1, 2, 3], [1]],
        "signed": [False, True, True, True],
        "lists": [0, 1, 1, 1],
    }


def test_the_last_valid_day_is_one(passed: Carepass) -> None:
    with open_source(passed.db) as reader:
        last = date(2027, 11, 21)
        assert [each.record for each in passport.list_signable(reader, last, 1)] == [1]
        assert passport.list_signable(reader, last + timedelta(days=1), 1) == []
