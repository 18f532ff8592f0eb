"""`examples/crontab` and the systemd units: every line run as cron and systemd run it."""

import re
import shlex
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TODAY
from tests.notify.conftest import Office, receivers, staff_member, subjects
from tests.process.conftest import PROGRAM

# Cron's own environment names the SQLite file.
pytestmark = pytest.mark.on_file

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SERVICE, TIMER = EXAMPLES / "carepass-notify.service", EXAMPLES / "carepass-notify.timer"
Process = subprocess.CompletedProcess[str]


def crontab() -> tuple[dict[str, str], list[str]]:
    """The settings of `examples/crontab`, and its command lines, as cron reads them."""
    settings, lines = {}, []
    for line in EXAMPLES.joinpath("crontab").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if setting := re.fullmatch(r"\s*(\w+)\s*=\s*(.*?)\s*", line):
            settings[setting[1]] = setting[2]
            continue
        fields = re.fullmatch(r"((?:[\d*/,-]+\s+){5})(.+)", line)
        assert fields, line
        assert "%" not in fields[2], "cron takes % for a line break"
        lines.append(fields[2])
    return settings, lines


SETTINGS, LINES = crontab()
STAFF = "Employee #,First Name,Last Name,Job Title,Status,Work Email,Birth Date"


@pytest.fixture
def cron(office: Office, db: Path, tmp_path: Path) -> Callable[[str], Process]:
    """Runs a command line as cron does: by its shell, in its nearly empty environment. The day stands
    still."""
    home = tmp_path / "cron"
    folder = home / ".config" / "carepass"
    folder.mkdir(parents=True)
    folder.joinpath("config.toml").write_text(f'smtp = "{office.url}"\n')
    folder.joinpath("profiles").mkdir()
    folder.joinpath("profiles", "hr.toml").write_text('[values.status]\nT = "Terminated"\n')
    home.joinpath("hr").mkdir()
    home.joinpath("hr", "staff.csv").write_text(f"{STAFF}\n")
    environ = {
        "HOME": str(home),
        "LOGNAME": "care",
        "SHELL": SETTINGS["SHELL"],
        "PATH": f"{SETTINGS['PATH']}:{PROGRAM.parent}",
        "CAREPASS_DB": str(db),
        "CAREPASS_TODAY": TODAY,
    }

    def run(line: str) -> Process:
        cleared = ["env", "-i", *(f"{name}={value}" for name, value in environ.items())]
        shell = [*cleared, SETTINGS["SHELL"], "-c", line]
        return subprocess.run(shell, cwd=home, capture_output=True, text=True, timeout=60, check=False)

    return run


@pytest.fixture
def busy(office: Office) -> Office:
    """Something expired and something expires, and the manager wants to know."""
    office.carepass("home", "edit", "maple-grove", "--manager-email", "manager@example.org")
    staff_member(office.carepass, "gone", completed="2025-10-05")
    staff_member(office.carepass, "soon", completed="2025-12-01")
    return office


def line_with(words: str) -> str:
    (line,) = (line for line in LINES if words in line)
    return line


def test_the_lines_are_those_tested_here() -> None:
    assert len(LINES) == 5
    assert all("carepass" in line and " -q" in line for line in LINES)


@pytest.mark.parametrize("line", LINES)
def test_a_line_with_nothing_to_say_says_nothing(cron: Callable[[str], Process], line: str) -> None:
    ran = cron(line)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_the_reminders(cron: Callable[[str], Process], busy: Office) -> None:
    for _ in range(2):
        ran = cron(line_with("notify run"))
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    addresses = ["gone@example.org", "manager@example.org", "soon@example.org"]
    assert sorted(receivers(busy.letters())) == addresses


def test_reminders_that_a_server_refuses(cron: Callable[[str], Process], busy: Office) -> None:
    async def refuse(*_: object) -> str:
        return "451 Later"

    busy.server.inbox.handle_RCPT = refuse  # type: ignore[attr-defined]
    ran = cron(line_with("notify run"))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.count("451 Later") == 1
    assert all(name in ran.stderr for name in ("gone@example", "manager@example", "soon@example"))


def statuses(office: Office, first_name: str) -> list[str]:
    found = office.carepass.rows("role", "assignments")
    return [row["status"] for row in found if row["first_name"] == first_name]


def test_the_list_of_staff(cron: Callable[[str], Process], office: Office, tmp_path: Path) -> None:
    file = tmp_path / "cron" / "hr" / "staff.csv"
    file.write_text(f"{STAFF}\n0012,Ana,Exemplo,psw,A,ana@example.org,1990-05-17\n")
    ran = cron(line_with("role sync"))
    assert (ran.returncode, ran.stdout) == (5, "")
    assert "--value 'status:A=Active'" in ran.stderr
    assert statuses(office, "Ana") == []
    file.write_text(file.read_text().replace(",A,", ",,"))
    for _ in range(2):
        ran = cron(line_with("role sync"))
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert statuses(office, "Ana") == ["pending"]
    file.write_text(file.read_text().replace("psw,,", "psw,T,"))
    assert cron(line_with("role sync")).returncode == 0
    assert statuses(office, "Ana") == ["cancelled"]


def test_the_report(cron: Callable[[str], Process], busy: Office) -> None:
    ran = cron(line_with("report expiring -q"))
    assert (ran.returncode, ran.stderr) == (0, "")
    header, *rows = ran.stdout.splitlines()
    assert header.startswith("home,role,portal_id,")
    assert [row.split(",")[5] for row in rows] == ["gone@example.org", "soon@example.org"]


def test_the_list_that_fails_if_there_is_any(
    cron: Callable[[str], Process], busy: Office, tmp_path: Path
) -> None:
    ran = cron(line_with("--fail-if-any"))
    assert (ran.returncode, ran.stdout) == (10, "")
    assert ran.stderr.startswith("error: The report found something")
    written = tmp_path / "cron" / "expired.csv"
    assert "gone@example.org" in written.read_text()
    assert "soon@example.org" not in written.read_text()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600


def test_the_backup(cron: Callable[[str], Process], busy: Office, tmp_path: Path) -> None:
    for _ in range(6):
        ran = cron(line_with("store backup"))
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    files = sorted((tmp_path / "cron" / "carepass-backups").iterdir())
    assert [file.name for file in files] == ["carepass.db", *(f"carepass.db.{n}" for n in range(1, 5))]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


# A list of staff makes a store where there is none, as every write but these does, and then misses the home.
@pytest.mark.parametrize("line", [line for line in LINES if "role sync" not in line])
def test_a_store_that_is_not_there_is_told(cron: Callable[[str], Process], line: str, db: Path) -> None:
    db.unlink()
    ran = cron(line)
    assert (ran.returncode, ran.stdout) == (6, "")
    assert str(db) in ran.stderr


def unit(path: Path) -> list[tuple[str, str]]:
    """A unit's settings, in their order."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        (name, value)
        for name, found, value in (line.partition("=") for line in lines)
        if found and name[0] != "#"
    ]


def test_the_service_is_run_as_systemd_would(busy: Office, db: Path, tmp_path: Path) -> None:
    """Its ExecStart, in the environment that its settings make; only server, store and day are ours."""
    settings = unit(SERVICE)
    folders = {"%S": str(tmp_path / "state"), "%d": str(tmp_path / "credentials")}
    shutil.copytree(db.parent, tmp_path / "state" / "carepass", ignore=lambda *_: ["state"])
    ((name, _),) = (value.split(":") for key, value in settings if key == "LoadCredential")
    (tmp_path / "credentials").mkdir()
    (tmp_path / "credentials" / name).write_text("hush-hush\n")
    (tmp_path / "credentials" / name).chmod(0o440)
    environ = {"PATH": "/usr/bin:/bin"}
    for key, value in settings:
        for specifier, folder in folders.items():
            value = value.replace(specifier, folder)
        if key == "Environment":
            environ.update([shlex.split(value)[0].split("=", 1)])
    assert Path(environ["CAREPASS_SMTP_PASSWORD_FILE"]).read_text() == "hush-hush\n"
    assert Path(environ["CAREPASS_DB"]).is_file()
    environ |= {"CAREPASS_SMTP": busy.url, "CAREPASS_TODAY": TODAY}
    ((_, start),) = (each for each in settings if each[0] == "ExecStart")
    program, *arguments = shlex.split(start)
    assert Path(program).name == "carepass"
    for _ in range(2):
        ran = subprocess.run(
            [str(PROGRAM), *arguments], env=environ, capture_output=True, text=True, timeout=60, check=False
        )
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert len(subjects(busy.letters())) == 3
    assert {letter["From"] for letter in busy.letters()} == {"Training <training@example.org>"}


def test_systemd_finds_no_fault_with_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("this machine has no systemd-analyze")
    text = SERVICE.read_text(encoding="utf-8").replace("/usr/local/bin/carepass", str(PROGRAM))
    tmp_path.joinpath(SERVICE.name).write_text(text, encoding="utf-8")
    shutil.copy(TIMER, tmp_path)
    units = [str(tmp_path / path.name) for path in (SERVICE, TIMER)]
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_timer_starts_the_service_every_morning() -> None:
    settings = dict(unit(TIMER))
    assert settings["OnCalendar"] == "*-*-* 07:00:00 America/Toronto"
    assert settings["Persistent"] == "yes"
    assert TIMER.stem == SERVICE.stem
