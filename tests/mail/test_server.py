"""Where mail goes: the URL of the server, and where its password comes from."""

import os
from pathlib import Path

import pytest

from carepass_cli.errors import UsageError
from carepass_cli.mail.server import Smtp, parse_smtp, read_password


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", Smtp("mail.example.org", 587, "starttls")),
        ("smtp://mail.example.org:2525/", Smtp("mail.example.org", 2525, "starttls")),
        ("smtps://mail.example.org", Smtp("mail.example.org", 465, "tls")),
        ("smtp://mail.example.org?starttls=never", Smtp("mail.example.org", 587, "never")),
        ("smtp://localhost", Smtp("localhost", 25, "offered")),
        ("smtp://127.0.0.1:1025", Smtp("127.0.0.1", 1025, "offered")),
        ("smtp://[::1]:1025", Smtp("::1", 1025, "offered")),
        ("smtp://localhost:1025?starttls=require", Smtp("localhost", 1025, "starttls")),
        ("smtp://localhost:1025?starttls=never", Smtp("localhost", 1025, "never")),
        # A name that only begins like this machine's is not this machine.
        ("smtp://localhost.example.org", Smtp("localhost.example.org", 587, "starttls")),
    ],
)
def test_a_url_is_read(url: str, expected: Smtp) -> None:
    assert parse_smtp(url) == expected


@pytest.mark.parametrize("user", ["clerk@example.org", "clerk%40example.org"])
def test_a_user_may_be_an_address(user: str) -> None:
    smtp = parse_smtp(f"smtp://{user}@mail.example.org:587", "secret", "/ca.pem")
    assert smtp == Smtp("mail.example.org", 587, "starttls", "clerk@example.org", "secret", "/ca.pem")


def test_without_a_user_the_password_stays_at_home() -> None:
    assert parse_smtp("smtp://mail.example.org", "secret").password is None


def test_the_password_is_not_in_the_repr() -> None:
    assert "hush" not in repr(parse_smtp("smtp://clerk@mail.example.org", "hush"))


@pytest.mark.parametrize(
    "url",
    [
        "smtp://clerk:hush@mail.example.org:587",
        "smtp://clerk:@mail.example.org",
        "smtp://clerk%40example.org:hush@mail.example.org?starttls=never",
        "smtps://:hush@mail.example.org",
    ],
)
def test_a_password_in_the_url_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_smtp(url, "other")
    assert "CAREPASS_SMTP_PASSWORD_FILE" in caught.value.hint
    assert "smtp_password" in caught.value.hint
    assert "hush" not in caught.value.message + caught.value.hint


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.example.org",
        "mail.example.org:587",
        "http://mail.example.org",
        "smtp://",
        "smtp:clerk:hush@mail.example.org",
        "smtp://clerk:hu/sh@mail.example.org",
        "smtp://clerk:hu#sh@mail.example.org",
        "smtp://clerk:1?hush@mail.example.org",
        "smtp://mail.example.org:0",
        "smtp://mail.example.org:65536",
        "smtp://mail.example.org:hush",
        "smtp://mail..example.org",
        "smtp://[::1",
        "smtp://mail.example.org/hush",
        "smtp://mail.example.org#hush",
        "smtp://mail.example.org?starttls=hush",
        "smtp://mail.example.org?starttls=never&starttls=require",
        "smtp://mail.example.org?hush=1",
        "smtps://mail.example.org?starttls=never",
    ],
)
def test_what_is_no_server_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_smtp(url)
    assert caught.value.hint
    assert "hush" not in caught.value.message + caught.value.hint


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("smtp://clerk@mail.example.org", None),
        ("smtp://clerk@mail.example.org", ""),
        ("smtp://clerk@mail.example.org?starttls=never", "hush"),
        ("smtp://clerk@mail.example.org", "hush-é"),
        ("smtp://cl%C3%A9rk@mail.example.org", "hush"),
    ],
)
def test_a_user_needs_a_password_that_can_be_sent_safely(url: str, password: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        parse_smtp(url, password)
    assert "hush" not in caught.value.message + caught.value.hint


def test_on_this_machine_a_password_may_go_in_the_clear() -> None:
    assert parse_smtp("smtp://clerk@localhost?starttls=never", "hush").password == "hush"


@pytest.mark.parametrize("content", ["hush hush", "hush hush\n", "hush hush\r\nsecond line\n"])
def test_a_password_file_is_its_first_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "password"
    path.write_bytes(content.encode())
    path.chmod(0o440)
    assert read_password(str(path)) == "hush hush"


@pytest.mark.parametrize("content", [b"", b"\nhush", b"\xff\xfehush"])
def test_a_password_file_without_one_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "password"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(UsageError, match="password file"):
        read_password(str(path))


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602])
def test_a_password_file_that_everybody_may_get_at_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "password"
    path.write_text("hush hush")
    path.chmod(mode)
    with pytest.raises(UsageError, match="Everybody may read") as caught:
        read_password(str(path))
    assert "hush" not in caught.value.message + caught.value.hint
    assert "chmod 600" in caught.value.hint


def test_a_password_may_come_out_of_a_pipe(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.write(write, b"hush hush\n")
    os.close(write)
    assert read_password(f"/dev/fd/{read}") == "hush hush"
    os.close(read)


def test_a_password_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read_password(str(tmp_path / "none"))
