"""Files as people have them: Excel's CSV, NDJSON, workbooks, standard input; and a run that is killed."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch.conftest import queried
from tests.conftest import TODAY, Carepass

Put = Callable[..., str]
IDS = range(20_000, 25_000)
MINE = "portal_id;home;role;last_name\r"


def assigned(carepass: Carepass) -> list[str]:
    return [row["portal_id"] for row in carepass.rows("role", "assignments")]


def test_a_cp1252_file_with_semicolons_comes_and_goes_as_excel_writes_it(
    team: Carepass, put: Put, tmp_path: Path
) -> None:
    lines = (MINE, "2001;maple-grove;psw;Hélène\r", "2002;maple-grove;psw;Doe\r")
    rejects = tmp_path / "rejects.csv"
    file = put(*lines, encoding="cp1252")
    ran = team("role", "import", file, "--keep-going", "--rejects", str(rejects), code=5)
    assert "cp1252" in ran.err
    assert "1 confirmation mail is in the outbox. To send: carepass notify run" in ran.err
    assert f"They are in {rejects}, each with its reason." in ran.err
    assert assigned(team) == ["2002"]
    mended = rejects.read_bytes().replace("Hélène".encode(), b"O'Brien")
    assert mended.startswith(b"\xef\xbb\xbfportal_id;home;role;last_name;line;error;message\r\n")
    rejects.write_bytes(mended)
    team("role", "import", str(rejects))
    assert assigned(team) == ["2002", "2001"]


def test_a_bom_and_ndjson_and_standard_input(team: Carepass, put: Put) -> None:
    team(
        "role",
        "import",
        put("portal_id,home,role,last_name", "2002,maple-grove,psw,Doe", encoding="utf-8-sig"),
    )
    line = '{"portal_id": 2003, "home": "maple-grove", "role": "psw", "last_name": "Example"}'
    team("role", "import", put(line, name="rows.ndjson"))
    text = "portal_id\thome\trole\tlast_name\n2001\tmaple-grove\tpsw\tO'Brien\n"
    team("role", "import", "-", input=text)
    assert sorted(assigned(team)) == ["2001", "2002", "2003"]


def test_a_workbook_with_numbers_and_dates(team: Carepass, tmp_path: Path) -> None:
    import datetime

    import xlsxwriter

    path = str(tmp_path / "staff.xlsx")
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("portal_id", "home", "role", "last_name", "birthdate", "start_on"))
        sheet.write_row(1, 0, (2001, "maple-grove", "psw", "O'Brien"))
        sheet.write_datetime(1, 4, datetime.date(1990, 5, 17))
        sheet.write_datetime(1, 5, datetime.date(2026, 12, 1))
    team("role", "import", path)
    (row,) = team.rows("role", "assignments")
    assert (row["portal_id"], row["start_on"]) == ("2001", "2026-12-01")


def test_an_unknown_header_is_a_usage_error_that_names_the_nearest(team: Carepass, put: Put) -> None:
    error = team("role", "import", put("portal_id,hmoe,role"), "-o", "json", code=2).error
    assert error["code"] == "unknown-column"
    assert "home" in error["hint"]
    assert team("role", "import", "missing.csv", "-o", "json", code=2).error["code"] == "unusable-file"


def test_a_file_without_rows_is_a_batch_of_nothing(team: Carepass, put: Put) -> None:
    told = team("role", "import", put("portal_id,home,role"), "-o", "json").json
    assert (told["created"], told["failed"], told["change"]) == (0, 0, None)


@pytest.mark.on_file
@pytest.mark.skipif(os.name != "posix", reason="kill -9")
def test_a_killed_import_leaves_nothing(home: Carepass, put: Put, tmp_path: Path) -> None:
    people = [f"{n},Ana,Doe-{n},1990-01-01,p{n}@example.org" for n in IDS]
    home("account", "import", put("portal_id,first_name,last_name,birthdate,email", *people, name="p.csv"))
    rows = [f"{n},maple-grove,psw,1990-01-01" for n in IDS]
    file = put("portal_id,home,role,birthdate", *rows)
    # On a busy machine a kill may come when all is written already; then once more.
    for attempt in range(10):
        db = shutil.copy(home.db, tmp_path / f"{attempt}.db")
        wal = Path(f"{db}-wal")
        command = [sys.executable, "-m", "carepass_cli", "--db", str(db), "--today", TODAY, "role", "import"]
        process = subprocess.Popen([*command, file], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # What does not fit into the page cache goes to the log before it is committed: rows are written.
        while process.poll() is None and not (wal.exists() and wal.stat().st_size):
            pass
        process.send_signal(signal.SIGKILL)
        process.wait()
        (written,) = queried(str(db), "SELECT COUNT(*) FROM assignment")[0]
        assert written in (0, len(IDS))
        if written == 0:
            break
    assert (process.returncode, written) == (-signal.SIGKILL, 0)
    assert queried(str(db), "SELECT COUNT(*) FROM confirmation_token WHERE role_id > 0") == [(0,)]
    killed = Carepass(str(db))
    assert killed("role", "import", file, "-o", "json").json["created"] == len(IDS)
    killed("audit", "verify")
