"""What pages say, in English and French: looked up by the English. And how each language writes figures."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

# Months short enough to stand below a column on a telephone.
MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"),
}
NARROW, WIDE = "\u202f", "\u00a0"  # spaces at which a line is not broken


@cache
def _french() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("french.toml").read_text(encoding="utf-8"))


class Words:
    """The words and figures of one language, `en` or `fr`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, english: str, **values: object) -> str:
        """The text in this language, its `{names}` filled. Raises KeyError for one that has no French."""
        text = _french()[english] if self.language == "fr" else english
        return text.format(**values) if values else text

    def count(self, number: int) -> str:
        """A whole number, its thousands apart."""
        return f"{number:,}".replace(",", NARROW) if self.language == "fr" else f"{number:,}"

    def part(self, part: int, whole: int) -> str:
        """So many of so many."""
        return self("{part} of {whole}", part=self.count(part), whole=self.count(whole))

    def decimal(self, number: float, digits: int = 1) -> str:
        """A number with `digits` decimals."""
        text = f"{number:,.{digits}f}"
        return text.replace(",", NARROW).replace(".", ",") if self.language == "fr" else text

    def percent(self, number: float | None) -> str:
        """A percentage with one decimal; of none, the words for it."""
        if number is None:
            return self("n/a")
        return self.decimal(number) + (f"{WIDE}%" if self.language == "fr" else "%")

    def money(self, cents: int) -> str:
        """An amount of dollars, without cents where there are none."""
        amount = self.decimal(cents / 100, 2 if cents % 100 else 0)
        return f"{amount}{WIDE}$" if self.language == "fr" else f"${amount}"

    def hours(self, minutes: int) -> str:
        """A length of time in hours, rounded to one decimal."""
        return self.decimal(minutes / 60, 0 if minutes % 60 == 0 else 1)

    def month(self, day: date, *, year: bool = True) -> str:
        """The month of `day`, short."""
        name = MONTHS[self.language][day.month - 1]
        return f"{name} {day.year}" if year else name

    def status(self, status: str) -> str:
        """The word for a status."""
        return self(status.replace("-", " "))

    def of_page(self) -> dict[str, str]:
        """The words that every page has."""
        return {
            "as_of": self("as of"),
            "prepared_by": self("Prepared by"),
            "signature": self("Signature"),
            "date": self("Date"),
        }
