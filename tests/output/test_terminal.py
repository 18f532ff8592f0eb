"""Colours of the table for a person."""

import pytest
from rich.color import Color

from carepass_cli.output.terminal import COLOURS


def _light(colour: str) -> float:
    """The relative luminance of WCAG 2: 0 for black, 1 for white."""
    parts = (part / 255 for part in Color.parse(colour).get_truecolor())
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colour", sorted(set(COLOURS.values())))
def test_a_colour_can_be_read_in_a_light_and_in_a_dark_terminal(colour: str) -> None:
    light = _light(colour)
    assert 1.05 / (light + 0.05) > 3.5
    assert (light + 0.05) / 0.05 > 3.5
