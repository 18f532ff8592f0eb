"""What a person sees at a terminal, and what a program reads from a pipe."""

import os
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import Carepass, assign
from tests.process.conftest import PROGRAM, Start
from tests.process.screen import at_terminal
from tests.process.sitting import typed_at

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
LONG = "Infection prevention and control for everybody who works at the bedside"

Seen = Callable[..., str]


@pytest.fixture
def long(store: Path) -> Path:
    """The filled store with a long title, and with names that would take a terminal over."""
    carepass = Carepass(str(store))
    carepass("course", "edit", "IPAC-101", "--title", LONG)
    carepass("home", "edit", "maple-grove", "--name", "[red]Maple[/red] [/] Grove")
    return store


@pytest.fixture
def seen(environ: dict[str, str]) -> Seen:
    """What the program writes to a terminal of so many columns."""

    def run(*args: str, db: Path, columns: int = 80, **env: str) -> str:
        words = [str(PROGRAM), "--db", str(db), *args]
        told, code = at_terminal(words, environ, columns, 40, **env)
        assert code == 0, told
        return told

    return run


def test_a_pipe_gets_no_escape_no_box_and_no_cut(run: Start, long: Path, environ: dict[str, str]) -> None:
    environ.update(COLUMNS="30", TERM="xterm-256color")
    done = run("course", "list", db=long)
    assert "\x1b" not in done.stdout + done.stderr
    assert "\x1b" in run("--color", "always", "course", "list", db=long).stdout
    environ.update(FORCE_COLOR="1")
    assert "\x1b" in run("course", "list", db=long).stdout
    assert "\x1b" not in run("--color", "auto", "course", "list", db=long).stdout
    assert not set("│┃─━╭╮") & set(done.stdout)
    assert LONG in done.stdout


def test_help_in_a_pipe_has_no_escape(run: Start) -> None:
    assert "\x1b" not in run("--help").stdout


@pytest.mark.parametrize(
    "line", ["course list", "account list", "role assignments", "requirement list --account 1000"]
)
def test_eighty_columns_cut_nothing(seen: Seen, run: Start, long: Path, line: str) -> None:
    told = ESCAPES.sub("", seen(*line.split(), db=long))
    assert max(len(row) for row in told.splitlines()) <= 80
    assert "…" not in told
    # Folded, each cell is there still: column by column, the pieces make the whole.
    if line == "course list":
        pieces = "".join(told.split())
        assert all(word in pieces for word in ("IPAC-101", "prevention", "everybody", "bedside"))


def test_a_wide_terminal_has_room(seen: Seen, long: Path) -> None:
    assert LONG in ESCAPES.sub("", seen("course", "list", db=long, columns=200))


def test_colour_at_a_terminal_and_the_ways_to_have_none(seen: Seen, long: Path) -> None:
    line = ("role", "assignments")
    coloured = re.compile(r"\x1b\[[0-9;]*38;5;")
    assert coloured.search(seen(*line, db=long))
    assert "\x1b" not in seen(*line, db=long, NO_COLOR="1")
    assert "\x1b" not in seen("--no-color", *line, db=long)


@pytest.mark.parametrize("line", ["account list", "account list -o csv", "account show 1000"])
def test_a_terminal_of_another_alphabet(seen: Seen, long: Path, line: str) -> None:
    assert r"H\xe9l\xe8ne" in seen(*line.split(), db=long, columns=120, PYTHONIOENCODING="ascii")


def test_markup_in_a_name_is_shown(seen: Seen, long: Path) -> None:
    assert "[red]Maple[/red] [/] Grove" in ESCAPES.sub("", seen("home", "list", db=long, columns=160))


def test_json_at_a_terminal_is_json(seen: Seen, long: Path) -> None:
    told = seen("home", "list", "-o", "json", db=long)
    assert "\x1b" not in told
    assert told.startswith("[\n")


def test_columns_that_do_not_fit_are_named(seen: Seen, long: Path) -> None:
    every = ("course", "list", "--fields", "code,title,provider,category,price,status")
    told = ESCAPES.sub("", seen(*every, db=long, columns=60))
    assert "2 columns do not fit here: price, status. Choose" in told
    assert "not fit" not in seen(*every, db=long, columns=160)


def test_an_address_stays_whole_where_a_sentence_can_fold(seen: Seen, long: Path) -> None:
    address = "eleonore.exemplaire@example.org"
    Carepass(str(long))("account", "edit", "1000", "--email", address)
    Carepass(str(long))("role", "create", "maple-grove", "dsw", "--name", "Developmental service worker")
    assign(Carepass(str(long)), "1000", role="dsw")
    for line in (("notify", "list"), ("notify", "run", "--dry-run")):
        told = ESCAPES.sub("", seen(*line, db=long))
        assert re.search(f"{address} .* queued", told)
        assert max(len(row) for row in told.splitlines()) <= 80


@pytest.fixture
def many(long: Path, tmp_path: Path) -> Path:
    """A store with more courses than a screen has lines."""
    more = tmp_path / "courses.csv"
    more.write_text("code,title,provider,minutes\n" + "".join(f"C-{n},Course,P,1\n" for n in range(99)))
    Carepass(str(long))("course", "import", str(more))
    return long


@pytest.mark.parametrize("fits", [True, False])
def test_more_than_the_screen_holds_goes_through_the_pager(seen: Seen, many: Path, fits: bool) -> None:
    line = ("course", "list", *(("--limit", "9") if fits else ()))
    assert seen(*line, db=many, CAREPASS_PAGER="sed s/^/paged:/").startswith("paged:") is not fits
    assert "paged:" not in seen(*line, db=many, PAGER="sed s/^/paged:/", CAREPASS_PAGER="")
    assert "paged:" not in seen("--no-pager", *line, db=many, CAREPASS_PAGER="sed s/^/paged:/")


def test_what_a_write_did_is_not_paged(seen: Seen, many: Path) -> None:
    codes = [f"C-{n}" for n in range(40)]
    line = ("requirement", "add", *codes, "--home", "maple-grove", "--role", "psw", "-n")
    told = seen(*line, db=many, CAREPASS_PAGER="sed s/^/paged:/")
    assert "C-39" in told
    assert "paged:" not in told


def test_a_pager_that_is_not_there_or_leaves_early_is_no_failure(seen: Seen, many: Path) -> None:
    assert "C-98" in seen("course", "list", db=many, CAREPASS_PAGER="no-such-pager")
    assert "C-98" not in seen("course", "list", db=many, CAREPASS_PAGER="head -n 2")


@pytest.mark.parametrize("columns", [80, 120, 200])
def test_every_screen_of_a_long_table_has_its_header(seen: Seen, many: Path, columns: int) -> None:
    lines = ESCAPES.sub("", seen("course", "list", db=many, columns=columns)).splitlines()
    heads = [number for number, line in enumerate(lines) if re.match("code +title", line)]
    assert len(heads) > 2
    assert all(after - before <= 40 for before, after in pairwise(heads))


def test_notes_and_letters_break_between_words(seen: Seen, long: Path) -> None:
    for line in (("report", "compliance", "--home", "maple-grove"), ("notify", "show", "1")):
        told = ESCAPES.sub("", seen(*line, db=long))
        assert max(len(row) for row in told.splitlines()) <= 80


def test_what_to_do_next_stands_below_what_was_done(seen: Seen, long: Path) -> None:
    Carepass(str(long))("role", "create", "maple-grove", "dsw", "--name", "Developmental service worker")
    line = ("role", "assign", "1000", "--home", "maple-grove", "--role", "dsw", "--unverified")
    told = seen(*line, db=long)
    assert told.index("portal_id") < told.index("outbox")


def test_a_cart_goes_its_way_in_a_line_a_course(seen: Seen, store: Path) -> None:
    Carepass(str(store))("home", "edit", "maple-grove", "--approval", "manual")
    told = seen("cart", "add", "1000", "WHMIS-1", db=store)
    assert "To submit it: carepass cart submit 1000" in told
    assert "not fit" not in told
    told = seen("cart", "show", "1000", db=store, columns=100)
    assert re.search(r"WHMIS-1 +Course WHMIS-1", told)
    told = seen("cart", "submit", "1000", db=store)
    assert "carepass submission approve 1/IPAC-101" in told
    told = ESCAPES.sub("", seen("submission", "approve", "1/IPAC-101", "1/WHMIS-1", db=store))
    assert re.search(r"1/WHMIS-1 +approved +employer-pays +employer +2026-11-24", told)
    assert "Access is due by 2026-11-24: carepass registration grant --due" in told
    told = seen("submission", "show", "1", db=store)
    assert re.search(r"1/WHMIS-1 +approved", told)


def test_what_a_pack_leaves_as_it_is_takes_a_line(seen: Seen, store: Path) -> None:
    pack = ("direct-care", "--home", "maple-grove", "--role", "psw")
    Carepass(str(store))("starter", "apply", *pack)
    Carepass(str(store))("requirement", "remove", "DC-SKIN", "--home", "maple-grove", "--role", "psw")
    told = ESCAPES.sub("", seen("starter", "diff", *pack, db=store))
    assert re.search(r"^DC-FALLS +same *$", told, re.MULTILINE)
    assert re.search(r"^DC-SKIN +add +due 30d;", told, re.MULTILINE)


def test_what_refuses_an_erasure_comes_before_the_question(environ: dict[str, str], store: Path) -> None:
    (told,) = typed_at(80, [["--db", str(store), "account", "erase", "1000"]], environ)
    assert "still holds psw at maple-grove" in told
    assert "for good?" not in told


def test_a_key_is_whole_on_a_narrow_screen(seen: Seen, store: Path) -> None:
    told = seen("home", "keys", "maple-grove", db=store)
    assert re.search(r"^did:key:z\w{40,} +active +\d{4}-\d\d-\d\d$", ESCAPES.sub("", told), re.MULTILINE)
    assert re.search(r"^\S+\.keys/z\w{40,}\.pem$", ESCAPES.sub("", told), re.MULTILINE)


def test_the_status_says_by_its_notes_what_has_no_room(seen: Seen, store: Path) -> None:
    told = seen("status", db=store)
    assert "not fit" not in told
    assert "pending" in seen("status", db=store, columns=200).split("\n\n")[0]


def test_the_expiry_report_names_whom_to_ask_about(seen: Seen, store: Path) -> None:
    carepass = Carepass(str(store))
    carepass("record", "add", "1000", "IPAC-101", "--on", "2025-12-01")
    assert re.search(r"1000 .* expiring +maple-grove", ESCAPES.sub("", seen("report", "expiring", db=store)))
    one = ESCAPES.sub("", seen("report", "expiring", "--home", "maple-grove", db=store))
    assert re.search(r"1000 .* expiring +maple-grove +psw$", one, re.MULTILINE)


def test_what_makes_the_difference_is_on_the_screen(seen: Seen, store: Path) -> None:
    carepass = Carepass(str(store))
    carepass("record", "add", "1000", "IPAC-101", "--on", "2025-11-01")
    missing = ("report", "compliance", "--home", "maple-grove", "--names")
    assert re.search(r"IPAC-101 .* expired +2026-11-01", ESCAPES.sub("", seen(*missing, db=store)))
    carepass("record", "void", "1", "--reason", "wrong person")
    assert re.search(r"IPAC-101 .* 2026-11-21", ESCAPES.sub("", seen("record", "list", "1000", db=store)))
    carepass("cart", "submit", "1000")
    told = ESCAPES.sub("", seen("cart", "history", "1000", db=store))
    assert re.search(r"1/IPAC-101 .* employer +2026-11-24", told)
