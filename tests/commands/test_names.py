"""What completion offers from a store, on either engine."""

import pytest

from carepass_cli.store.opening import open_reader
from carepass_cli.store.queries.names import Offered, names_beside
from tests.commands.conftest import granted
from tests.conftest import TODAY, Carepass


@pytest.mark.parametrize(
    ("kind", "typed", "first"),
    [
        ("home", "map", Offered("maple-grove", "Maple Grove")),
        ("role", "", Offered("psw", "Personal support worker")),
        ("course", "WH", Offered("WHMIS-1", "Course WHMIS-1")),
        ("account", "10", Offered("1000", "O'Brien, Hélène")),
        ("submission", "", Offered("2", "O'Brien, Hélène")),
        ("line", "", Offered("2/WHMIS-1", "O'Brien, Hélène")),
        ("line", "1/", Offered("1/IPAC-101", "O'Brien, Hélène")),
        ("record", "", Offered("1", "IPAC-101 O'Brien, Hélène")),
        ("message", "1", Offered("1", "confirm-account helene@example.org")),
        ("change", "1", Offered("15", "record add")),
        ("issuer", "", None),
        ("account", "%", None),
    ],
)
def test_names_stand_beside_numbers(staff: Carepass, kind: str, typed: str, first: Offered | None) -> None:
    granted(staff, "IPAC-101", TODAY)
    granted(staff, "WHMIS-1", TODAY)
    staff("record", "add", "1000", "IPAC-101", "--on", TODAY)
    found = names_beside(open_reader(staff.db), kind, typed, None, most=50)
    assert (found[0] if found else None) == first


def test_roles_are_those_of_the_home(staff: Carepass) -> None:
    staff("home", "create", "oak", "--name", "Oak")
    staff("role", "create", "oak", "cook", "--name", "Cook")
    reader = open_reader(staff.db)
    assert [known.name for known in names_beside(reader, "role", "", ["oak"], most=9)] == ["cook"]
    assert [known.name for known in names_beside(reader, "role", "", None, most=9)] == ["cook", "psw"]
