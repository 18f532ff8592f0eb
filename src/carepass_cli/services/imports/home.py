"""`home import`: a chain's homes with their settings, and whose roles they take over."""

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.errors import CarepassError
from carepass_cli.rules.nouns import HOME
from carepass_cli.services.home import create_home, edit_home
from carepass_cli.services.imports.batch import Batch
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.single import write_each
from carepass_cli.store.queries.homes import find_home

COLUMNS = Columns((*HOME.columns, "like"), ("code",))


def import_homes(batch: Batch) -> None:
    """Create homes, as `create_home` does, and change those there are. A blank leaves a value as it is;
    `closed_on` (dates with spaces between) takes the place of the home's closing days.
    """
    unit, names = batch.unit, Names(batch.unit, batch.unit.today)

    def write(cells: Values) -> str:
        named = dict(zip(COLUMNS.known, cells, strict=True))
        values = HOME.read(named)
        if find_home(unit, unit.today, named["code"]) is not None:
            return edit_home(unit, values.pop("code"), **values).result
        HOME.require(values)
        like = names.home(named["like"]) or None
        return create_home(unit, values.pop("code"), like=like, **values).result

    def faults_of(cells: Values) -> list[CarepassError]:
        return HOME.faults(dict(zip(COLUMNS.known, cells, strict=True)))

    write_each(batch, "home", lambda cells: cells[:1], write, faults_of)
