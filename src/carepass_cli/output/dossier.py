"""What is held about a person, as a file."""

from collections.abc import Mapping
from pathlib import Path

from carepass_cli.files import Kind, write_file
from carepass_cli.output.style import json_text

# How every such file begins: nothing else of carepass's does.
BEGINS = ('{\n  "portal_id": ', '",\n  "created_on": ')


def _is_export(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(200).decode("utf-8", "replace")
    return head.startswith(BEGINS[0]) and BEGINS[1] in head


EXPORT = Kind("account export of carepass", _is_export)


def write_dossier(file: str, held: Mapping[str, object], *, force: bool) -> None:
    """Write it as JSON. Raises what `files.Making` does."""
    write_file(file, f"{json_text(held, indent=2)}\n".encode(), EXPORT, force=force)
