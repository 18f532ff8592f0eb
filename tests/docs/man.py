"""Writes the man pages from the program's own help: `python -m tests.docs.man`.

`carepass(1)` is the root, `carepass-role(1)` a noun with all its commands. They are shipped in the wheel.
"""

from pathlib import Path
from typing import Any

import typer

import carepass_cli
from carepass_cli.main import app
from carepass_cli.topics import CODES, ENVIRONMENT_TEXT

FOLDER = Path(carepass_cli.__file__).parent / "man"


def pages() -> dict[str, str]:
    """File name and text of every page."""
    root = typer.main.get_command(app)
    context = typer.Context(root, info_name="carepass")
    nouns = {name: root.get_command(context, name).load() for name in root.list_commands(context)}
    found = {"carepass.1": _root_page(root, context, list(nouns))}
    for name, command in nouns.items():
        sub = typer.Context(command, info_name=name, parent=context)
        found[f"carepass-{name}.1"] = _noun_page(name, command, sub)
    return found


def _root_page(root: Any, context: Any, nouns: list[str]) -> str:
    lines = _head("carepass", root.help)
    lines += [
        ".SH SYNOPSIS",
        ".B carepass",
        "[OPTIONS] COMMAND [ARGS]...",
        ".SH DESCRIPTION",
        *_text(root.help),
    ]
    lines += [".SH COMMANDS"]
    for name in nouns:
        lines += [".TP", rf".BR carepass\-{_escaped(name)} (1)", _escaped(root.commands[name].help)]
    lines += [".SH OPTIONS", *_options(root, context), ".SH EXIT STATUS"]
    for code, meaning in CODES.items():
        lines += [".TP", f".B {code}", _escaped(meaning)]
    lines += [".SH ENVIRONMENT", ".nf", *map(_escaped, ENVIRONMENT_TEXT.splitlines()), ".fi"]
    return "\n".join(lines) + "\n"


def _noun_page(name: str, command: Any, context: Any) -> str:
    lines = _head(f"carepass-{name}", command.help)
    commands = [(name, command, context)]
    if hasattr(command, "list_commands"):
        commands = []
        for sub in command.list_commands(context):
            each = command.get_command(context, sub)
            commands.append((f"{name} {sub}", each, typer.Context(each, info_name=sub, parent=context)))
    lines += [".SH SYNOPSIS"]
    for words, each, inner in commands:
        lines += [f".B carepass {_escaped(words)}", _escaped(" ".join(_usage(each, inner))), ".br"]
    lines += [".SH COMMANDS"]
    for words, each, inner in commands:
        lines += [f".SS carepass {_escaped(words)}", *_text(each.help), *_options(each, inner)]
        if each.epilog:
            lines += [".PP", _escaped(each.epilog)]
    return "\n".join([*lines, ".SH SEE ALSO", ".BR carepass (1)"]) + "\n"


def _head(title: str, help: str) -> list[str]:
    first = help.strip().splitlines()[0].rstrip(".")
    return [f'.TH {title.upper()} 1 "" "carepass"', ".SH NAME", rf"{_escaped(title)} \- {_escaped(first)}"]


def _usage(command: Any, context: Any) -> list[str]:
    return ["[OPTIONS]", *(p.make_metavar(ctx=context) for p in _arguments(command))]


def _arguments(command: Any) -> list[Any]:
    return [param for param in command.params if param.param_type_name == "argument"]


def _options(command: Any, context: Any) -> list[str]:
    lines = []
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record:
            lines += [".TP", f".B {_escaped(record[0])}", _escaped(record[1])]
    return lines


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
