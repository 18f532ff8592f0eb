"""The file: what it is worth on a day, and what is not believed of it."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from carepass_cli.badges.passport import fingerprint, read_passport
from carepass_cli.badges.port import Badges, Key
from carepass_cli.errors import CarepassError, Refused, UsageError
from tests.passport.conftest import ANNUAL, AWARDS, HOLDER, OTHER, Write

DAY = date(2026, 11, 21)
LATER = date(2027, 11, 21)


def listed(badges: Badges, key: Key, *revoked: int, on: date = DAY, until: date = LATER) -> str:
    return badges.issue_status_list(key, revoked, datetime.combine(on, time(9), UTC), until)


def statuses(badges: Badges, path: str, today: date, status_list: str | None = None) -> list[str]:
    passport = read_passport(badges, path, status_list)
    return [passport.status(each, today) for each in passport.credentials]


def reason(badges: Badges, path: str, status_list: str | None = None) -> str:
    with pytest.raises(CarepassError) as raised:
        read_passport(badges, path, status_list)
    assert raised.value.exit_code == 4
    return raised.value.code


def test_each_is_worth_what_its_dates_say(badges: Badges, key: Key, tokens: list[str], write: Write) -> None:
    path = write(tokens, [listed(badges, key)])
    assert statuses(badges, path, DAY) == ["valid", "valid", "valid"]
    assert statuses(badges, path, date(2027, 7, 1)) == ["valid", "valid", "valid"]
    assert statuses(badges, path, date(2027, 7, 2)) == ["valid", "valid", "expired"]
    assert statuses(badges, path, date(2027, 11, 1)) == ["valid", "valid", "expired"]
    assert statuses(badges, path, date(2027, 11, 2)) == ["expired", "valid", "expired"]
    assert statuses(badges, path, date(2026, 10, 31))[0] == "not-yet-valid"


def test_what_is_revoked_stays_so_and_comes_first(
    badges: Badges, key: Key, tokens: list[str], write: Write
) -> None:
    path = write(tokens, [listed(badges, key, ANNUAL.list_index)])
    assert statuses(badges, path, DAY) == ["revoked", "valid", "valid"]
    assert statuses(badges, path, date(2030, 1, 1))[0] == "revoked"


def test_a_newer_list_is_given(badges: Badges, key: Key, tokens: list[str], write: Write) -> None:
    path = write(tokens, [listed(badges, key)])
    newer = write([], [listed(badges, key, ANNUAL.list_index)], "newer.json")
    assert statuses(badges, path, DAY, newer)[0] == "revoked"
    along = write(tokens, [listed(badges, key, ANNUAL.list_index)], "along.json")
    clean = write([], [listed(badges, key)], "clean.json")
    assert reason(badges, along, clean) == "stale-status-list"


def test_a_stale_list_is_told_and_a_fresh_one_mends_it(
    badges: Badges, key: Key, tokens: list[str], write: Write
) -> None:
    path = write(tokens, [listed(badges, key, until=date(2026, 12, 1))])
    assert statuses(badges, path, date(2026, 12, 1))[0] == "valid"
    assert statuses(badges, path, date(2026, 12, 2))[0] == "stale-status-list"
    fresh = write([], [listed(badges, key)], "fresh.json")
    assert statuses(badges, path, date(2026, 12, 2), fresh)[0] == "valid"


def test_the_newest_list_decides_and_an_older_one_is_not_taken(
    badges: Badges, key: Key, tokens: list[str], write: Write
) -> None:
    """Whether the newer one travels along or was seen before."""
    newest, old = date(2026, 11, 20), date(2026, 11, 10)
    path = write(tokens, [listed(badges, key, ANNUAL.list_index, on=newest, until=date(2026, 12, 1))])
    older = write([], [listed(badges, key, on=old)], "older.json")
    assert reason(badges, path, older) == "stale-status-list"
    of_that_day = write([], [listed(badges, key, on=newest)], "morning.json")
    assert reason(badges, path, of_that_day) == "stale-status-list"
    again = write([], [listed(badges, key, ANNUAL.list_index, on=newest)], "again.json")
    assert statuses(badges, path, DAY, again)[0] == "revoked"
    lasting = read_passport(badges, path, None, [listed(badges, key, on=old)])
    told = [lasting.status(lasting.credentials[1], day) for day in (date(2026, 12, 1), date(2026, 12, 2))]
    assert told == ["valid", "stale-status-list"]
    along = write(tokens, [listed(badges, key, on=old)], "along.json")
    kept = [listed(badges, key, ANNUAL.list_index, on=newest)]
    passport = read_passport(badges, along, None, kept)
    assert passport.status(passport.credentials[0], DAY) == "revoked"
    with pytest.raises(Refused) as raised:
        read_passport(badges, along, older, kept)
    assert raised.value.code == "stale-status-list"


def test_a_list_that_was_taken_out_is_missed(badges: Badges, tokens: list[str], write: Write) -> None:
    assert set(statuses(badges, write(tokens), DAY)) == {"no-status-list"}


def test_a_list_of_somebody_else_s(badges: Badges, key: Key, tokens: list[str], write: Write) -> None:
    other = badges.new_key()
    assert reason(badges, write(tokens, [listed(badges, other)])) == "foreign-status-list"
    # Given beside it, it says nothing about these credentials.
    path = write(tokens, [listed(badges, key)])
    given = write([], [listed(badges, other, ANNUAL.list_index)], "given.json")
    assert statuses(badges, path, DAY, given)[0] == "valid"


def test_a_list_under_another_s_name(badges: Badges, key: Key, tokens: list[str], write: Write) -> None:
    from tests.passport.conftest import part, signed

    claimed = part(listed(badges, key), 1)
    assert reason(badges, write(tokens, [signed(badges.new_key(), claimed)])) == "bad-signature"


def test_credentials_of_two_people(badges: Badges, key: Key, tokens: list[str], write: Write) -> None:
    swapped = badges.issue(key, "Maple Grove", OTHER, AWARDS[:1])
    path = write([*swapped, *tokens[1:]], [listed(badges, key)])
    assert reason(badges, path) == "mixed-holders"


def test_one_bad_credential_spoils_the_file(badges: Badges, tokens: list[str], write: Write) -> None:
    assert reason(badges, write([*tokens[:2], tokens[2][:-8]])) in ("bad-signature", "malformed-credential")


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe\x00", b"{", b"[]", b"null", b"{}", b'{"credentials": "x"}', b'{"credentials": [1]}',
        b'{"credentials": [], "status_lists": {}}', b"name,date\nx,2026-01-01\n", b"[" * 100_000,
        b'{"credentials": null}',
    ],
)  # fmt: skip
def test_a_foreign_file(badges: Badges, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert reason(badges, str(path)) == "not-a-passport"


def test_a_file_cut_short_anywhere(badges: Badges, key: Key, tokens: list[str], write: Write) -> None:
    path = Path(write(tokens, [listed(badges, key)]))
    whole = path.read_bytes()
    for end in range(0, len(whole) - 1, 97):
        path.write_bytes(whole[:end])
        assert reason(badges, str(path)) == "not-a-passport"


def test_a_file_that_is_not_there(badges: Badges, tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_passport(badges, str(tmp_path / "none"))
    with pytest.raises(UsageError):
        read_passport(badges, str(tmp_path))


def test_an_image_without_a_credential(badges: Badges, tmp_path: Path) -> None:
    path = tmp_path / "x.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    with pytest.raises(Refused):
        read_passport(badges, str(path))


def test_a_single_token_is_a_passport_of_one(badges: Badges, token: str, tmp_path: Path) -> None:
    path = tmp_path / "token.jwt"
    path.write_text(token + "\n")
    assert [each.code for each in read_passport(badges, str(path)).credentials] == ["IPAC-101"]


def test_the_fingerprint_is_of_what_is_in_it(
    badges: Badges, key: Key, tokens: list[str], write: Write
) -> None:
    whole = read_passport(badges, write(tokens)).fingerprint
    assert read_passport(badges, write(tokens[::-1], [listed(badges, key)])).fingerprint == whole
    assert read_passport(badges, write(tokens[:2])).fingerprint != whole
    assert fingerprint(tokens) == whole
    assert len(whole) == 64


def test_a_token_that_is_there_twice_counts_once(badges: Badges, token: str, write: Write) -> None:
    assert len(read_passport(badges, write([token, token])).credentials) == 1


def test_nobody_s_passport_is_a_passport(badges: Badges, key: Key, write: Write) -> None:
    assert read_passport(badges, write([], [listed(badges, key)])).credentials == ()
    assert HOLDER.email not in Path(write(badges.issue(key, "M", HOLDER, AWARDS))).read_text()
