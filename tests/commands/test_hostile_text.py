"""Names as people have them, and as nobody should: whole in every output, obeyed in none."""

import csv
import io
import json
import os
import pty
import sqlite3
import subprocess
import sys

import pytest

from tests.commands.conftest import AT
from tests.conftest import Carepass, Ran, assign, person

NAMES = (
    "[red]Bob[/red]", "[/]", "=cmd()", "+1", "-x", "@SUM(A1)", "O'Brien", "Hélène", "漢" * 40, "'=quoted",
    "\\n not a break", "{{ 7*7 }}", "<b>bold</b>", '"quoted", and, commas', "Nguyễn Thị Ánh", "🦊 Fox",
    "%s %d", "Robert'); DROP TABLE account;--", "x" * 100,
)  # fmt: skip
REFUSED = (
    "a\x1b[31mb", "a\x00b", "a\tb", "a\nb", "a\rb", "a\x7fb", "a\x9bb", "a\u202eb", "a\u2066b", "a\u200fb",
    "a\u2028b", "a\ufeffb", "a\udcffb",
)  # fmt: skip
EVIL = "Eve\x1b[2J\x1b]8;;http://example.org\x07\u202egnp\u2066\x9b31m\u2028[/]\x00end"


def obeyed(text: str) -> list[str]:
    """What a terminal would obey in `text`, line ends aside."""
    special = "\u202e\u2066\u2028"
    return [c for c in text if c not in "\n\r" and (c < " " or "\x7f" <= c <= "\x9f" or c in special)]


@pytest.mark.parametrize("name", NAMES)
def test_names_come_out_whole(home: Carepass, name: str) -> None:
    made = person(home, name, name, "a@example.org", "-o", "json").json
    assert (made["first_name"], made["last_name"]) == (name, name)
    assert home.rows("account", "list")[0]["last_name"] == name
    assert name in home("account", "list").out
    assert name in home("account", "show", "1000").out
    (row,) = csv.DictReader(io.StringIO(home("account", "list", "-o", "csv").out))
    guarded = name.lstrip("'")[0] in "=+-@"
    assert row["first_name"] == (f"'{name}" if guarded else name)
    assign(home, "1000", "maple-grove", "psw")
    assert home.rows("role", "assignments")[0]["last_name"] == name
    assert name in home.rows("notify", "show", "2")["body"]
    home("role", "cancel", "1000", *AT)
    home("role", "assign", "1000", *AT, "--last-name", name)


@pytest.mark.parametrize("name", NAMES)
def test_titles_and_reasons_come_out_whole(home: Carepass, name: str) -> None:
    home("course", "edit", "IPAC-101", "--title", name)
    assert home.rows("course", "show", "IPAC-101")["title"] == name
    assert name in home("requirement", "list").out
    person(home)
    waived = home("requirement", "waive", "1000", "IPAC-101", "--reason", name, "-o", "json").json
    assert waived["reason"] == name


def test_composed_and_decomposed_are_one_name(carepass: Carepass) -> None:
    made = person(carepass, "He\u0301le\u0300ne", "Roy", "a@example.org", "-o", "json").json
    assert made["first_name"] == "Hélène"


def test_blanks_around_are_taken_off_and_empty_is_refused(carepass: Carepass) -> None:
    assert person(carepass, "  Ana ", "Roy", "a@example.org", "-o", "json").json["first_name"] == "Ana"
    create = ("account", "create", "--last-name", "B", "--birthdate", "1990-05-17", "--email", "b@example.co")
    for empty in ("", "   ", "\u00a0"):
        carepass(*create, "--first-name", empty, code=2)
    carepass(*create, "--first-name", "x" * 101, code=2)
    assert len(carepass.rows("account", "list")) == 1


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_control_characters_are_refused_on_input(home: Carepass, text: str) -> None:
    person(home)
    before = home.rows("audit", "list")
    calls = (
        ("account", "edit", "1000", "--first-name", text),
        ("account", "edit", "1000", "--student-number", text),
        ("account", "edit", "1000", "--email", f"{text}@example.org"),
        ("account", "deactivate", "1000", "--reason", text),
        ("account", "show", text),
        ("account", "list", "--search", text),
        ("home", "edit", "maple-grove", "--city", text),
        ("home", "show", text),
        ("role", "confirm", text),
        ("role", "assignments", "--home", text),
        ("course", "edit", "IPAC-101", "--title", text),
        ("course", "list", "--provider", text),
        ("requirement", "add", "IPAC-101", text, *AT),
        ("cart", "add", "1000", text),
        ("submission", "approve", text),
        ("record", "void", text, "--reason", "x"),
        ("home", "list", "--fields", text),
        ("explain", "1000", text),
    )
    for call in calls:
        for output in ("json", "table"):
            ran = home(*call, "-o", output, code=2)
            assert ran.out == ""
            assert not obeyed(ran.err), (call, ran.err)
    assert home.rows("audit", "list") == before


@pytest.fixture
def tampered(staff: Carepass) -> Carepass:
    """Somebody put control characters past the program, into the database."""
    staff("record", "add", "1000", "IPAC-101", "--on", "2025-12-01")
    with sqlite3.connect(staff.db) as store:
        store.execute("UPDATE account_version SET first_name = ?, last_name = ?", (EVIL, EVIL))
        store.execute("UPDATE course_version SET title = ?", (EVIL,))
        store.execute("UPDATE home_version SET name = ?, city = ?", (EVIL, EVIL))
    return staff


READS = (
    ("account", "list"), ("account", "show", "1000"), ("role", "assignments"),
    ("home", "show", "maple-grove"),
    ("course", "list"), ("requirement", "list", "--account", "1000"), ("report", "expiring"),
    ("explain", "1000", "IPAC-101"), ("notify", "list"), ("notify", "show", "2"), ("audit", "list"),
)  # fmt: skip


@pytest.mark.on_file
@pytest.mark.on_file
def test_what_is_stored_all_the_same_is_shown_harmlessly(tampered: Carepass) -> None:
    for command in READS:
        plain = tampered(*command)
        assert not obeyed(plain.out + plain.err), command
        for output in ("json", "ndjson"):
            ran = tampered(*command, "-o", output)
            assert not obeyed(ran.out)
    assert tampered.rows("account", "show", "1000")["last_name"] == EVIL
    assert "\\x1b[2J" in tampered("account", "list").out
    (row,) = csv.DictReader(io.StringIO(tampered("account", "list", "-o", "csv").out))
    assert row["last_name"] == EVIL


@pytest.mark.on_file
@pytest.mark.on_file
def test_errors_show_it_harmlessly_too(tampered: Carepass) -> None:
    with sqlite3.connect(tampered.db) as store:
        store.execute("UPDATE course SET code = 'IPAC-10\x1b1' WHERE code = 'IPAC-101'")
    for output in ("json", "table"):
        assert not obeyed(tampered("course", "show", "IPAC-101", "-o", output, code=3).err)


@pytest.mark.on_file
@pytest.mark.on_file
@pytest.mark.parametrize("output", ["table", "csv", "json"])
def test_on_a_terminal_nothing_stored_is_obeyed(tampered: Carepass, output: str) -> None:
    text = on_terminal(tampered, "account", "list", "-o", output)
    assert not obeyed(text), ascii(text)
    assert "Eve" in text
    assert ("\\u001b" if output == "json" else "\\x1b") in text


def on_terminal(carepass: Carepass, *args: str) -> str:
    """What the real program writes to a terminal, without the terminal's own bold."""
    master, slave = pty.openpty()
    given = ("--db", carepass.db, "--today", carepass.today, "--no-color", *args)
    line = [sys.executable, "-m", "carepass_cli", *given]
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "200"}
    with subprocess.Popen(line, stdout=slave, stderr=slave, env=env) as process:
        os.close(slave)
        chunks = []
        while chunk := _read(master):
            chunks.append(chunk)
        assert process.wait() == 0
    os.close(master)
    text = b"".join(chunks).decode()
    for own in ("\x1b[1m", "\x1b[0m", "\x1b[22m"):
        text = text.replace(own, "")
    return text


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # Linux's way of telling the end of a terminal
        return b""


def test_a_long_token_or_code_is_not_echoed_whole(home: Carepass) -> None:
    ran: Ran = home("role", "confirm", "x" * 5000, "-o", "json", code=3)
    assert len(ran.err) < 500
    assert json.loads(ran.err)["error"]["code"] == "not-found"
