"""What every command understands: output, fields, quiet, dry runs, errors and exit codes."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands.conftest import AT, submit
from tests.conftest import Carepass, course, person, run_program
from tests.shelf import kept

LISTS = (
    ("account", "list"),
    ("home", "list"),
    *(("role", "list"), ("role", "list", "--account", "1000")),
    ("role", "assignments"),
    ("role", "pending"),
    ("course", "list"),
    ("requirement", "list"),
    ("requirement", "list", "--account", "1000"),
    ("cart", "history", "1000"),
    ("submission", "list"),
    ("registration", "list"),
    ("record", "list", "1000"),
    ("report", "expiring"),
    ("notify", "list"),
    ("audit", "list"),
    ("store", "check"),
)
SHOWS = (
    ("account", "show", "1000"),
    ("home", "show", "maple-grove"),
    ("course", "show", "IPAC-101"),
    ("cart", "show", "1000"),
    ("submission", "show", "1"),
    ("notify", "show", "1"),
    ("explain", "1000", "IPAC-101"),
    ("store", "info"),
    ("config", "path"),
)


@pytest.fixture
@kept
def lived(staff: Carepass) -> Carepass:
    """A store in which every list has a row."""
    staff("role", "create", "maple-grove", "cook", "--name", "Cook")
    staff("role", "assign", "1000", "--home", "maple-grove", "--role", "cook", "--unverified")
    submit(staff, "WHMIS-1")
    staff("record", "add", "1000", "IPAC-101", "--on", "2025-12-01")
    staff("cart", "add", "1000", "IPAC-101")
    return staff


def test_every_list_in_every_format(lived: Carepass) -> None:
    for command in LISTS:
        rows = lived.rows(*command)
        assert isinstance(rows, list)
        assert rows, command
        keys = list(rows[0])
        assert all(list(row) == keys for row in rows)
        assert not any(isinstance(value, dict) for row in rows for value in row.values())
        lines = lived(*command, "-o", "ndjson").out.splitlines()
        assert [json.loads(line) for line in lines] == rows
        table = list(csv.reader(io.StringIO(lived(*command, "-o", "csv").out)))
        assert table[0] == keys
        assert len(table) == len(rows) + 1
        plain = lived(*command)
        assert plain.out.splitlines()[0].split() == keys
        assert "\x1b" not in plain.out
        assert not {*plain.out} & {*"│─┃━╭"}
        headless = lived(*command, "--no-header").out.splitlines()
        assert [line.split() for line in headless] == [line.split() for line in plain.out.splitlines()[1:]]
        text = lived(*command, "-o", "csv", "--no-header").out
        assert list(csv.reader(io.StringIO(text))) == table[1:]


def test_every_show_in_every_format(lived: Carepass) -> None:
    for command in SHOWS:
        shown = lived.rows(*command)
        assert isinstance(shown, dict)
        (line,) = lived(*command, "-o", "ndjson").out.splitlines()
        assert json.loads(line) == shown
        header, _ = csv.reader(io.StringIO(lived(*command, "-o", "csv").out))
        assert header == list(shown)
        assert lived(*command).out


def test_an_unknown_field_lists_the_known(lived: Carepass) -> None:
    for command in (*LISTS, *SHOWS):
        first = lived.rows(*command)
        known = list(first[0] if isinstance(first, list) else first)
        for output in ("json", "csv"):
            ran = lived(*command, "-o", output, "--fields", f"{known[0]},nope", code=2)
            assert ran.out == ""
            assert f"Use one of: {', '.join(known)}." in ran.err
        picked = lived(*command, "--fields", f"{known[1]}, {known[0]}", "-o", "json").json
        assert list(picked[0] if isinstance(picked, list) else picked) == [known[1], known[0]]
        lived(*command, "--fields", " , ", code=2)


def test_nothing_is_cut_or_wrapped_in_a_pipe(home: Carepass) -> None:
    title = "A very long title " * 11
    course(home, "LONG-1")
    home("course", "edit", "LONG-1", "--title", title)
    out = home("course", "list").out
    assert title.strip() in out
    assert len(out.splitlines()) == 4


@pytest.mark.parametrize("output", ["table", "json", "ndjson", "csv"])
def test_the_environment_gives_the_format(
    home: Carepass, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    monkeypatch.setenv("CAREPASS_OUTPUT", output)
    assert home("home", "list").out == home("home", "list", "-o", output).out
    assert home("home", "list", "-o", "json").json[0]["code"] == "maple-grove"


def test_an_unknown_format(home: Carepass, monkeypatch: pytest.MonkeyPatch) -> None:
    home("home", "list", "-o", "xml", code=2)
    monkeypatch.setenv("CAREPASS_OUTPUT", "xml")
    assert "table, json, ndjson, csv" in home("home", "list", code=2).err
    assert home("home", "list", "-o", "json").json


def test_a_write_is_an_object_in_every_format(carepass: Carepass) -> None:
    made = person(carepass, "A", "B", "a@example.org", "-o", "ndjson").out
    assert json.loads(made)["result"] == "created"
    again = person(carepass, "A", "B", "a@example.org", "-o", "csv").out
    assert list(csv.reader(io.StringIO(again)))[1][0] == "unchanged"
    table = person(carepass, "A", "B", "a@example.org").out
    assert table.splitlines()[0].split() == ["result", "unchanged"]


def test_a_quiet_list_of_nothing_is_still_a_list(carepass: Carepass) -> None:
    assert carepass("account", "list", "-q", "-o", "json").json == []
    assert carepass("account", "list", "-q", "--fields", "portal_id", "-o", "csv").out == "portal_id\n"


def test_quiet_leaves_the_data(carepass: Carepass) -> None:
    ran = person(carepass, "A", "B", "a@example.org", "-q", "-o", "json")
    assert (ran.json["result"], ran.err) == ("created", "")
    ran = person(carepass, "C", "D", "c@example.org", "--quiet")
    assert (ran.out, ran.err) == ("", "")
    assert carepass("cart", "history", "1000", "-q").err == ""
    assert carepass("account", "show", "9999", "-q", code=3).err != ""


@pytest.mark.parametrize(
    ("call", "exit_code", "code"),
    [
        (("account", "show", "4711"), 3, "not-found"),
        (("cart", "add", "1000", "IPAC-101"), 4, "role-not-confirmed"),
        (("record", "void", "x", "--reason", "y"), 2, "invalid-value"),
        (("record", "void", "1"), 2, "usage"),
        (("home", "list", "--colour"), 2, "usage"),
        (("home", "frobnicate"), 2, "usage"),
        (("nonsense",), 2, "usage"),
        (("home", "create", "x"), 2, "usage"),
        (("home", "show"), 2, "usage"),
        (("account", "show", "1", "2"), 2, "usage"),
        (("account", "list", "--status", "gone"), 2, "usage"),
        (("course", "list", "--max-minutes", "many"), 2, "usage"),
        (("course", "list", "--max-minutes", "0"), 2, "usage"),
    ],
)
@pytest.mark.parametrize("output", ["json", "ndjson", "table"])
def test_errors(home: Carepass, call: tuple[str, ...], exit_code: int, code: str, output: str) -> None:
    person(home)
    ran = home(*call, "-o", output, code=exit_code)
    assert ran.out == ""
    lines = ran.err.splitlines()
    if output == "table":
        assert lines[0].startswith("error: ")
        assert all(line.startswith("hint: ") for line in lines[1:])
        return
    (line,) = lines
    told = json.loads(line)
    assert list(told) == ["error"]
    assert list(told["error"]) == ["code", "message", "hint"]
    assert told["error"]["code"] == code


def test_the_environment_makes_errors_json_too(home: Carepass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREPASS_OUTPUT", "json")
    assert home("account", "show", "4711", code=3).error["code"] == "not-found"
    assert home("account", "show", "4711", "--output=table", code=3).err.startswith("error: ")


@pytest.mark.parametrize(
    "wrong", ["20261121", "2026-13-01", "21/11/2026", "2026-02-30", "now", "2026-11-21T25:00", "1800-01-01"]
)
@pytest.mark.parametrize("call", [("home", "list"), ("init",), ("config", "path"), ("store", "info")])
def test_a_wrong_today_is_told_whatever_the_command(
    carepass: Carepass, wrong: str, call: tuple[str, ...]
) -> None:
    assert "--today" in carepass(*call, "-o", "json", code=2, today=wrong).error["message"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-21", "2026-11-21"), ("2026-11-21T22:30", "2026-11-21"), ("2026-11-22T03:30Z", "2026-11-21"),
        ("2026-11-21 23:59:59", "2026-11-21"), ("2026-11-22T06:30+01:00", "2026-11-22"),
    ],
)  # fmt: skip
def test_today_is_a_day_in_toronto(carepass: Carepass, moment: str, day: str) -> None:
    carepass.today = moment
    assert person(carepass, "A", "B", "a@example.org", "-o", "json").json["created_on"] == day


def test_the_environment_gives_store_day_and_actor(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREPASS_DB", str(db))
    monkeypatch.setenv("CAREPASS_TODAY", "2026-05-05")
    monkeypatch.setenv("CAREPASS_ACTOR", "nightly job")
    assert run_program(["home", "create", "b", "--name", "B"]).code == 0
    (entry,) = run_program(["audit", "list", "-o", "json"]).json
    assert (entry["actor"], entry["effective_on"]) == ("nightly job", "2026-05-05")
    assert run_program(["--actor", "me", "home", "edit", "b", "--city", "Sarnia"]).code == 0
    assert run_program(["audit", "list", "-o", "json"]).json[-1]["actor"] == "me"


def test_an_actor_is_plain_text(carepass: Carepass) -> None:
    carepass("--actor", "a\x1b[31m", "home", "create", "b", "--name", "B", code=2)
    carepass("--actor", "x" * 101, "home", "create", "b", "--name", "B", code=2)
    carepass("--actor", " ", "home", "create", "b", "--name", "B", code=2)


def test_version_and_help(carepass: Carepass) -> None:
    assert carepass("--version").out.startswith("carepass ")
    assert "Dates are ISO" in carepass("--help").out
    assert "Example: carepass role assign" in carepass("role", "assign", "-h").out


def test_a_group_alone_shows_its_help_and_is_a_usage_error(carepass: Carepass) -> None:
    ran = carepass("account", code=2)
    assert "deactivate" in ran.out + ran.err


@pytest.mark.parametrize(
    "call",
    [
        ("account", "deactivate", "1000"),
        ("record", "void", "1"),
        ("submission", "reject", "1/WHMIS-1"),
        ("requirement", "waive", "1000", "IPAC-101"),
        ("registration", "extend", "1/WHMIS-1", "--to", "2026-12-31"),
    ],
)
def test_what_is_missing_is_never_asked_for(lived: Carepass, call: tuple[str, ...]) -> None:
    before = lived.rows("audit", "list")
    ran = lived(*call, code=2, input="because\ny\n")
    assert ran.out == ""
    assert "--reason" in ran.err
    assert lived.rows("audit", "list") == before


@pytest.mark.on_file
@pytest.mark.on_file
def test_dry_runs_write_nothing_at_all(lived: Carepass) -> None:
    before = Path(lived.db).read_bytes()
    calls = (
        ("home", "create", "b", "--name", "B", "--like", "maple-grove"),
        ("role", "copy", "maple-grove", "psw", "--to", "maple-grove"),
        ("requirement", "add", "IPAC-101", *AT, "--learner-pays"),
        ("requirement", "remove", "IPAC-101", *AT),
        ("cart", "submit", "1000"),
        ("cart", "clear", "1000"),
        ("submission", "reject", "1/WHMIS-1", "--reason", "x"),
    )
    for call in calls:
        for flag in ("-n", "--dry-run"):
            ran = lived(*call, flag, "-o", "json")
            assert "Dry run: nothing was written." in ran.err
            assert ran.json
    assert Path(lived.db).read_bytes() == before


def test_a_dry_run_makes_no_store_and_ends_as_the_write_would(tmp_path: Path) -> None:
    carepass = Carepass(str(tmp_path / "none.db"))
    dry = carepass("home", "create", "b", "--name", "B", "-n", "-o", "json")
    assert "There is no store" in dry.err
    bad = "code,name\nb,B\nB!,B\n"
    refused = carepass("home", "import", "-", "-n", "-o", "json", input=bad, code=5)
    assert (refused.json["created"], refused.json["dry_run"]) == (1, True)
    assert list(tmp_path.iterdir()) == []
    made = carepass("home", "create", "b", "--name", "B", "-o", "json").json
    assert (made["change"], made | {"change": None}) == (1, dry.json)


def test_a_read_makes_no_store_and_a_write_says_that_it_did(tmp_path: Path) -> None:
    carepass = Carepass(str(tmp_path / "new" / "carepass.db"))
    error = carepass("home", "list", "-o", "json", code=6).error
    assert (error["code"], error["hint"]) == ("store-missing", f"Create it: carepass --db {carepass.db} init")
    assert list(tmp_path.iterdir()) == []
    ran = carepass("home", "create", "b", "--name", "B", "-o", "json")
    assert ran.json["result"] == "created"
    assert "Created the store" in ran.err
    assert "Created" not in carepass("home", "create", "c", "--name", "C").err


def test_init(tmp_path: Path) -> None:
    carepass = Carepass(str(tmp_path / "carepass.db"))
    made = carepass("init", "-o", "json").json
    assert list(made) == ["result", "store", "schema"]
    assert made["result"] == "created"
    assert carepass("init", "-o", "json").json["result"] == "unchanged"
    assert Path(carepass.db).stat().st_mode & 0o777 == 0o600


def test_a_write_as_of_an_earlier_day_that_cannot_be(staff: Carepass) -> None:
    earlier = "2026-11-20"
    staff("home", "create", "old", "--name", "Old", today="2026-01-01")
    staff("role", "create", "old", "psw", "--name", "P", today="2026-11-22")
    error = staff("role", "create", "old", "psw", "--name", "P", "-o", "json", code=4, today=earlier).error
    assert (error["code"], earlier in error["message"]) == ("exists-later", True)
    for call in (("home", "create", "maple-grove", "--name", "M"), (
        "course", "create", "IPAC-101", "--title", "T", "--provider", "P", "--minutes", "5",
    )):  # fmt: skip
        assert staff(*call, "-o", "json", code=4, today=earlier).error["code"] == "exists-later"
    hint = staff("home", "show", "maple-grove", "-o", "json", code=3, today=earlier).error["hint"]
    assert "later day" in hint


@pytest.mark.parametrize(
    "flag", [("-o", "json"), ("-ojson",), ("-qo", "json"), ("--output", "json"), ("--output=json",)]
)
def test_an_error_is_json_however_the_output_was_asked_for(carepass: Carepass, flag: tuple[str, ...]) -> None:
    assert carepass("home", "show", "nowhere", *flag, code=3).error["code"] == "not-found"


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (("course", "list", "--max-minutes", "5", "--max-minutes", "9"), "given-twice"),
        (("account", "show", "1000", "-o", "json", "-o", "table"), "given-twice"),
        (("requirement", "add", "IPAC-101", *AT, "--employer-pays", "--learner-pays"), "given-twice"),
        (("--color", "always", "--no-color", "home", "list"), "usage"),
    ],
)
def test_a_value_given_twice_and_opposite_flags(staff: Carepass, call: tuple[str, ...], code: str) -> None:
    ran = staff(*call, *(() if "-o" in call else ("-o", "json")), code=2)
    assert code == "usage" or ran.err.count("two") or "contradicts" in ran.err
    if "-o" not in call:
        assert ran.error["code"] == code


def test_all_that_is_missing_is_named_at_once(home: Carepass) -> None:
    message = home("account", "create", "--email", "a@example.org", "-o", "json", code=2).error["message"]
    assert [name in message for name in ("--first-name", "--last-name", "--birthdate", "--email")] == [
        True, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "near", "never"),
    [
        (("role", "delete"), "carepass role end", "decline"),
        (("account", "delete"), "carepass account deactivate", "erase"),
        (("account", "new"), "carepass account create", ""),
        (("course", "ls"), "carepass course list", ""),
        (("overdue",), "carepass report", ""),
        (("role", "confrim"), "carepass role confirm", ""),
    ],
)
def test_a_command_that_is_not_there(home: Carepass, call: tuple[str, ...], near: str, never: str) -> None:
    error = home(*call, "-o", "json", code=2).error
    assert near in error["hint"]
    assert not never or never not in error["hint"]


@pytest.mark.parametrize("option", ["--today", "--actor", "--db"])
def test_an_option_that_goes_before_the_command(home: Carepass, option: str) -> None:
    error = home("role", "pending", option, "2026-11-21", "-o", "json", code=2).error
    assert error["hint"] == f"It goes before the command: carepass {option} ... role pending"


def test_sort_and_limit_on_every_list(lived: Carepass) -> None:
    for command in LISTS:
        rows = lived.rows(*command)
        last = next(iter(rows[0]))
        backwards = lived.rows(*command, "--sort", f"-{last}")
        assert sorted(map(str, backwards)) == sorted(map(str, rows))
        ran = lived(*command, "--limit", "1", "-o", "json")
        assert len(ran.json) == 1
        assert ("there are more" in ran.err) is (len(rows) > 1)
        assert "Use one of" in lived(*command, "--sort", "nope", code=2).err


def test_a_limit_keeps_the_newest_entries_unless_an_order_is_asked_for(lived: Carepass) -> None:
    entries = [row["entry"] for row in lived.rows("audit", "list")]
    for order, left in (
        ((), entries[-2:]),
        (("--sort", "entry"), entries[:2]),
        (("--sort", "-entry"), entries[:-3:-1]),
    ):
        assert [row["entry"] for row in lived.rows("audit", "list", *order, "--limit", "2")] == left
