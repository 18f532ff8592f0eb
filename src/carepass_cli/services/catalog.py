"""The catalogue: entries taken over as courses."""

from carepass_cli.errors import UsageError
from carepass_cli.rules.fields import parse_price
from carepass_cli.services.course import create_course
from carepass_cli.services.outcome import UNCHANGED, Outcome
from carepass_cli.store.queries.catalog import get_entry
from carepass_cli.store.unit import Unit


def adopt_entry(
    unit: Unit, id: str, code: str, *, minutes: int | None = None, validity_years: int | None = None
) -> Outcome:
    """Make a course of an entry of the catalogue. `minutes` where the entry gives no length, or another.

    The same again is `unchanged`; raises UsageError where the length is not known.
    """
    entry = get_entry(unit, unit.today, id)
    length = minutes or entry.minutes
    if length is None:
        raise UsageError(
            f"The catalogue does not say how long {entry.id} is.",
            f"Ask {entry.institution}, and give --minutes.",
        )
    price = None if entry.price is None else parse_price(entry.price, "price")
    made = create_course(
        unit,
        code,
        title=entry.title,
        provider=entry.institution,
        minutes=length,
        validity_years=validity_years,
        language=entry.language,
        method=entry.method,
        price_cents=price,
    )
    if made.result == UNCHANGED:
        return made
    told = f"Require it of a role: carepass requirement add {code} --home HOME --role ROLE"
    return made._replace(said=(told,))
