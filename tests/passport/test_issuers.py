"""Issuers: the homes' own keys, and those elsewhere that are trusted."""

from pathlib import Path

import pytest

from carepass_cli.badges.port import Badges
from tests.conftest import Carepass, course
from tests.passport.conftest import verified
from tests.passport.test_belief import key_of, record
from tests.passport.test_import import decisions, take

# --- Issuers elsewhere ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Maple Grove", "maple grove", "maple-grove"])
def test_a_home_s_own_name_is_not_another_s(maple: Carepass, badges: Badges, name: str) -> None:
    did = badges.new_key().did
    assert maple("passport", "trust", did, "--name", name, "-o", "json", code=4).error["code"] == "own-issuer"
    maple("passport", "trust", did, "--name", "Maple Grove, Sarnia")


def test_a_home_s_own_key_is_neither_trusted_nor_distrusted(maple: Carepass) -> None:
    did = key_of(maple).did
    for line in (("trust", did, "--name", "Cedar House"), ("distrust", did, "--reason", "stolen")):
        error = maple("passport", *line, "-o", "json", code=4).error
        assert error["code"] == "own-issuer"
    assert "home keys" in error["hint"]


def test_who_vouches_for_the_name(maple: Carepass, cedar: Carepass, file: str, tmp_path: Path) -> None:
    def names(there: Carepass) -> set[str | None]:
        return {row["vouched_by"] for row in there.rows("passport", "verify", file)}

    assert names(Carepass(str(tmp_path / "none.db"))) == {None}
    assert names(cedar) == {None}
    cedar("passport", "trust", file, "--name", "Maple Grove of Sarnia")
    assert names(cedar) == {"Maple Grove of Sarnia"}
    assert names(maple) == {"Maple Grove"}


def test_distrusted_from_a_day_on(maple: Carepass, cedar: Carepass, file: str, tmp_path: Path) -> None:
    """What is dated or signed from then on is not believed; what came before is."""
    course(cedar, "WHMIS-1")
    cedar("passport", "trust", file, "--name", "Maple Grove")
    did = cedar.rows("passport", "issuers")[0]["did"]
    distrust = ("passport", "distrust", did, "--reason", "key stolen", "-o", "json", "--from")
    for day, told in (
        ("2026-11-22", "accepted"),
        ("2026-11-21", "unknown-issuer"),
        ("2026-11-22", "accepted"),
    ):
        assert cedar(*distrust, day).json["result"] == "updated"
        assert cedar(*distrust, day).json["result"] == "unchanged"
        assert decisions(take(cedar, file, "-n")) == {"IPAC-101": told, "WHMIS-1": told}
    assert cedar.rows("passport", "issuers")[0]["distrusted_from"] == "2026-11-22"
    later = record(maple, "1000", "IPAC-101", "2026-11-20")
    maple("passport", "export", "1000", file, "--record", later, today="2026-11-22")
    assert decisions(take(cedar, file, "-n", today="2026-11-25")) == {"IPAC-101": "unknown-issuer"}
    cedar("passport", "trust", did, "--name", "Maple Grove", today="2026-11-25")
    assert decisions(take(cedar, file, "-n", today="2026-11-25")) == {"IPAC-101": "accepted"}


@pytest.mark.parametrize("by", ["verify", "import"])
def test_the_newest_list_seen_is_kept(
    maple: Carepass, cedar: Carepass, file: str, tmp_path: Path, by: str
) -> None:
    """A passport's own older one gives way to it, and no older one is taken."""
    course(cedar, "WHMIS-1")
    cedar("passport", "trust", file, "--name", "Maple Grove")
    older, newer = str(tmp_path / "older.json"), str(tmp_path / "newer.json")
    maple("passport", "status-list", "maple-grove", older)
    maple("passport", "revoke", "2", "--reason", "not theirs", today="2026-11-25")
    maple("passport", "status-list", "maple-grove", newer, today="2026-11-25")
    cedar.today = "2026-11-26"
    if by == "verify":
        cedar("passport", "verify", file, "--status-list", newer)
    else:
        take(cedar, file, "--status-list", newer)
    assert verified(cedar, file)["WHMIS-1"] == "revoked"
    assert decisions(take(cedar, file))["WHMIS-1"] == "revoked"
    for line in (("verify", file), ("import", file, "--account", "1000")):
        error = cedar("passport", *line, "--status-list", older, "-o", "json", code=4).error
        assert error["code"] == "stale-status-list"
    log = cedar.rows("audit", "list")
    assert verified(cedar, file, "--status-list", newer)["WHMIS-1"] == "revoked"
    assert cedar.rows("audit", "list") == log  # nothing new, nothing written
    # A year later the kept one is too old as well.
    assert verified(cedar, file, today="2027-11-26")["WHMIS-1"] == "revoked"


# --- Keys -------------------------------------------------------------------------------------------------


def broken(*_: object) -> None:
    raise RuntimeError("the run ends here")


def private_keys(folder: Path) -> set[str]:
    return {str(path) for path in folder.iterdir() if b"PRIVATE KEY" in path.read_bytes()}


@pytest.mark.on_file
def test_a_key_that_was_given_up_does_not_come_back_with_a_backup(
    maple: Carepass, file: str, tmp_path: Path
) -> None:
    backup = str(tmp_path / "monday.db")
    maple("store", "backup", backup)
    stolen = key_of(maple)
    maple("home", "keys", "maple-grove", "--rotate", "--compromised", "--from", "2026-11-21")
    maple("store", "restore", backup, "--yes")
    maple("passport", "export", "1000", file)
    assert stolen.did not in {row["issuer"] for row in maple.rows("passport", "verify", file)}
    new, old = maple("home", "keys", "maple-grove", "-o", "json").json
    assert (old["did"], old["compromised_on"], new["compromised_on"]) == (stolen.did, "2026-11-21", None)


@pytest.mark.on_file
def test_a_rotation_that_never_ended_leaves_no_private_key(
    maple: Carepass, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(f"{maple.db}.keys")
    with monkeypatch.context() as patched:
        patched.setattr("carepass_cli.store.ledger.Ledger.add_key", broken)
        maple("home", "keys", "maple-grove", "--rotate", code=1)
    assert len(private_keys(folder)) == 2
    keys = maple("home", "keys", "maple-grove", "-o", "json").json
    assert private_keys(folder) == {key["file"] for key in keys}
    assert len(keys) == 1
    keys = maple("home", "keys", "maple-grove", "--rotate", "-o", "json").json
    assert private_keys(folder) == {key["file"] for key in keys}
    assert len(keys) == 2


def test_a_key_in_another_s_place_does_not_sign(
    maple: Carepass, file: str, badges: Badges, tmp_path: Path
) -> None:
    (active,) = maple("home", "keys", "maple-grove", "-o", "json").json
    Path(active["file"]).write_bytes(badges.new_key().pem)
    for line in (("export", "1000", file), ("status-list", "maple-grove", str(tmp_path / "list.json"))):
        assert maple("passport", *line, "-o", "json", code=4).error["code"] == "key-mismatch"
    maple("home", "keys", "maple-grove", "--rotate")
    maple("passport", "export", "1000", file)


@pytest.mark.parametrize(
    "more",
    [
        ("--compromised",),
        ("--from", "2026-11-01"),
        ("--rotate", "--compromised"),
        ("--rotate", "--from", "2026-11-01"),
    ],
)
def test_compromised_goes_with_rotate_and_from(maple: Carepass, more: tuple[str, ...]) -> None:
    assert "--compromised" in maple("home", "keys", "maple-grove", *more, code=2).err


def test_a_key_made_for_a_day_ahead_says_when_it_is_one(staff: Carepass, tmp_path: Path) -> None:
    ahead = "2027-03-01"
    staff("home", "keys", "maple-grove", today=ahead)
    made = staff("home", "keys", "maple-grove", "-o", "json", code=4).error
    lists = staff(
        "passport", "status-list", "maple-grove", str(tmp_path / "l.json"), "-o", "json", code=4
    ).error
    assert (made["code"], lists["code"]) == ("exists-later", "no-key")
    assert ahead in made["hint"]
    assert ahead in lists["hint"]
    staff("passport", "status-list", "maple-grove", str(tmp_path / "l.json"), today=ahead)


def test_what_stands_in_the_way_says_from_which_day_on_it_does_not(staff: Carepass) -> None:
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-20", today="2026-12-05")
    staff("home", "create", "oak-hill", "--name", "Oak", today="2026-12-06")
    refused = staff("home", "create", "oak-hill", "--name", "Oak", "-o", "json", code=4).error
    assert (refused["code"], "2026-12-06" in refused["hint"]) == ("exists-later", True)
