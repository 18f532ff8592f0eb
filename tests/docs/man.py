"""Writes the man pages from the program's own help: `python -m tests.docs.man`.

`carepass(1)` is the root, `carepass-role(1)` a noun with all its commands. They are shipped in the wheel.
"""

from functools import cache
from pathlib import Path
from typing import Any

import carepass_cli
from carepass_cli.commands.complete import FIELDS
from carepass_cli.store.schema import EVENTS
from carepass_cli.topics import CODES, ENVIRONMENT_TEXT
from tests.docs.walk import Told, commands_of, nouns, root
from tests.store.nouns import declared

FOLDER = Path(carepass_cli.__file__).parent / "man"


def pages() -> dict[str, str]:
    """File name and text of every page."""
    found = {"carepass.1": _root_page()}
    for noun in nouns():
        found[f"carepass-{noun.words}.1"] = _noun_page(noun)
    return found


def _root_page() -> str:
    command, context = root()
    lines = _head("carepass", command.help)
    lines += [
        ".SH SYNOPSIS",
        ".B carepass",
        "[OPTIONS] COMMAND [ARGS]...",
        ".SH DESCRIPTION",
        *_text(command.help),
    ]
    lines += [".SH COMMANDS"]
    for name in command.list_commands(context):
        lines += [".TP", rf".BR carepass\-{_escaped(name)} (1)", _escaped(command.commands[name].help)]
    lines += [".SH OPTIONS", *_options(command, context), ".SH EXIT STATUS"]
    for code, meaning in CODES.items():
        lines += [".TP", f".B {code}", _escaped(meaning)]
    lines += [".SH ENVIRONMENT", ".nf", *map(_escaped, ENVIRONMENT_TEXT.splitlines()), ".fi"]
    return "\n".join(lines) + "\n"


def _noun_page(noun: Told) -> str:
    lines = [*_head(f"carepass-{noun.words}", noun.command.help), ".SH SYNOPSIS"]
    for told in commands_of(noun):
        lines += [
            f".B carepass {_escaped(told.words)}",
            _escaped(" ".join(["[OPTIONS]", *told.arguments])),
            ".br",
        ]
    lines += [".SH COMMANDS"]
    for told in commands_of(noun):
        lines += [f".SS carepass {_escaped(told.words)}", *_text(told.command.help)]
        lines += [*_options(told.command, told.context), *_fields(told.words)]
        lines += [".PP", _escaped(told.command.epilog)]
    return "\n".join([*lines, ".SH SEE ALSO", ".BR carepass (1)"]) + "\n"


def _head(title: str, help: str) -> list[str]:
    first = help.strip().splitlines()[0].rstrip(".")
    return [f'.TH {title.upper()} 1 "" "carepass"', ".SH NAME", rf"{_escaped(title)} \- {_escaped(first)}"]


def _options(command: Any, context: Any) -> list[str]:
    lines = []
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record:
            lines += [".TP", f".B {_escaped(record[0])}", _escaped(record[1])]
    return lines


def _fields(words: str) -> list[str]:
    """What a list's fields mean, where the schema says it of what is listed."""
    columns = _columns().get(words, ())
    lists = [
        {each.name: each.meaning for each in event.fields if each.name in keys}
        for event in declared(EVENTS)
        for keys in (event.keys, *map(event.keys_of, event.lists))
        if keys and {*keys} <= {*columns}
    ]
    if not lists:
        return []
    meant = max(lists, key=len)
    lines = [".PP", "Its fields:"]
    for name in columns:
        lines += [".TP", f".B {_escaped(name)}", _escaped(meant[name])] if name in meant else []
    return lines


@cache
def _columns() -> dict[str, list[str]]:
    """The columns of each command that lists."""
    told = (line.split(": ", 1) for line in FIELDS.read_text(encoding="utf-8").splitlines())
    return {words: columns.split() for words, columns in told}


def _text(help: str) -> list[str]:
    return [_escaped(line) if line.strip() else ".PP" for line in help.strip().splitlines()]


def _escaped(text: str) -> str:
    text = " ".join(text.split()) if not text.startswith(" ") else text
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{text}" if text.startswith((".", "'")) else text


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.1"):
        old.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
