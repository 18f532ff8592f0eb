"""Writes the generated parts of the README: `python -m tests.docs.reference`."""

import re
from pathlib import Path

from carepass_cli.topics import CODES
from tests.docs.walk import every_command

README = Path(__file__).parents[2] / "README.md"


def written(text: str) -> str:
    """The README's text with its generated parts made anew."""
    text = _between(text, "reference", reference())
    return _between(
        text, "exit-codes", "".join(f"| {code} | {meaning} |\n" for code, meaning in CODES.items())
    )


def reference() -> str:
    """Every command with its arguments and its first line of help."""
    rows = [
        f"| `{' '.join([told.words, *told.arguments])}` | {told.command.help.splitlines()[0]} |\n"
        for told in every_command()
    ]
    return "\n| command | what it does |\n| --- | --- |\n" + "".join(rows) + "\n"


def _between(text: str, name: str, content: str) -> str:
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    return re.sub(pattern, lambda match: match[1] + content + match[2], text, flags=re.DOTALL)


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
