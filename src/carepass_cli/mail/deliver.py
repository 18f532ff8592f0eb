"""Delivery: over SMTP with verified certificates, or into a folder of .eml files.

Imported only where mail is delivered.
"""

import smtplib
import ssl
from base64 import b64encode
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Self

from carepass_cli.errors import CarepassError, UsageError
from carepass_cli.files import save_file
from carepass_cli.mail.connection import Claim, Connection, Encrypted, Overstayed, Withheld, unasked
from carepass_cli.mail.server import WHERE_SECRETS_GO, Smtp
from carepass_cli.rules.fields import CONTROL

TIMEOUT_SECONDS = 30.0
_REASON_MOST = 300
# What smtplib logs in with.
_LOGINS = {"CRAM-MD5", "PLAIN", "LOGIN"}


class DeliveryFailed(CarepassError):
    """Mail was not delivered, and no other message would fare better now: stop."""

    default_code = "mail-not-delivered"


class SessionEnded(DeliveryFailed):
    """The server ended this connection (closed it, or said 421): a new one may fare better."""


class MessageRefused(DeliveryFailed):
    """This one message was refused; go on with the others.

    `what` happened `to` that address, and `why`, in the server's own words. `permanent`: the server will
    not take it later either (5xx).
    """

    def __init__(self, what: str, to: str, why: str, *, permanent: bool) -> None:
        hint = "Check the address, or try again later." if permanent else "Try again later."
        super().__init__(f"{what} {to}: {why}", hint)
        self.what, self.to, self.why, self.permanent = what, to, why, permanent


class Post:
    """A mail server: a context manager that connects each time it is entered, for many messages.

    `timeout` is the longest wait, in seconds, for each answer of the server; for the one to a whole
    letter it is four times as long, for everything before the first letter twice. Entering raises
    DeliveryFailed, or UsageError for a certificate file that cannot be used.
    """

    def __init__(self, smtp: Smtp, timeout: float = TIMEOUT_SECONDS) -> None:
        self._smtp = smtp
        self._timeout = timeout
        self._server: Connection | None = None

    def __enter__(self) -> Self:
        context = _context(self._smtp.cafile)
        try:
            self._server = self._connected(context)
            if self._smtp.user is not None and self._smtp.password is not None:
                self._log_in(self._server, self._smtp.user, self._smtp.password)
            self._server.welcomed()
        except (OSError, Overstayed) as error:  # smtplib's errors are OSErrors too
            self._close()
            raise self._unreachable(error) from None
        except DeliveryFailed:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None and error is None:
            with suppress(OSError, Overstayed):
                self._server.quit()
        self._close()

    def send(self, message: EmailMessage, claim: Claim = unasked) -> bool:
        """Hand a message over: when this returns True, the server has taken it.

        `claim` is asked when the server stands ready for the text; where it says no the message stays
        here, and so does this return False.
        Raises MessageRefused where the others may still go through, SessionEnded where they may on a new
        connection, else DeliveryFailed. When the connection breaks at the very end it is not known
        whether the message arrived: as long as the server has not said so, it is still ours (RFC 5321,
        4.2.5).
        """
        assert self._server is not None, "Post is used in a with statement"
        self._server.claim = claim
        try:
            try:
                self._server.send_message(message)
            except Withheld:
                self._server.rset()
                return False
        except smtplib.SMTPNotSupportedError as error:  # an accented address, and a server that takes none
            raise self._refused("cannot write to", message, str(error), permanent=True) from None
        except smtplib.SMTPRecipientsRefused as error:
            raise self._answered(message, *next(iter(error.recipients.values()))) from None
        except smtplib.SMTPSenderRefused as error:
            # A sender is refused each time, unless it was for this message's size (552).
            if error.smtp_code == 552:
                raise self._answered(message, error.smtp_code, error.smtp_error) from None
            raise self._sender_refused(message, error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPDataError as error:
            with suppress(OSError, Overstayed):
                self._server.rset()
            raise self._answered(message, error.smtp_code, error.smtp_error) from None
        except (OSError, Overstayed) as error:
            raise self._unreachable(error) from None
        return True

    @property
    def _name(self) -> str:
        return f"The mail server {self._smtp.host}:{self._smtp.port}"

    def _connected(self, context: ssl.SSLContext) -> Connection:
        if self._smtp.encryption == "tls":
            return Encrypted(self._smtp, self._timeout, context)
        # Kept at once: what fails from here on is closed by the caller.
        self._server = server = Connection(self._smtp, self._timeout)
        server.ehlo_or_helo_if_needed()
        offered = self._smtp.encryption == "offered" and server.has_extn("starttls")
        if self._smtp.encryption == "starttls" or offered:
            server.starttls(context=context)
        return server

    def _log_in(self, server: Connection, user: str, password: str) -> None:
        server.ehlo_or_helo_if_needed()
        offered = server.esmtp_features.get("auth", "").upper().split()
        if offered and not _LOGINS & set(offered):
            raise DeliveryFailed(
                f"{self._name} lets users in by {', '.join(offered)} only, and carepass has no such tokens.",
                "Use an app password or a relay that takes a user and a password.",
            )
        server.login(user, password)

    def _answered(self, message: EmailMessage, code: int, reason: bytes | str) -> DeliveryFailed:
        refused = self._refused(
            "refused the message to", message, self._said(code, reason), permanent=code >= 500
        )
        return SessionEnded(refused.message) if code == 421 else refused

    def _refused(self, what: str, message: EmailMessage, why: str, *, permanent: bool) -> MessageRefused:
        return MessageRefused(f"{self._name} {what}", str(message["To"]), why, permanent=permanent)

    def _sender_refused(self, message: EmailMessage, code: int, reason: bytes | str) -> DeliveryFailed:
        kind = SessionEnded if code == 421 else DeliveryFailed
        sender = message["From"].addresses[0].addr_spec
        return kind(
            f"{self._name} takes no mail from {sender}: {self._said(code, reason)}",
            "Set mail_from in the config file to an address that this server lets you send from.",
        )

    def _unreachable(self, error: OSError | Overstayed) -> DeliveryFailed:
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
            said = self._said(error.smtp_code, error.smtp_error)
            return DeliveryFailed(f"{self._name} refused: {said}", self._how_greeted(error))
        if isinstance(error, smtplib.SMTPServerDisconnected):
            last = self._server.refusal if self._server is not None else None
            said = f" It said: {self._said(*last)}" if last else ""
            return SessionEnded(
                f"{self._name} cannot be reached: it closed the connection.{said}", self._how_greeted(error)
            )
        return DeliveryFailed(
            f"{self._name} cannot be reached: {getattr(error, 'strerror', None) or error}",
            "Check the URL and the network; try again.",
        )

    def _how_greeted(self, error: OSError) -> str:
        """Where the server may have minded the name that it was greeted with: how to set another."""
        server = self._server
        minded = isinstance(error, smtplib.SMTPHeloError) or (
            server is not None and server.refusal is not None and not server.does_esmtp
        )
        if not minded or server is None:
            return "Try again later."
        return f"It was greeted as {server.local_hostname}; 'helo' in the config file sets another name."

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
            raise self._failed(self._folder, error) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def send(self, message: EmailMessage, claim: Claim = unasked) -> bool:
        """Write a message as an .eml file, whole or not at all, readable by its owner only.

        `claim` is asked right before; where it says no nothing is written, and False returned.
        Raises DeliveryFailed.
        """
        name = message["Message-ID"].strip("<>").partition("@")[0]
        return save_file(self._folder / f"{name}.eml", message.as_bytes(), self._failed, when=claim)

    def _failed(self, _path: Path, error: OSError) -> DeliveryFailed:
        fact = f"Mail cannot be written to {self._folder}: {error.strerror}."
        return DeliveryFailed(fact, "Give a folder that you may write to, where there is room.")


def _context(cafile: str | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=cafile)
    except OSError as error:
        raise UsageError(
            f"The certificate file {cafile} cannot be used: {error.strerror or error}.",
            "CAREPASS_SMTP_CAFILE names a PEM file of certificate authorities.",
        ) from None
