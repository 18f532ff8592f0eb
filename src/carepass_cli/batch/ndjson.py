"""NDJSON: one JSON object a line."""

from collections.abc import Iterator

from carepass_cli.batch.formats import Cells, damage
from carepass_cli.batch.text import Text, unusable
from carepass_cli.errors import InvalidValue


class Ndjson:
    """One JSON object a line; its keys are headers, and all known before the first row is given."""

    encoding = "utf-8"
    delimiter = ","
    header_line = 0

    def __init__(self, text: Text) -> None:
        self._text = text
        text.require_utf8()
        names: dict[str, None] = {}
        for line, pairs in self._objects():
            keys = dict(pairs)
            if len(keys) < len(pairs):
                raise unusable(f"{text.name}, line {line}: a key is there twice.", "Keep one.")
            names.update(dict.fromkeys(keys))
        self.header = tuple(names)

    def _objects(self) -> Iterator[tuple[int, list[tuple[str, object]]]]:
        from json import JSONDecoder

        decode = JSONDecoder(object_pairs_hook=list, parse_constant=_no_constant).decode
        with self._text.lines() as lines:
            for line, text in enumerate(lines, start=1):
                text = text.strip()
                if not text:
                    continue
                try:
                    if text[0] != "{":
                        raise ValueError
                    yield line, decode(text)
                except (ValueError, RecursionError):
                    raise unusable(
                        f"{self._text.name}, line {line}: this is not one JSON object.",
                        "Write one object a line; `jq -c '.[]'` makes lines of an array.",
                    ) from None

    def rows(self) -> Iterator[Cells]:
        at = {name: place for place, name in enumerate(self.header)}
        for line, pairs in self._objects():
            cells = [""] * len(at)
            nested = ""
            for key, value in pairs:
                try:
                    cells[at[key]] = _text(value)
                except ValueError:
                    nested = key
            if nested:
                fault = InvalidValue(
                    f"'{nested[:60]}' holds an object.", "Write it as text, number, true, false or null."
                )
                yield line, cells, fault
            elif any(cells):
                yield line, cells, damage(cells)

    def done(self) -> float:
        return self._text.done()


def _text(value: object) -> str:
    """A value as a person would type it. Raises ValueError for an object, or a list in a list."""
    if isinstance(value, list) and not any(isinstance(each, list | tuple) for each in value):
        # A list, as `closed_on` has it, is written as in CSV.
        return " ".join(map(_text, value))
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # Tables that had a gap hold 1000 as 1000.0.
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, int):
        return str(value)
    raise ValueError


def _no_constant(name: str) -> object:
    raise ValueError(name)
