"""The rounds of `kill_loop`: what is run and killed, what must be there, and the tally."""

import json
import os
import random
import signal
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from carepass_cli.store.keys import key_folder
from tests.conftest import TODAY, Carepass, course, person
from tests.faults.tally import Tally
from tests.store.released import make_released

PEOPLE, ROWS = 20, 400
COURSE = ("--title", "A course", "--provider", "Sample College", "--minutes", "30")
PERSON = ("--first-name", "Ann", "--birthdate", "1901-01-01", "--last-name")
# Everybody was born before; the days go on from here, and the single records back.
FIRST_DAY = date(1995, 1, 1)


class Rounds:
    """The store under fire, and what must be in it."""

    def __init__(self, db: str, folder: Path, seed: int) -> None:
        self.carepass = Carepass(db)
        self.folder = folder
        self.random = random.Random(seed)
        self.tally = Tally()
        self._takes: dict[str, float] = {}
        self._number = 0
        self.carepass("home", "create", "maple-grove", "--name", "Maple Grove")
        course(self.carepass, "IPAC-101", "--validity-years", "1")
        for each in range(PEOPLE):
            person(self.carepass, "Sam", f"Sample {each}", f"s{each}@example.org")
        at = ("--home", "maple-grove", "--role", "psw")
        self.carepass("role", "create", "maple-grove", "psw", "--name", "Personal support worker")
        self.carepass("role", "assign", "1000", *at, "--unverified")
        self.carepass("role", "confirm", "--account", "1000", *at)

    def write(self) -> None:
        """One of the single writes, each in its turn."""
        self._number += 1
        code, day = f"n-{self._number}", FIRST_DAY - timedelta(days=self._number)
        mail, number = f"{code}@example.org", str(5000 + self._number)
        lines = (
            (("home", "create", code, "--name", code), code),
            (("role", "create", "maple-grove", code, "--name", code), f"maple-grove/{code}"),
            (("course", "create", code, *COURSE), code),
            (
                ("account", "create", *PERSON, code, "--email", mail, "--portal-id", number),
                number,
            ),
            (("home", "edit", "maple-grove", "--city", code), ("city", code)),
            (
                ("record", "add", "1000", "IPAC-101", "--on", str(day), "--evidence", code),
                ("completed_on", day),
            ),
        )
        line, written = lines[self._number % len(lines)]
        counts = [f"SELECT COUNT(*) FROM audit_entry WHERE action = 'create' AND key = '{written}'"]
        if isinstance(written, tuple):
            said = f'%"{written[0]}":"{written[1]}"%'
            counts = [f"SELECT COUNT(*) FROM audit_entry WHERE after LIKE '{said}'"]
        self._written("write", line, counts, 1)

    def undo(self) -> None:
        self._number += 1
        code = f"home-{self._number}"
        self.carepass("home", "create", code, "--name", code)
        change = self._answer("SELECT MAX(id) FROM change")
        line = ("audit", "undo", str(change), "--yes")
        count = f"SELECT 1 - COUNT(*) FROM home WHERE code = '{code}'"
        ended = self._killed("undo", line)
        found = self._answer(count)
        if ended and not found:
            self.tally.lost.append("undo: ended, and it is there still")
        self.tally.kept["undo"] += not ended and found
        if not found:
            self._finish("undo", line)
        if not self._answer(count):
            self.tally.lost.append("undo: there still after running it again")

    def export(self) -> None:
        """A file that a command writes is the old one or the new one, and nothing lies beside it."""
        file = self.folder / "exports" / "passport.json"
        file.parent.mkdir(exist_ok=True)
        line = ("passport", "export", "1000", str(file), "--home", "maple-grove")
        before = file.exists()
        ended = self._killed("export", line)
        if (before or ended) != file.exists():
            self.tally.lost.append(f"export: there before {before}, now {file.exists()}")
        if file.exists():
            try:
                json.loads(file.read_text())
            except ValueError:
                self.tally.half.append("export: the file is no JSON")
        self._finish("export", line)
        if self._answer("SELECT COUNT(*) FROM home_key WHERE retired_on IS NULL") != 1:
            self.tally.doubled.append("export: not one key")

    def upgrade(self) -> None:
        path = self.folder / "older.db"
        make_released(path)
        line = ("store", "upgrade")
        ended = self._killed("upgrade", line, str(path))
        (there,) = _heads([path]).values()
        with closing(sqlite3.connect(path)) as store:
            (revision,) = store.execute("SELECT version_num FROM alembic_version").fetchone()
        if there == "damaged" or revision not in ("0001", "0002") or (ended and revision != "0002"):
            self.tally.half.append(f"upgrade: ended {ended}, {revision}, {there}")
        self.tally.kept["upgrade"] += not ended and revision == "0002"
        self._finish("upgrade", line, str(path))
        self._finish("upgrade", ("store", "check", "--full"), str(path))
        for each in self.folder.glob("older.db*"):
            each.unlink()

    def copy(self) -> None:
        target = self.folder / "copied.db"
        line = ("store", "copy", "--to", str(target))
        ended = self._killed("copy", line)
        found = _heads([target]).get(target.name) if target.exists() else None
        if found not in (None, "empty", self._head()) or (ended and found != self._head()):
            self.tally.half.append(f"copy: ended {ended}, there is {found}")
        if found != self._head():
            self._finish("copy", line)
        for each in self.folder.glob("copied.db*"):
            each.unlink()

    def import_(self) -> None:
        self._number += 1
        file = self.folder / "records.csv"
        provider = f"Provider {self._number}"
        who, first = 1000 + self._number % PEOPLE, self._number // PEOPLE * ROWS
        days = [FIRST_DAY + timedelta(days=first + each) for each in range(ROWS)]
        rows = [f"{who},IPAC-101,{day},{provider}" for day in days]
        file.write_text("\n".join(["portal_id,code,completed_on,provider", *rows]))
        count = f"SELECT COUNT(*) FROM completion WHERE provider = '{provider}'"
        self._written("import", ("record", "import", str(file)), [count], ROWS)

    def sync(self) -> None:
        """A new home's staff, from a list."""
        self._number += 1
        home, file = f"staff-{self._number}", self.folder / "staff.csv"
        self.carepass("home", "create", home, "--name", home)
        self.carepass("role", "create", home, "psw", "--name", "Personal support worker")
        rows = [f"{1000 + each},psw,2026-01-05" for each in range(PEOPLE)]
        file.write_text("\n".join(["portal_id,role,start_on", *rows]))
        count = (
            "SELECT COUNT(*) FROM assignment a JOIN role r ON r.id = a.role_id"
            f" JOIN home h ON h.id = r.home_id WHERE h.code = '{home}'"
        )
        line = ("role", "sync", str(file), "--home", home, "--confirm")
        self._written("sync", line, [count, f"{count} AND a.confirmed_on IS NOT NULL"], PEOPLE)

    def attach(self) -> None:
        """Some files for one record, which lie in the store."""
        self._number += 1
        if not self._answer("SELECT COUNT(*) FROM evidence"):
            self.carepass("record", "add", "1000", "IPAC-101", "--on", "2025-03-01")
        names = [f"scan-{self._number}-{each}" for each in range(5)]
        files = [self.folder / name for name in names]
        for file in files:
            file.write_bytes(file.name.encode() * 10_000)
        record = self._answer("SELECT MIN(id) FROM completion WHERE completed_on = '2025-03-01'")
        scans = f"'scan-{self._number}-%'"
        found = f"FROM evidence e JOIN evidence_file f ON f.id = e.file_id WHERE name LIKE {scans}"
        counts = [f"SELECT COUNT(*) {found}", f"SELECT COUNT(DISTINCT f.sha256) {found}"]
        self._written("attach", ("record", "attach", str(record), *map(str, files)), counts, len(files))
        for file in files:
            file.unlink()

    def merge(self) -> None:
        """A second account of the person 1001, with a record."""
        self._number += 1
        name, number = f"merged-{self._number}", str(5000 + self._number)
        day, mail = FIRST_DAY - timedelta(days=self._number), f"{name}@example.org"
        self.carepass("account", "create", *PERSON, name, "--email", mail, "--portal-id", number)
        self.carepass("record", "add", number, "IPAC-101", "--on", str(day), "--provider", name)
        own = "account_id = (SELECT id FROM account WHERE portal_id = '{}')"
        counts = [
            f"SELECT COUNT(*) FROM completion WHERE provider = '{name}' AND {own.format(1001)}",
            f"SELECT COUNT(*) FROM account_version WHERE merged_into = '1001' AND {own.format(number)}",
            f"SELECT COUNT(*) FROM audit_entry WHERE action = 'merge' AND after LIKE '%\"{number}\"%'",
        ]
        line = ("account", "merge", "1001", number, "--reason", "the same", "--yes")
        self._written("merge", line, counts, 1)

    def binder(self) -> None:
        """What an inspector is handed is the old one or the new one, whole."""
        file = self.folder / "exports" / "binder.zip"
        file.parent.mkdir(exist_ok=True)
        line = ("binder", "create", str(file), "--home", "maple-grove")
        before = file.exists()
        ended = self._killed("binder", line)
        if (before or ended) and not file.exists():
            self.tally.lost.append(f"binder: there before {before}, and gone")
        if file.exists():
            self._finish("binder", ("binder", "verify", str(file)))
        self._finish("binder", line)

    def rotate(self) -> None:
        """A home's new key is in the store and among the files, or in neither."""
        count = "SELECT COUNT(*) FROM home_key"
        before, ended = (
            self._answer(count),
            self._killed("rotate", ("home", "keys", "maple-grove", "--rotate")),
        )
        made = self._answer(count) - before
        if made not in (0, 1) or (ended and not made):
            self.tally.half.append(f"rotate: ended {ended}, {made} keys made")
        self.tally.kept["rotate"] += not ended and made
        file = self.folder / "rotated.json"
        self._finish("rotate", ("passport", "export", "1000", str(file), "--home", "maple-grove"))
        self._finish("rotate", ("home", "keys", "maple-grove", "--rotate"))
        files = {path.suffix for path in key_folder(self.carepass.db).iterdir()}
        if files != {".pem", ".jsonl"} or self._answer(f"{count} WHERE retired_on IS NULL") != 1:
            self.tally.half.append(f"rotate: {files}, or not one key")

    def letters(self) -> None:
        """A letter that is told as sent lies there, and one that waits does not; each is whole."""
        self._number += 1
        name, folder = f"letter-{self._number}", self.folder / f"letters-{self._number}"
        for each in range(4):
            who = (f"{name}-{each}", "--email", f"{name}-{each}@example.org")
            self.carepass("account", "create", *PERSON, *who)
        line = ("notify", "run", "--eml", str(folder))
        ended = self._killed("letters", line)
        count = f"""SELECT COUNT(*) FROM message WHERE "to" LIKE '{name}-%' AND """
        sent = self._answer(f"{count} sent_on IS NOT NULL AND under_way_at IS NULL")
        doubt = self._answer(f"{count} under_way_at IS NOT NULL")
        there = [path.read_bytes() for path in folder.glob("*.eml") if name.encode() in path.read_bytes()]
        if not sent <= len(there) <= sent + doubt or (ended and sent != 4):
            self.tally.lost.append(
                f"letters: ended {ended}, {sent} told, {doubt} in doubt, {len(there)} there"
            )
        if any(not text.rstrip().endswith(b"--") for text in there):
            self.tally.half.append("letters: one without its end")
        self.tally.kept["letters"] += not ended and sent == 4
        self._finish("letters", line)
        if self._answer(f"{count} sent_on IS NULL"):
            self.tally.lost.append("letters: waiting still after running it again")

    def backup(self) -> None:
        target = self.folder / "backup"
        line = ("store", "backup", str(target), "--keep", "3")
        had = _heads(self.folder.glob("backup*"))
        now = self._head()
        ended = self._killed("backup", line)
        found = _heads(self.folder.glob("backup*"))
        if "damaged" in found.values() or (had and "backup" not in found):
            self.tally.half.append(f"backup: {had} -> {found}")
        if ended and found.get("backup") != now:
            self.tally.lost.append(f"backup: ended, and is not there: {found}")
        if not {*list(had.values())[:2]} <= {*found.values()}:
            self.tally.lost.append(f"backup: an older copy is gone: {had} -> {found}")
        self.tally.kept["backup"] += not ended and found.get("backup") == now
        self._finish("backup", line)

    def restore(self) -> None:
        copy = self.folder / "to-restore"
        copy.unlink(missing_ok=True)
        self.carepass("store", "backup", str(copy))
        (wanted,) = _heads([copy]).values()
        self.carepass("home", "edit", "maple-grove", "--name", f"Maple Grove {self._number}")
        self._number += 1
        before = self._head()
        line = ("store", "restore", str(copy), "--yes")
        ended = self._killed("restore", line)
        there = self._head()
        if there not in (before, wanted):
            self.tally.half.append(f"restore: neither the old store nor the new one: {there}")
        if ended and there != wanted:
            self.tally.lost.append("restore: ended, and the old store is there")
        replaced = Path(self.carepass.db).parent.glob("*.before-restore-*")
        if there == wanted and before not in _heads(replaced).values():
            self.tally.lost.append("restore: what it replaced was not kept")
        self.tally.kept["restore"] += not ended and there == wanted
        self._finish("restore", line)
        for each in Path(self.carepass.db).parent.glob("*.before-restore-*"):
            each.unlink()

    def create(self) -> None:
        path = self.folder / "fresh.db"
        line = ("init",)
        ended = self._killed("create", line, str(path))
        if path.exists() != ended and not (path.exists() and _heads([path])[path.name] != "damaged"):
            self.tally.half.append(f"create: ended {ended}, there {path.exists()}")
        self.tally.kept["create"] += not ended and path.exists()
        self._finish("create", line, str(path))
        path.unlink()

    def _written(self, kind: str, line: Sequence[str], counts: Sequence[str], all_: int) -> None:
        ended = self._killed(kind, line)
        found = {self._answer(count) for count in counts}
        if found not in ({0}, {all_}):
            self.tally.half.append(f"{kind}: {found} of {all_}")
        if ended and found != {all_}:
            self.tally.lost.append(f"{kind}: ended, and {found} of {all_} are there")
        self.tally.kept[kind] += not ended and found == {all_}
        self._finish(kind, line)
        again = {self._answer(count) for count in counts}
        if again != {all_}:
            wrong = self.tally.doubled if max(again) > all_ else self.tally.lost
            wrong.append(f"{kind}: {again} of {all_} after running it again")

    def _killed(self, kind: str, line: Sequence[str], db: str = "") -> bool:
        """Run a command and kill it; whether it had come to its end."""
        delay = self.random.uniform(0, 1.1 * self._takes.get(kind, 0.05))
        child = _fork(db or self.carepass.db, line)
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        ended = os.WIFEXITED(status)
        if ended and os.WEXITSTATUS(status):
            self.tally.lost.append(f"{kind}: exit {os.WEXITSTATUS(status)} without being killed")
        (self.tally.done_before if ended else self.tally.kills)[kind] += 1
        return ended

    def _finish(self, kind: str, line: Sequence[str], db: str = "") -> None:
        """Run it to its end, as a person would after a power cut."""
        began = time.monotonic()
        told = self.folder / "told"
        _, status = os.waitpid(_fork(db or self.carepass.db, line, told), 0)
        if os.waitstatus_to_exitcode(status):
            self.tally.lost.append(f"{kind}: when run again: {told.read_text()}")
        took = time.monotonic() - began
        self._takes[kind] = 0.7 * self._takes.get(kind, took) + 0.3 * took

    def _head(self) -> Any:
        return self.carepass.rows("audit", "head")["hash"]

    def _answer(self, sql: str) -> int:
        from carepass_cli.store.transfer import open_source

        with open_source(self.carepass.db) as reader:
            return int(next(reader.rows(sql))[0])

    def last_look(self) -> None:
        """The store is sound, and its log whole."""
        for line in (("store", "check", "--full"), ("audit", "verify")):
            _, status = os.waitpid(_fork(self.carepass.db, line), 0)
            if os.waitstatus_to_exitcode(status):
                self.tally.half.append(f"{' '.join(line)}: exit {os.waitstatus_to_exitcode(status)}")


def _fork(db: str, line: Sequence[str], told: Path = Path(os.devnull)) -> int:
    """A process of its own that runs the program; all that it needs is imported already."""
    child = os.fork()
    if child:
        return child
    try:
        from carepass_cli.main import app

        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1):
            os.dup2(silent, stream)
        os.dup2(os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), 2)
        app(["--db", db, "--today", TODAY, "--actor", "tester", *line], prog_name="carepass")
    except SystemExit as left:
        os._exit(left.code if isinstance(left.code, int) else 0)
    finally:
        os._exit(99)


def _heads(files: Any) -> dict[str, str]:
    """File name -> the hash at the end of its log, or `damaged`."""
    found = {}
    for file in sorted(files):
        try:
            with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as store:
                whole = store.execute("PRAGMA quick_check").fetchone() == ("ok",)
                row = store.execute("SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
            found[file.name] = (row[0].hex() if row else "empty") if whole else "damaged"
        except sqlite3.Error:
            found[file.name] = "damaged"
    return found
