"""What is signed keeps its identity, and what a home of this store is said to have signed is checked."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from carepass_cli.badges.port import Award, Badges, Holder, Key, numbered_credential
from tests.commands.conftest import AT
from tests.conftest import Carepass, assign, course, person
from tests.passport.conftest import Write, part, signed, verified


def export(
    carepass: Carepass, folder: Path, account: str = "1000", today: str | None = None
) -> dict[str, Any]:
    """Each credential's payload, by its course."""
    path = folder / f"{account}.json"
    carepass("passport", "export", account, str(path), today=today)
    payloads = [part(token, 1) for token in json.loads(path.read_text())["credentials"]]
    return {payload["credentialSubject"]["achievement"]["humanCode"]: payload for payload in payloads}


def identity(payload: dict[str, Any]) -> tuple[str, str]:
    return payload["id"], payload["credentialStatus"]["statusListIndex"]


def record(carepass: Carepass, account: str, code: str, on: str) -> str:
    return str(carepass("record", "add", account, code, "--on", on, "-o", "json").json["record"])


def key_of(maple: Carepass) -> Key:
    """The home's key, as a thief would have it."""
    active = maple("home", "keys", "maple-grove", "-o", "json").json[0]
    return Key(Path(active["file"]).read_bytes(), active["did"])


def last_change(carepass: Carepass) -> str:
    return str(carepass.rows("audit", "list")[-1]["change"])


FORGED = Award(
    9, "IPAC-101", "Course IPAC-101", "Sample College", 30, None, date(2026, 11, 15), date(2027, 11, 15),
    "badge", "urn:uuid:0c0c0c0c-0000-4000-8000-000000000001", 900, date(2026, 11, 15),
)  # fmt: skip
HOLDER = Holder("urn:uuid:0a0a0a0a-0000-4000-8000-00000000000a", "Hélène O'Brien", "helene@example.org")


# --- Identities --------------------------------------------------------------------------------------------


def test_a_credential_keeps_its_identity(maple: Carepass, tmp_path: Path) -> None:
    first = export(maple, tmp_path)
    assert len({identity(payload) for payload in first.values()}) == 2
    maple("course", "edit", "IPAC-101", "--title", "Another title")
    maple("home", "keys", "maple-grove", "--rotate", today="2026-11-25")
    later = export(maple, tmp_path, today="2026-12-01")
    assert [identity(later[code]) for code in first] == [identity(first[code]) for code in first]
    assert later["IPAC-101"]["iss"] != first["IPAC-101"]["iss"]


def test_what_was_completed_today_is_believed_today(maple: Carepass, tmp_path: Path) -> None:
    record(maple, "1000", "IPAC-101", maple.today)
    export(maple, tmp_path)
    assert of_this_store(maple, str(tmp_path / "1000.json"))["IPAC-101"] == "valid"


def test_what_was_signed_is_not_undone(maple: Carepass, tmp_path: Path) -> None:
    number = record(maple, "1000", "IPAC-101", "2026-11-10")
    added = last_change(maple)
    maple("audit", "undo", added, "--yes", "--dry-run")
    export(maple, tmp_path)
    error = maple("audit", "undo", added, "--yes", "-o", "json", code=4).error
    assert error["code"] == "already-signed"
    assert "record void" in error["hint"]
    maple("record", "void", number, "--reason", "wrong person")
    assert len(export(maple, tmp_path)) == 2


def test_a_revocation_is_not_undone(maple: Carepass, file: str, tmp_path: Path) -> None:
    for line in (
        ("passport", "revoke", "2", "--reason", "not theirs"),
        ("record", "void", "1", "--reason", "x"),
    ):
        maple(*line)
        error = maple("audit", "undo", last_change(maple), "--yes", "-o", "json", code=4).error
        assert error["code"] == "already-signed"
    assert export(maple, tmp_path) == {}


@pytest.mark.on_file
@pytest.mark.parametrize(
    ("line", "code"),
    [(("passport", "revoke", "2"), "WHMIS-1"), (("record", "void", "1"), "IPAC-101")],
    ids=["revoked", "void"],
)
def test_after_a_restore_what_was_revoked_stays_so(
    maple: Carepass, file: str, tmp_path: Path, line: tuple[str, ...], code: str
) -> None:
    """Also what no list has told of yet."""
    backup, newer = str(tmp_path / "monday.db"), str(tmp_path / "status.json")
    maple("store", "backup", backup)
    maple(*line, "--reason", "not theirs")
    maple("store", "restore", backup, "--yes")
    maple("passport", "status-list", "maple-grove", newer)
    elsewhere = Carepass(str(tmp_path / "none.db"))
    told = {"IPAC-101": "valid", "WHMIS-1": "valid"} | {code: "revoked"}
    assert verified(elsewhere, file, "--status-list", newer) == told
    assert of_this_store(maple, file) == told


@pytest.mark.on_file
def test_what_a_list_has_told_is_not_forgotten_however_it_became_void(
    maple: Carepass, file: str, tmp_path: Path
) -> None:
    backup, newer = str(tmp_path / "monday.db"), str(tmp_path / "status.json")
    maple("store", "backup", backup)
    with closing(sqlite3.connect(maple.db)) as store:
        store.execute("UPDATE completion SET voided_on = '2026-11-21' WHERE id = 1")
        store.commit()
    elsewhere = Carepass(str(tmp_path / "none.db"))
    for _ in ("before", "after"):
        maple("passport", "status-list", "maple-grove", newer)
        assert verified(elsewhere, file, "--status-list", newer)["IPAC-101"] == "revoked"
        maple("store", "restore", backup, "--yes")


def test_a_void_record_takes_no_other_s_place_in_the_list(maple: Carepass, file: str, tmp_path: Path) -> None:
    """Its number may be another's index."""
    indices = {int(identity(payload)[1]) for payload in export(maple, tmp_path).values()}
    numbers = {record(maple, "1000", "IPAC-101", f"2026-11-{day}") for day in (10, 11, 12)}
    assert indices & set(map(int, numbers))
    for number in numbers:
        maple("record", "void", number, "--reason", "wrong day")
    newer = str(tmp_path / "status.json")
    maple("passport", "status-list", "maple-grove", newer)
    (listed,) = json.loads(Path(newer).read_text())["status_lists"]
    assert part(listed, 1)["validFrom"].startswith("2026-11-21")
    elsewhere = Carepass(str(tmp_path / "none.db"))
    assert set(verified(elsewhere, file, "--status-list", newer).values()) == {"valid"}


@pytest.mark.on_file
def test_a_restored_backup_forgets_no_revocation_and_gives_no_identity_twice(
    maple: Carepass, tmp_path: Path
) -> None:
    """Monday's backup comes back on Wednesday."""
    course(maple, "FIRE-1")
    backup = str(tmp_path / "monday.db")
    maple("store", "backup", backup)
    number = record(maple, "1000", "FIRE-1", "2026-11-10")
    tuesday = export(maple, tmp_path)
    maple("passport", "revoke", "2", "--reason", "not theirs")
    maple("record", "void", number, "--reason", "wrong person")
    maple("store", "restore", backup, "--yes")
    passport, newer = str(tmp_path / "1000.json"), str(tmp_path / "status.json")
    maple("home", "keys", "maple-grove")
    maple("passport", "status-list", "maple-grove", newer)
    elsewhere = Carepass(str(tmp_path / "none.db"))
    assert verified(elsewhere, passport, "--status-list", newer)["WHMIS-1"] == "revoked"
    person(maple, "Ana", "Lee", "ana@example.org")
    assign(maple, "1001")
    maple("role", "confirm", "--account", "1001", *AT)
    assert record(maple, "1001", "FIRE-1", "2026-11-10") == number
    # The record that Tuesday's passport is of is gone, whoever has its number now.
    assert verified(maple, passport)["FIRE-1"] == "unknown-issuer"
    hers = export(maple, tmp_path, "1001")
    assert identity(hers["FIRE-1"]) not in [identity(payload) for payload in tuesday.values()]
    again = export(maple, tmp_path)
    assert {code: identity(payload) for code, payload in again.items()} == {
        "IPAC-101": identity(tuesday["IPAC-101"])
    }
    assert "ledger" in maple("passport", "export", "1000", passport).err


def test_what_a_passport_says_is_the_course_s_category(maple: Carepass, tmp_path: Path) -> None:
    course(maple, "LONG-1", "--method", "instructor-led", minutes=6000)
    record(maple, "1000", "LONG-1", "2026-11-10")
    kinds = {
        code: payload["credentialSubject"]["achievement"]["achievementType"]
        for code, payload in export(maple, tmp_path).items()
    }
    assert kinds == {"IPAC-101": "Badge", "WHMIS-1": "Badge", "LONG-1": "CertificateOfCompletion"}


# --- What a home of this store is said to have signed -----------------------------------------------------


def of_this_store(maple: Carepass, path: str, today: str | None = None) -> dict[str, str]:
    """What an import decides and a check says for each course: the same, with `accepted` as `valid`."""
    ran = maple("passport", "import", path, "--account", "1000", "-n", "-o", "json", today=today)
    decided = {row["code"]: row["decision"].replace("accepted", "valid") for row in ran.json}
    assert decided == verified(maple, path, today=today)
    return decided


def test_what_the_store_has_is_believed(maple: Carepass, file: str) -> None:
    assert of_this_store(maple, file) == {"IPAC-101": "valid", "WHMIS-1": "valid"}


def test_a_void_record_does_not_come_back_by_its_passport(maple: Carepass, file: str) -> None:
    maple("record", "void", "1", "--reason", "wrong person")
    maple("passport", "revoke", "2", "--reason", "not theirs")
    assert of_this_store(maple, file) == {"IPAC-101": "revoked", "WHMIS-1": "revoked"}


def test_a_record_that_the_store_has_not_is_nobody_s(
    maple: Carepass, file: str, badges: Badges, write: Write
) -> None:
    """Whatever is signed with the home's own key: also with the identity of a record that is there."""
    key = key_of(maple)
    real = badges.verify(json.loads(Path(file).read_text())["credentials"][0])
    assert real.list_index is not None
    theirs = FORGED._replace(
        credential=real.id, list_index=real.list_index, completed_on=real.completed_on, last_day=real.last_day
    )
    newer = int(record(maple, "1000", "IPAC-101", "2026-11-15"))
    forgeries = {
        "made up": FORGED,
        "another day": theirs._replace(completed_on=date(2026, 10, 31)),
        "another course": theirs._replace(code="WHMIS-1"),
        "another place in the list": theirs._replace(list_index=real.list_index + 100),
        "longer": theirs._replace(last_day=date(2030, 1, 1)),
        "for ever": theirs._replace(last_day=None),
        "by the number of a newer record": FORGED._replace(
            credential=numbered_credential(key.did, newer), list_index=newer
        ),
    }
    for name, award in forgeries.items():
        (token,) = badges.issue(key, "Maple Grove", HOLDER, [award])
        assert list(of_this_store(maple, write([token])).values()) == ["unknown-issuer"], name
    (token,) = badges.issue(key, "Maple Grove", HOLDER, [theirs])
    assert of_this_store(maple, write([token])) == {"IPAC-101": "valid"}


def test_a_key_that_was_given_up(maple: Carepass, file: str, tmp_path: Path) -> None:
    """What it signed before the day that is named is believed, nothing from then on."""
    maple.today = "2026-11-30"
    record(maple, "1000", "IPAC-101", "2026-11-25")
    both = str(tmp_path / "1000.json")
    export(maple, tmp_path)
    line = ("home", "keys", "maple-grove", "--rotate", "--compromised", "--from", "2026-11-30", "-o", "json")
    new, old = maple(*line, today="2026-12-01").json
    assert (new["compromised_on"], old["compromised_on"]) == (None, "2026-11-30")
    assert set(of_this_store(maple, file, "2026-12-01").values()) == {"valid"}
    rows = maple.rows("passport", "verify", both, today="2026-12-01")
    statuses = sorted((row["completed_on"], row["status"]) for row in rows)
    assert statuses == [
        ("2020-06-01", "valid"), ("2026-11-01", "valid"), ("2026-11-25", "unknown-issuer"),
    ]  # fmt: skip


def test_a_retired_key_signs_nothing_new(maple: Carepass, file: str, tmp_path: Path) -> None:
    """But what it signed on its last day."""
    old = key_of(maple)
    maple("home", "keys", "maple-grove", "--rotate", today="2026-11-21")
    assert of_this_store(maple, file) == {"IPAC-101": "valid", "WHMIS-1": "valid"}
    maple.today = "2026-11-30"
    record(maple, "1000", "IPAC-101", "2026-11-28")
    export(maple, tmp_path)
    tokens = json.loads((tmp_path / "1000.json").read_text())["credentials"]
    payload = next(p for p in (part(token, 1) for token in tokens) if p["awardedDate"] > "2026-11-27")
    payload = {**payload, "iss": old.did, "issuer": {**payload["issuer"], "id": old.did}}
    path = tmp_path / "old.json"
    path.write_text(json.dumps({"credentials": [signed(old, payload)], "status_lists": []}))
    assert of_this_store(maple, str(path)) == {"IPAC-101": "unknown-issuer"}


def test_a_passport_of_version_0_1_is_believed_and_revoked(
    maple: Carepass, badges: Badges, write: Write, tmp_path: Path
) -> None:
    """Its credentials are named by the record's number, which is their index, too."""
    key = key_of(maple)
    old = FORGED._replace(
        completed_on=date(2026, 11, 1), last_day=date(2027, 11, 1), list_index=1,
        credential=numbered_credential(key.did, 1),
    )  # fmt: skip
    payload = part(badges.issue(key, "Maple Grove", HOLDER, [old])[0], 1)
    del payload["iat"]
    path = write([signed(key, payload)])
    assert of_this_store(maple, path) == {"IPAC-101": "valid"}
    export(maple, tmp_path)
    maple("record", "void", "1", "--reason", "wrong person")
    assert of_this_store(maple, path) == {"IPAC-101": "revoked"}
    newer = str(tmp_path / "status.json")
    maple("passport", "status-list", "maple-grove", newer)
    elsewhere = Carepass(str(tmp_path / "none.db"))
    assert verified(elsewhere, path, "--status-list", newer) == {"IPAC-101": "revoked"}


def test_the_voiding_of_what_was_signed_says_how_to_revoke_it(maple: Carepass, tmp_path: Path) -> None:
    numbers = [record(maple, "1000", "IPAC-101", day) for day in ("2026-11-10", "2026-11-11")]
    assert "revoke" not in maple("record", "void", numbers[0], "--reason", "wrong").err
    export(maple, tmp_path)
    assert f"passport revoke {numbers[1]}" in maple("record", "void", numbers[1], "--reason", "wrong").err
