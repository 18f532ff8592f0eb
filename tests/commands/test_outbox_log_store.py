"""`notify`, `audit`, `store` and `config`: what the program keeps about itself."""

import sqlite3
from pathlib import Path

import pytest

from tests.commands.conftest import AT, granted
from tests.conftest import Carepass, assign, person, token_of

MESSAGE_KEYS = ["id", "kind", "to", "subject", "queued_on", "sent_on", "status"]
LOG_KEYS = [
    "entry", "change", "at", "effective_on", "actor", "command", "action", "subject", "key", "before",
    "after",
]  # fmt: skip


def test_the_outbox_has_its_keys(home: Carepass) -> None:
    person(home)
    assign(home, "1000")
    rows = home.rows("notify", "list")
    assert [list(row) for row in rows] == [MESSAGE_KEYS] * 2
    assert [(row["id"], row["kind"], row["status"], row["sent_on"]) for row in rows] == [
        (1, "confirm-account", "queued", None), (2, "confirm-role", "queued", None),
    ]  # fmt: skip
    shown = home.rows("notify", "show", "2")
    assert list(shown) == [*MESSAGE_KEYS, "body"]
    assert {key: shown[key] for key in MESSAGE_KEYS} == rows[1]
    assert "Maple Grove" in shown["subject"]
    assert "2026-12-05" in shown["body"]
    assert "carepass role confirm" in home("notify", "show", "2").out


def test_mail_is_in_the_person_s_language(home: Carepass) -> None:
    person(home, "Ana", "Roy", "ana@example.org", "--language", "fr")
    assert "courriel" in home.rows("notify", "show", "1")["subject"]


def test_the_outbox_as_of_a_day(home: Carepass) -> None:
    person(home)
    assign(home, "1000")
    home("role", "cancel", "1000", *AT, today="2026-11-25")
    assert home.rows("notify", "list", today="2026-11-20") == []
    home("notify", "show", "1", today="2026-11-20", code=3)
    told = [home.rows("notify", "show", "2", today=day)["status"] for day in ("2026-11-24", "2026-11-25")]
    assert told == ["queued", "cancelled"]


@pytest.mark.parametrize(("named", "exit_code"), [("9", 3), ("x", 2), ("-1", 2), ("²", 2), ("9" * 30, 2)])
def test_messages_are_numbers(carepass: Carepass, named: str, exit_code: int) -> None:
    carepass("notify", "show", "--", named, code=exit_code)


def test_each_write_is_in_the_log_with_who_when_what(home: Carepass) -> None:
    home.today = "2026-11-30"
    home("home", "edit", "maple-grove", "--city", "Sarnia")
    entry = home.rows("audit", "list")[-1]
    assert list(entry) == LOG_KEYS
    assert (entry["actor"], entry["command"], entry["action"], entry["subject"], entry["key"]) == (
        "tester", "home edit", "edit", "home", "maple-grove",
    )  # fmt: skip
    assert (entry["before"], entry["after"]) == ('{"city":null}', '{"city":"Sarnia"}')
    assert entry["effective_on"] == "2026-11-30"
    assert entry["at"].endswith("Z")
    assert not entry["at"].startswith("2026-11-30T00:00")


def test_what_changes_nothing_is_not_in_the_log(staff: Carepass) -> None:
    before = staff.rows("audit", "list")
    for call in (
        ("home", "edit", "maple-grove", "--name", "Maple Grove"),
        ("account", "confirm", "--account", "1000"),
        ("role", "confirm", "--account", "1000", *AT),
        ("requirement", "add", "IPAC-101", *AT),
        ("cart", "clear", "1000"),
        ("cart", "submit", "1000"),
    ):
        staff(*call)
    staff("cart", "add", "1000", "IPAC-11", code=3)
    assert staff.rows("audit", "list") == before


def test_the_log_narrows_by_person_and_day(staff: Carepass) -> None:
    person(staff, "Bo", "Ng", "bo@example.org")
    staff("account", "edit", "1001", "--language", "fr", today="2026-12-01")
    keys = {entry["key"] for entry in staff.rows("audit", "list", "--account", "1001", today="2026-12-01")}
    assert keys == {"1001"}
    since = staff.rows("audit", "list", "--since", "2026-12-01", today="2026-12-01")
    assert [entry["action"] for entry in since] == ["edit"]
    assert staff.rows("audit", "list", "--since", "2026-12-01") == []
    assert staff.rows("audit", "list", today="2026-11-20") == []
    staff("audit", "list", "--since", "yesterday", code=2)
    staff("audit", "list", "--account", "4711", code=3)


def test_several_things_written_at_once_are_one_change(staff: Carepass) -> None:
    staff("requirement", "add", "IPAC-101", "WHMIS-1", *AT, "--learner-pays")
    first, second = staff.rows("audit", "list")[-2:]
    assert first["change"] == second["change"]
    assert second["entry"] == first["entry"] + 1


@pytest.mark.on_file
def test_store_info(staff: Carepass) -> None:
    info = staff.rows("store", "info")
    assert list(info) == [
        "store", "engine", "schema", "bytes", "accounts", "homes", "courses", "assignments", "completions",
        "changes",
    ]  # fmt: skip
    assert (info["store"], info["engine"], info["bytes"] > 0) == (staff.db, "sqlite", True)
    assert [info[key] for key in ("accounts", "homes", "courses", "assignments", "completions")] == [
        1, 1, 2, 1, 0,
    ]  # fmt: skip


@pytest.mark.parametrize("full", [(), ("--full",)])
def test_a_sound_store_checks_out(staff: Carepass, full: tuple[str, ...]) -> None:
    line = granted(staff, "IPAC-101", "2026-11-23")
    staff("registration", "complete", line, today="2026-11-24")
    rows = staff.rows("store", "check", *full)
    assert [list(row) for row in rows] == [["check", "finding", "mend"]] * len(rows)
    assert {row["finding"] for row in rows} == {"ok"}


@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE audit_entry SET after = '{}' WHERE id = 2", "audit-chain"),
        ("DELETE FROM audit_entry WHERE id = 2", "audit-chain"),
        ("UPDATE change SET actor = 'nobody' WHERE id = 1", "audit-chain"),
        ("UPDATE assignment SET account_id = 99", "references"),
        ("DELETE FROM account_version", "descriptions"),
    ],
)
def test_damage_is_found_and_exits_6(staff: Carepass, damage: str, check: str) -> None:
    with sqlite3.connect(staff.db) as store:
        store.execute("DROP TRIGGER IF EXISTS audit_entry_no_delete")
        store.execute(damage)
    ran = staff("store", "check", "-o", "json", code=6)
    found = {row["check"]: row for row in ran.json if row["finding"] != "ok"}
    assert check in found
    assert found[check]["mend"]
    assert ran.error["code"] == "store-damaged"


@pytest.mark.on_file
def test_upgrade_of_a_store_that_is_current(staff: Carepass) -> None:
    done = staff("store", "upgrade", "-o", "json").json
    assert list(done) == ["result", "store", "schema"]
    assert done["result"] == "unchanged"
    assert sorted(path.name for path in Path(staff.db).parent.iterdir() if "before" in path.name) == []


def test_config_show_tells_where_each_setting_comes_from(
    carepass: Carepass, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "config" / "carepass"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('mail_from = "home@example.org"\nsmtp_password = "s3cret"\n')
    (folder / "config.toml").chmod(0o600)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("CAREPASS_SMTP", "smtp://localhost:25")
    ran = carepass("config", "show", "-o", "json")
    told = {row["name"]: (row["value"], row["source"]) for row in ran.json}
    assert list(ran.json[0]) == ["name", "value", "source"]
    assert told["db"] == (carepass.db, "flag")
    assert told["actor"] == ("tester", "flag")
    assert told["smtp"] == ("smtp://localhost:25", "environment")
    assert told["mail_from"] == ("home@example.org", "file")
    assert told["smtp_password"] == ("***", "file")
    assert told["smtp_password_file"] == (None, "default")
    assert "s3cret" not in ran.out
    path = carepass.rows("config", "path")
    assert list(path) == ["config", "store", "log"]
    assert (path["config"], path["store"]) == (str(folder / "config.toml"), carepass.db)
    (folder / "config.toml").write_text('output = "json"\n')
    assert carepass("home", "show", "nowhere", code=3).error["code"] == "not-found"
    assert carepass("home", "show", "nowhere", "-o", "csv", code=3).err.startswith("error: ")


@pytest.mark.parametrize("text", ['colour = "red"', "db = 5", "db = ", "\xff"])
def test_a_bad_config_file_is_a_usage_error(
    carepass: Carepass, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    (tmp_path / "carepass").mkdir()
    (tmp_path / "carepass" / "config.toml").write_bytes(text.encode("latin-1"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert "config.toml" in carepass("home", "list", code=2).err


def test_a_password_in_a_url_is_masked(carepass: Carepass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREPASS_SMTP", "smtp://me:s3cret@mail.example.org:587")
    carepass.db = "postgresql://me:s3cret@db.example.org/care"
    for call in (("config", "show"), ("config", "path")):
        ran = carepass(*call)
        assert "s3cret" not in ran.out + ran.err


def test_confirm_tokens_are_only_in_the_mail(home: Carepass) -> None:
    person(home)
    assign(home, "1000")
    tokens = [token_of(home, 1), token_of(home, 2)]
    for read in (("audit", "list"), ("notify", "list"), ("role", "assignments"), ("account", "show", "1000")):
        out = home(*read, "-o", "json").out
        assert not any(token in out for token in tokens)
