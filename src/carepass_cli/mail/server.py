"""How to reach a mail server: read from a URL, with the password kept apart from it."""

import os
import stat
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from carepass_cli.errors import UsageError

# Bytes; a longer line is no password.
PASSWORD_MOST = 4096
LOCAL = ("localhost", "127.0.0.1", "::1")
SHAPE = "Write it as smtp://user@host:587, smtps://user@host:465 or smtp://localhost:25."
WHERE_SECRETS_GO = (
    "Put the password into the config file (smtp_password), "
    "or into a file named by CAREPASS_SMTP_PASSWORD_FILE."
)


@dataclass(frozen=True)
class Smtp:
    """A mail server, and how to speak to it.

    `encryption`: `tls` from the first byte; `starttls` is required; `offered`: STARTTLS where the server
    has it; `never`. Certificates are always verified: against the PEM file `cafile`, or what the system
    trusts when that is None. `helo` is the name that it is greeted with; None: this machine's own.
    """

    host: str
    port: int
    encryption: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    cafile: str | None = None
    helo: str | None = None

    @property
    def local(self) -> bool:
        """Whether it is on this very machine."""
        return self.host in LOCAL


def parse_smtp(url: str, password: str | None = None, cafile: str | None = None) -> Smtp:
    """Read `smtp://user@host:587`, `smtps://user@host:465` or `smtp://localhost:25`.

    smtp:// requires STARTTLS, and takes it where offered on this machine itself; `?starttls=never` or
    `require` says otherwise. A port left out is 465 for smtps, 25 on this machine, else 587. Without a
    user in the URL the password is not used.
    Raises UsageError, which never repeats the URL: a password may stand in it.
    """
    parts, host, port = _split(url)
    local = host in LOCAL
    encryption = _encryption(parts, local)
    user = unquote(parts.username) if parts.username else None
    if user is None:
        password = None
    elif not password:
        raise UsageError("The mail server's URL names a user, and no password is known.", WHERE_SECRETS_GO)
    elif encryption == "never" and not local:
        raise UsageError(
            "A password is not sent over an unencrypted connection.",
            "Leave starttls=never out of the mail server's URL, or the user.",
        )
    elif not (user + password).isascii():
        # Python's smtplib cannot send any other.
        raise UsageError(
            "The SMTP user or password has characters outside ASCII.",
            "Set a password of plain letters and digits.",
        )
    usual = 465 if encryption == "tls" else 25 if local else 587
    return Smtp(host, usual if port is None else port, encryption, user, password, cafile)


def read_password(path: str) -> str:
    """The password in a file: its first line. Raises UsageError where there is none, or where everybody may
    get at it."""
    try:
        with open(path, "rb") as file:
            found = os.fstat(file.fileno())
            lines = file.readline(PASSWORD_MOST).decode().splitlines()
        # Not of its group: systemd gives a service its secrets as 0440.
        if os.name == "posix" and stat.S_ISREG(found.st_mode) and found.st_mode & 0o007:
            raise UsageError(
                f"Everybody may read or write the SMTP password file {path}.",
                f"Make it yours alone: chmod 600 '{path}'; and change the password if somebody did.",
            )
    except UnicodeDecodeError:
        raise UsageError(
            f"The SMTP password file {path} is not text.", "Write the password on its first line."
        ) from None
    except OSError as error:
        raise UsageError(
            f"The SMTP password file {path} cannot be read: {error.strerror}.",
            "Check the path and its permissions.",
        ) from None
    if not lines or not lines[0]:
        raise UsageError(f"The SMTP password file {path} has no password.", "Write it on the first line.")
    return lines[0]


def _split(url: str) -> tuple[SplitResult, str, int | None]:
    try:
        parts = urlsplit(url)
        if parts.password is not None:
            raise UsageError("A password does not belong in the mail server's URL.", WHERE_SECRETS_GO)
        host, port = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:  # a port that is no number, brackets left open, a name that no host can have
        raise _misread() from None
    if parts.scheme not in ("smtp", "smtps") or not host or port == 0:
        raise _misread()
    if parts.path not in ("", "/") or parts.fragment:
        raise _misread()
    return parts, host, port


def _encryption(parts: SplitResult, local: bool) -> str:
    options = parse_qs(parts.query, keep_blank_values=True)
    asked = options.pop("starttls", None)
    if options or asked not in (None, ["never"], ["require"]):
        raise UsageError(
            "The mail server's URL has an unknown option.", "Known: ?starttls=never and ?starttls=require."
        )
    if parts.scheme == "smtps":
        if asked:
            raise UsageError(
                "smtps:// is encrypted from the first byte.", "Leave starttls out, or write smtp://."
            )
        return "tls"
    if asked:
        return "never" if asked == ["never"] else "starttls"
    return "offered" if local else "starttls"


def _misread() -> UsageError:
    return UsageError("The mail server's URL is not understood.", SHAPE)
