"""A store whose path vanishes while it is written to: a share that is unmounted, a folder that is moved."""

from pathlib import Path

import pytest

from carepass_cli.clock import read_clock
from carepass_cli.errors import StoreUnavailable
from carepass_cli.services.home import create_home
from carepass_cli.store.unit import Unit, Work
from carepass_cli.store.writing import write
from tests.conftest import TODAY, Carepass


@pytest.mark.parametrize("in_its_place", [False, True], ids=["nothing there", "another store there"])
def test_what_would_be_written_elsewhere_is_refused(
    db: Path, template: Path, tmp_path: Path, in_its_place: bool
) -> None:
    folder, elsewhere = tmp_path / "share", tmp_path / "elsewhere"
    folder.mkdir()
    store = db.rename(folder / "carepass.db")
    before = Carepass(str(store)).rows("audit", "list")

    def vanish(unit: Unit) -> None:
        create_home(unit, "elm-court", name="Elm Court")
        folder.rename(elsewhere)
        if in_its_place:
            folder.mkdir()
            store.write_bytes(template.read_bytes())

    with pytest.raises(StoreUnavailable, match="went away") as refused:
        write(Work(str(store), read_clock(TODAY), "tester", "test"), vanish)
    assert refused.value.code == "store-vanished"
    moved = Carepass(str(elsewhere / "carepass.db"))
    assert moved.rows("home", "list") == []
    assert moved.rows("audit", "list") == before
    moved("store", "check", "--full")
    if in_its_place:
        assert Carepass(str(store)).rows("home", "list") == []
    else:
        assert "There is no store" in Carepass(str(store))("home", "list", code=6).err
