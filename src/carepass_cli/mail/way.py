"""From whom the mail of a run is, and where it goes: a mail server, or a folder of files."""

import socket
from dataclasses import replace
from pathlib import Path

from carepass_cli.errors import UsageError
from carepass_cli.mail.deliver import EmlFolder, Post
from carepass_cli.mail.message import parse_sender
from carepass_cli.mail.server import Smtp, parse_smtp, read_password
from carepass_cli.rules.address import is_address, is_domain
from carepass_cli.rules.fields import parse_host
from carepass_cli.settings import Settings

# What stands for the domain of a machine that has none.
NOWHERE = "localhost.localdomain"


def choose_way(settings: Settings, smtp: str | None, eml: Path | None) -> tuple[str, Post | EmlFolder]:
    """From whom the mail is, and where it goes; all of it is looked at before anything is queued."""
    if eml:
        sender = settings["mail_from"] or _own_address()
        parse_sender(sender)
        return sender, EmlFolder(eml)
    if not (url := smtp or settings["smtp"]):
        raise UsageError(
            "No mail server is known.",
            "Give --smtp URL (or CAREPASS_SMTP, or 'smtp' in the config file), or --eml DIR.",
        )
    file = settings["smtp_password_file"]
    password = read_password(file) if file else settings["smtp_password"]
    server = parse_smtp(url, password, settings["smtp_cafile"])
    sender = settings["mail_from"] or _sender_for(server)
    domain, helo = parse_sender(sender).domain, settings["helo"]
    return sender, Post(replace(server, helo=parse_host(helo, "helo") if helo else domain))


def _sender_for(server: Smtp) -> str:
    """Whom the mail is from where nobody says: the user who logs in, else this machine.

    Raises UsageError where another machine would have to take mail from nobody.
    """
    if server.user and is_address(server.user):
        return server.user
    own = _own_address()
    if server.local or not own.endswith(NOWHERE):
        return own
    raise UsageError(
        f"Nobody is known from whom the mail is: {own} is no sender for another machine.",
        'Write mail_from = "training@example.org" into the config file, with an address of yours.',
    )


def _own_address() -> str:
    """This machine's address, as its own mail would have it."""
    name = socket.getfqdn()
    return f"carepass@{name if is_domain(name) else NOWHERE}"
