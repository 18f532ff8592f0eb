"""The profiles that come with the program, one TOML file for each system whose files are known."""

from pathlib import Path

FOLDER = Path(__file__).parent


def shipped_profiles() -> tuple[str, ...]:
    """Their names, sorted."""
    return tuple(sorted(each.stem for each in FOLDER.glob("*.toml")))


def shipped_profile(name: str) -> str | None:
    """The text of one, or None where there is none of that name."""
    if name not in shipped_profiles():
        return None
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
