"""Where letters go and how: dry runs, folders, logins and their secrets, and silence."""

import os
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Carepass
from tests.mail.server import MailServer
from tests.notify.conftest import Office, receivers, staff_member

ALL = [f"p{number}@example.org" for number in range(1, 6)]
# aiosmtpd warns of servers that take a password in the clear; ours must not send one.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")


def test_a_dry_run_tells_what_it_would_queue_and_what_waits(five: Office) -> None:
    carepass = five.carepass
    staff_member(carepass, "andre", completed="2026-01-20")
    before = carepass.rows("notify", "list"), carepass.rows("audit", "list")
    told = carepass("notify", "run", "--dry-run", "-o", "json")
    assert [(row["result"], row["to"]) for row in told.json] == [
        *(("unchanged", address) for address in ALL),
        ("created", "andre@example.org"),
    ]
    assert {row["status"] for row in told.json} == {"queued"}
    assert "Dry run: nothing was written.\nTo be delivered: 6 messages to 6 addresses." in told.err
    assert (carepass.rows("notify", "list"), carepass.rows("audit", "list")) == before
    assert five.letters() == []
    assert receivers(five()) == [*ALL, "andre@example.org"]
    assert carepass("notify", "run", "-n", "-q").out == ""


def test_a_folder_in_the_place_of_a_server(five: Office, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    ran = five.carepass("notify", "run", "--eml", str(folder), "-o", "json")
    assert [row["status"] for row in ran.json] == ["sent"] * 5
    assert "Delivered: 5 messages to 5 addresses." in ran.err
    files = sorted(folder.iterdir())
    letters: list[Any] = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert sorted(receivers(letters)) == ALL
    assert five.carepass.rows("notify", "run", "--eml", str(folder)) == []
    assert sorted(folder.iterdir()) == files
    assert not five()


def test_a_folder_that_cannot_be_written(five: Office, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ran = five.carepass("notify", "run", "--eml", str(tmp_path / "file"), code=1)
    assert "cannot be written" in ran.err
    assert receivers(five()) == ALL


@pytest.mark.parametrize("output", ["table", "json", "ndjson", "csv"])
def test_quiet_and_nothing_to_do(office: Office, output: str) -> None:
    assert not office(None, "-q", "-o", output)
    assert (office.ran.out, office.ran.err) == ("", "")


def test_quiet_and_all_is_well(five: Office) -> None:
    assert receivers(five(None, "-q")) == ALL
    assert (five.ran.out, five.ran.err) == ("", "")


def test_not_quiet_and_nothing_to_do(office: Office) -> None:
    assert not office()
    assert office.ran.err == "There is nothing to send.\n"


def test_where_to_deliver_must_be_known_before_anything_is_queued(office: Office) -> None:
    staff_member(office.carepass, "andre", completed="2026-01-20")
    before = office.carepass.rows("notify", "list")
    for line in (
        ("notify", "run"),
        ("notify", "run", "--smtp", "smtp://clerk@mail.example.org"),
        ("notify", "run", "--smtp", office.url, "--eml", "folder"),
        ("notify", "run", "--smtp", "mail.example.org"),
    ):
        assert office.carepass(*line, code=2).err.startswith("error: ")
    assert office.carepass.rows("notify", "list") == before


def test_a_sender_that_is_none(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    staff_member(office.carepass, "andre", completed="2026-01-20")
    before = office.carepass.rows("notify", "list")
    monkeypatch.setenv("CAREPASS_MAIL_FROM", "nobody")
    assert not office(code=2)
    assert "The sender's address 'nobody'" in office.ran.err
    assert office.carepass.rows("notify", "list") == before


def test_the_sender(five: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREPASS_MAIL_FROM", "Formation, Maple Grove <training@example.org>")
    assert {letter["From"].addresses[0].display_name for letter in five()} == {"Formation, Maple Grove"}


@pytest.mark.parametrize(
    ("settings", "greeted", "sender"),
    [
        ('mail_from = "Maple <training@maple.example>"\n', "maple.example", "training@maple.example"),
        ('mail_from = "a@maple.example"\nhelo = "mx.maple.example"\n', "mx.maple.example", "a@maple.example"),
        ('helo = "[192.0.2.1]"\nmail_from = "a@maple.example"\n', "[192.0.2.1]", "a@maple.example"),
    ],
)
def test_the_name_that_a_server_is_greeted_with(
    five: Office, settings: str, greeted: str, sender: str
) -> None:
    configure(settings)
    five()
    assert {session.host_name for session in five.server.inbox.sessions} == {greeted}
    assert {envelope.mail_from for envelope in five.server.inbox.taken} == {sender}


def test_a_name_that_no_machine_has(five: Office) -> None:
    configure('helo = "maple.example\\r\\nRSET"\n')
    five(code=2)
    assert "helo holds a control character" in five.ran.err


def test_a_server_elsewhere_wants_a_sender(five: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getfqdn", lambda: "desk")
    ran = five.carepass("notify", "run", "--smtp", "smtp://mail.maple.example", code=2)
    assert "mail_from" in ran.err


@pytest.fixture
def locked(
    home: Carepass,
    five: Office,
    serve: Callable[..., MailServer],
    certified: Callable[..., Any],
    cafile: str,
    with_login: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    """The five letters, and a server that asks for STARTTLS and a login."""
    monkeypatch.setenv("CAREPASS_SMTP_CAFILE", cafile)
    return Office(home, serve(tls_context=certified(), require_starttls=True, **with_login))


def configure(text: str, mode: int = 0o600) -> Path:
    """Write the config file."""
    folder = Path(os.environ["HOME"], ".config", "carepass")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def url_for(office: Office, user: str) -> str:
    return f"smtp://{user}@{office.server.place}"


def everything(office: Office) -> str:
    """All that a person or a log could read."""
    logs = Path(os.environ["HOME"]).rglob("*.log")
    runs = [
        office.carepass(*line, "-o", "json").out
        for line in (("audit", "list"), ("notify", "list"), ("config", "show"), ("store", "info"))
    ]
    return "".join([*runs, office.ran.out, office.ran.err, *(log.read_text() for log in logs)])


def test_a_password_in_the_config_file(locked: Office, credentials: tuple[str, str]) -> None:
    user, password = credentials
    configure(f'smtp = "{url_for(locked, user)}"\nsmtp_password = "{password}"\n')
    ran = locked.carepass("notify", "run")
    assert receivers(locked.letters()) == ALL
    assert all(session.authenticated and session.ssl for session in locked.server.inbox.sessions)
    assert password not in ran.out + ran.err + everything(locked)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_config_file_that_others_may_read(locked: Office, credentials: tuple[str, str], mode: int) -> None:
    user, password = credentials
    path = configure(f'smtp = "{url_for(locked, user)}"\nsmtp_password = "{password}"\n', mode)
    ran = locked.carepass("notify", "run", code=2)
    assert f"chmod 600 {path}" in ran.err
    assert password not in ran.out + ran.err
    assert not locked.letters()


def test_a_password_in_a_file_that_the_environment_names(
    locked: Office, credentials: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, password = credentials
    file = tmp_path / "password"
    file.write_text(f"{password}\n")
    file.chmod(0o600)
    monkeypatch.setenv("CAREPASS_SMTP_PASSWORD_FILE", str(file))
    monkeypatch.setenv("CAREPASS_SMTP", url_for(locked, user))
    ran = locked.carepass("notify", "run")
    assert receivers(locked.letters()) == ALL
    assert password not in ran.out + ran.err + everything(locked)


def test_a_wrong_password_is_never_repeated(
    locked: Office, credentials: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "password"
    file.write_text("hush-hush")
    file.chmod(0o600)
    monkeypatch.setenv("CAREPASS_SMTP_PASSWORD_FILE", str(file))
    for output in ("table", "json"):
        line = ("notify", "run", "--smtp", url_for(locked, credentials[0]), "-o", output)
        locked.ran = locked.carepass(*line, code=1)
        assert "did not accept the login of" in locked.ran.err
        assert "hush" not in everything(locked)
    assert set(locked.status().values()) == {"queued"}


def test_a_password_in_the_url_is_refused_unrepeated(locked: Office) -> None:
    ran = locked.carepass("notify", "run", "--smtp", "smtp://clerk:hush-hush@mail.example.org", code=2)
    assert "hush" not in ran.out + ran.err


def test_a_server_with_a_certificate_of_nobody_we_know(
    locked: Office, credentials: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, password = credentials
    file = tmp_path / "password"
    file.write_text(password)
    file.chmod(0o600)
    monkeypatch.setenv("CAREPASS_SMTP_PASSWORD_FILE", str(file))
    monkeypatch.delenv("CAREPASS_SMTP_CAFILE")
    ran = locked.carepass("notify", "run", "--smtp", f"{url_for(locked, user)}?starttls=require", code=1)
    assert "certificate that cannot be verified" in ran.err
    assert set(locked.status().values()) == {"queued"}
