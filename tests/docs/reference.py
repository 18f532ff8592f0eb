"""Writes the generated parts of the README: `python -m tests.docs.reference`."""

import re
from pathlib import Path
from typing import Any

import typer

from carepass_cli.main import app
from carepass_cli.topics import CODES

README = Path(__file__).parents[2] / "README.md"


def written(text: str) -> str:
    """The README's text with its generated parts made anew."""
    text = _between(text, "reference", reference())
    return _between(
        text, "exit-codes", "".join(f"| {code} | {meaning} |\n" for code, meaning in CODES.items())
    )


def reference() -> str:
    """Every command with its arguments and its sentence, a table for each noun."""
    root = typer.main.get_command(app)
    context = typer.Context(root, info_name="carepass")
    lines = []
    for name in root.list_commands(context):
        command = root.get_command(context, name).load()
        lines += _rows(command, name, typer.Context(command, info_name=name, parent=context))
    return "\n| command | what it does |\n| --- | --- |\n" + "".join(lines) + "\n"


def _rows(command: Any, name: str, context: typer.Context) -> list[str]:
    if hasattr(command, "list_commands"):
        found = []
        for sub in command.list_commands(context):
            each = command.get_command(context, sub)
            found += _rows(each, f"{name} {sub}", typer.Context(each, info_name=sub, parent=context))
        return found
    arguments = [
        param.make_metavar(ctx=context) for param in command.params if param.param_type_name == "argument"
    ]
    words = " ".join([name, *arguments])
    return [f"| `{words}` | {command.help.splitlines()[0]} |\n"]


def _between(text: str, name: str, content: str) -> str:
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    return re.sub(pattern, lambda match: match[1] + content + match[2], text, flags=re.DOTALL)


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
