"""From a letter to an Internet message: addressed, dated, and known by its Message-ID."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from carepass_cli.mail.render import Letter
from carepass_cli.rules.address import ascii_domain
from carepass_cli.rules.fields import clean_text, parse_email
from carepass_cli.rules.hashes import sha256


class _Folded(EmailPolicy):
    """The policy for SMTP, with text in headers folded by `Header`.

    Python's newer folding loses spaces between encoded words (cpython issue 92081).
    """

    def fold(self, name: str, value: Any) -> str:
        if name == "Subject":
            return f"{name}: {_encoded(str(value), self.linesep)}{self.linesep}"
        if name == "From" and not str(value).isascii() and not self.utf8:
            sender = value.addresses[0]
            display_name = _encoded(sender.display_name, self.linesep)
            return f"{name}: {display_name}{self.linesep} <{sender.addr_spec}>{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii")


def _encoded(text: str, linesep: str) -> str:
    """`text` for a header: as it is when it is ASCII, else in encoded words; folded by `linesep`."""
    # What already looks like an encoded word would be decoded by the reader.
    charset = "utf-8" if "=?" in text else None
    return Header(text, charset, header_name="Subject").encode(
        linesep=linesep, maxlinelen=76 if linesep else 0
    )


def message_for(
    letter: Letter, to: str, mail_from: str, numbers: Sequence[int], queued_on: date, sent_at: datetime
) -> EmailMessage:
    """The message to hand to a Post: plain text and HTML as alternatives.

    `mail_from` is an address or `Name <address>`. `queued_on`, with the numbers of
    what it says, `to` and the subject makes the Message-ID, which is the same each time: a receiver can tell
    a second copy. `sent_at` is an aware instant, for the Date.
    Raises InvalidValue for what is not one address.
    """
    sender, receiver = parse_sender(mail_from), _address(to, "The recipient's address")
    known = f"{','.join(map(str, numbers))}\n{queued_on}\n{to}\n{letter.subject}"
    digest = sha256(known.encode()).hexdigest()[:16]
    international = not f"{sender.addr_spec}{receiver.addr_spec}".isascii()
    message = EmailMessage(policy=_Folded(linesep="\r\n", utf8=international))
    message["From"] = sender
    message["To"] = receiver
    message["Subject"] = _encoded(letter.subject, "")
    message["Date"] = sent_at
    message["Message-ID"] = f"<carepass.{numbers[0]:06d}.{digest}@{sender.domain}>"
    # So that no answering machine answers (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    # Quoted-printable never yields "=_", so this cannot occur in a part; and it is the same each time.
    message.set_boundary(f"=_carepass_{digest}")
    return message


def parse_sender(mail_from: str) -> Address:
    """An address or `Name <address>`; raises InvalidValue for what is neither."""
    named = re.fullmatch(r"(.*?)\s*<([^<>]*)>\s*", mail_from)
    if named is None:
        return _address(mail_from, "The sender's address")
    name = clean_text(named[1].strip('"'), "The sender's name", empty=True)
    return _address(named[2], "The sender's address", name)


def _address(text: str, what: str, display_name: str = "") -> Address:
    local, _, domain = parse_email(text, what).rpartition("@")
    return Address(display_name, local, ascii_domain(domain))
