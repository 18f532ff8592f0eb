"""Delivery: over SMTP with verified certificates, or into a folder of .eml files.

Imported only where mail is delivered.
"""

import os
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from tempfile import mkstemp
from types import TracebackType
from typing import Any, Self

from carepass_cli.errors import CarepassError, UsageError
from carepass_cli.mail.server import WHERE_SECRETS_GO, Smtp
from carepass_cli.rules.fields import CONTROL

TIMEOUT_SECONDS = 30.0
# A server looks through a whole letter before it says that it has taken it. One that is given up on
# too early has it nevertheless, and gets it again (RFC 5321, 4.5.3.2.6).
_PATIENCE = 4
_REASON_MOST = 300
Claim = Callable[[], bool]


def _unasked() -> bool:
    return True


class DeliveryFailed(CarepassError):
    """Mail was not delivered, and no other message would fare better now: stop."""

    default_code = "mail-not-delivered"


class MessageRefused(DeliveryFailed):
    """The server refused this one message; go on with the others.

    `permanent`: it says that it will not take it later either (5xx).
    """

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(
            message, "Check the address, or try again later." if permanent else "Try again later."
        )
        self.permanent = permanent


class _Withheld(Exception):
    """The letter was not ours to send."""


class _Connection(smtplib.SMTP):
    """A connection on which `claim` is asked right before the text of a letter is handed over."""

    claim: Claim = staticmethod(_unasked)

    def data(self, msg: Any) -> tuple[int, bytes]:
        if not self.claim():
            raise _Withheld
        assert self.sock is not None
        self.sock.settimeout(self.timeout * _PATIENCE)
        answer = super().data(msg)
        self.sock.settimeout(self.timeout)
        return answer


class _Encrypted(_Connection, smtplib.SMTP_SSL):
    """The same, in TLS from the first byte."""


class Post:
    """One SMTP connection for many messages: a context manager that connects when it is entered.

    `timeout` is the longest wait, in seconds, for each answer of the server; for the one to a whole
    letter it is four times as long. Entering raises DeliveryFailed, or UsageError for a certificate
    file that cannot be used.
    """

    def __init__(self, smtp: Smtp, timeout: float = TIMEOUT_SECONDS) -> None:
        self._smtp = smtp
        self._timeout = timeout
        self._server: _Connection | None = None

    def __enter__(self) -> Self:
        context = _context(self._smtp.cafile)
        try:
            self._server = self._connected(context)
            if self._smtp.user is not None and self._smtp.password is not None:
                self._server.login(self._smtp.user, self._smtp.password)
        except OSError as error:  # smtplib's errors are OSErrors too
            self._close()
            raise self._unreachable(error) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None and error is None:
            with suppress(OSError):
                self._server.quit()
        self._close()

    def send(self, message: EmailMessage, claim: Claim = _unasked) -> bool:
        """Hand a message over: when this returns True, the server has taken it.

        `claim` is asked when the server stands ready for the text; where it says no the message stays
        here, and so does this return False.
        Raises MessageRefused where the others may still go through, else DeliveryFailed. When the
        connection breaks at the very end it is not known whether the message arrived: as long as the
        server has not said so, it is still ours (RFC 5321, 4.2.5).
        """
        assert self._server is not None, "Post is used in a with statement"
        self._server.claim = claim
        try:
            try:
                self._server.send_message(message)
            except _Withheld:
                self._server.rset()
                return False
        except smtplib.SMTPNotSupportedError as error:  # an accented address, and a server that takes none
            raise MessageRefused(
                f"{self._name} cannot write to {message['To']}: {error}", permanent=True
            ) from None
        except smtplib.SMTPRecipientsRefused as error:
            raise self._refused(message, *next(iter(error.recipients.values()))) from None
        except smtplib.SMTPSenderRefused as error:
            refused = self._refused(message, error.smtp_code, error.smtp_error)
            # A sender is refused each time, unless it was for this message's size (552).
            raise refused if error.smtp_code == 552 else DeliveryFailed(refused.message) from None
        except smtplib.SMTPDataError as error:
            raise self._refused(message, error.smtp_code, error.smtp_error) from None
        except OSError as error:
            raise self._unreachable(error) from None
        return True

    @property
    def _name(self) -> str:
        return f"The mail server {self._smtp.host}:{self._smtp.port}"

    def _connected(self, context: ssl.SSLContext) -> _Connection:
        where = self._smtp.host, self._smtp.port
        if self._smtp.encryption == "tls":
            return _Encrypted(*where, timeout=self._timeout, context=context)
        # Kept at once: what fails from here on is closed by the caller.
        self._server = server = _Connection(*where, timeout=self._timeout)
        server.ehlo_or_helo_if_needed()
        offered = self._smtp.encryption == "offered" and server.has_extn("starttls")
        if self._smtp.encryption == "starttls" or offered:
            server.starttls(context=context)
        return server

    def _refused(self, message: EmailMessage, code: int, reason: bytes | str) -> DeliveryFailed:
        told = f"{self._name} refused the message to {message['To']}: {self._said(code, reason)}"
        # 421 ends the session.
        return DeliveryFailed(told) if code == 421 else MessageRefused(told, permanent=code >= 500)

    def _unreachable(self, error: OSError) -> DeliveryFailed:
        if isinstance(error, ssl.SSLCertVerificationError):
            return DeliveryFailed(
                f"{self._name} shows a certificate that cannot be verified: {error.verify_message}",
                "Set CAREPASS_SMTP_CAFILE to the file of the authority that signed it;"
                " for a server on this very machine, ?starttls=never does without encryption.",
            )
        if isinstance(error, ssl.SSLError):
            return DeliveryFailed(
                f"{self._name} does not speak TLS as expected: {error.reason or error}",
                "smtps:// is encrypted from the first byte (port 465), smtp:// by STARTTLS (port 587).",
            )
        if isinstance(error, smtplib.SMTPAuthenticationError):
            said = self._said(error.smtp_code, error.smtp_error)
            return DeliveryFailed(
                f"{self._name} did not accept the login of {self._smtp.user}: {said}",
                f"Check the user and the password. {WHERE_SECRETS_GO}",
            )
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return DeliveryFailed(
                f"{self._name} lacks something that is needed: {error}", "Try another port, or smtps://."
            )
        if isinstance(error, smtplib.SMTPResponseException):
            return DeliveryFailed(f"{self._name} refused: {self._said(error.smtp_code, error.smtp_error)}")
        return DeliveryFailed(
            f"{self._name} cannot be reached: {error.strerror or error}",
            "Check the URL and the network; try again.",
        )

    def _said(self, code: int, reason: bytes | str) -> str:
        """The server's own words on one line. A server may repeat what it was sent: secrets are taken out."""
        said = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
        if password := self._smtp.password:
            plain = f"\0{self._smtp.user}\0{password}"
            for secret in (password, *(b64encode(each.encode()).decode() for each in (plain, password))):
                said = said.replace(secret, "***")
        return f"{code} {CONTROL.sub(' ', said)[:_REASON_MOST]}"

    def _close(self) -> None:
        if self._server is not None:
            self._server.close()


class EmlFolder:
    """A folder that takes messages as files in the place of a server; the same interface as Post.

    A file is named by its Message-ID, so that the same message again is the same file.
    """

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder)

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self._failed(error) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def send(self, message: EmailMessage, claim: Claim = _unasked) -> bool:
        """Write a message as an .eml file, whole or not at all, readable by its owner only.

        `claim` is asked right before; where it says no nothing is written, and False returned.
        Raises DeliveryFailed.
        """
        name = message["Message-ID"].strip("<>").partition("@")[0]
        try:
            handle, unfinished = mkstemp(dir=self._folder, prefix=".", suffix=".part")  # 0600
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(message.as_bytes())
                    file.flush()
                    os.fsync(file.fileno())
                if not claim():
                    return False
                os.replace(unfinished, self._folder / f"{name}.eml")
            finally:
                with suppress(OSError):
                    os.unlink(unfinished)
        except OSError as error:
            raise self._failed(error) from None
        return True

    def _failed(self, error: OSError) -> DeliveryFailed:
        return DeliveryFailed(f"Mail cannot be written to {self._folder}: {error.strerror}.")


def _context(cafile: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=cafile)
    except OSError as error:
        raise UsageError(
            f"The certificate file {cafile} cannot be used: {error.strerror or error}.",
            "CAREPASS_SMTP_CAFILE names a PEM file of certificate authorities.",
        ) from None
