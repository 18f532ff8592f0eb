"""Does the cart fit into 14 days?"""

from carepass_cli.rules.study import Course, load


def test_an_empty_cart_fits() -> None:
    cart = load([], 60)
    assert (cart.minutes, cart.capacity_minutes, cart.batches, cart.fits) == (0, 840, (), True)


def test_a_cart_that_fills_the_days_to_the_minute_fits() -> None:
    cart = load([Course("IPAC-101", 400), Course("FIRE-101", 440)], 60)
    assert cart.fits
    assert cart.batches == ()


def test_one_minute_more_does_not_fit_and_is_proposed_in_two_batches() -> None:
    cart = load([Course("IPAC-101", 400), Course("FIRE-101", 441)], 60)
    assert not cart.fits
    assert cart.minutes == 841
    assert cart.batches == (("IPAC-101",), ("FIRE-101",))


def test_a_short_course_goes_into_the_first_batch_with_room() -> None:
    courses = [Course("A", 500), Course("B", 500), Course("C", 340), Course("D", 340), Course("E", 1)]
    assert load(courses, 60).batches == (("A", "C"), ("B", "D"), ("E",))


def test_a_course_too_long_for_14_days_has_a_batch_of_its_own() -> None:
    courses = [Course("SHORT", 30), Course("LONG", 6000), Course("BRIEF", 30)]
    assert load(courses, 60).batches == (("SHORT", "BRIEF"), ("LONG",))
