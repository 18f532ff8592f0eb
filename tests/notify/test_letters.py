"""Every letter that people are to get, delivered."""

from tests.conftest import Carepass, assign, person
from tests.notify.conftest import Office, receivers, text_of

AT = ("--home", "maple-grove", "--role", "psw")


def test_from_the_account_to_access(office: Office) -> None:
    carepass: Carepass = office.carepass
    assert not office()
    person(carepass, "André", "Exemplaire", "andre@example.org", "--language", "fr")
    (letter,) = office()
    assert letter["To"] == "andre@example.org"
    assert letter["Subject"] == "Confirmez votre adresse courriel (identifiant de portail 1001)"

    assign(carepass, "1001")
    (letter,) = office()
    assert letter["Subject"] == "Confirmez votre poste\u00a0: Personal support worker, Maple Grove"
    body = letter.get_body(("plain",))
    assert body is not None
    line = next(line for line in body.get_content().splitlines() if line.startswith("carepass role confirm"))
    carepass(*line.split()[1:])
    assert not office()

    carepass("cart", "add", "1001", "IPAC-101", "WHMIS-1")
    carepass("cart", "submit", "1001")
    (letter,) = office()
    assert letter["Subject"] == "Votre demande de formation\u00a0: IPAC-101, WHMIS-1"
    assert text_of(letter).count("Demande approuvée. Votre employeur la paie.") == 2

    carepass("registration", "grant", "1/IPAC-101")
    (letter,) = office()
    assert letter["Subject"].startswith("Accès accordé\u00a0: Course IPAC-101 (IPAC-101), à terminer")
    assert "2026-12-05" in text_of(letter)
    assert not office()


def test_a_decision_by_a_person(office: Office) -> None:
    carepass: Carepass = office.carepass
    carepass("home", "edit", "maple-grove", "--approval", "manual")
    carepass("cart", "add", "1000", "IPAC-101")
    carepass("cart", "submit", "1000")
    (waits,) = office()
    assert "Waiting for your home to decide" in text_of(waits)
    carepass("submission", "reject", "1/IPAC-101", "--reason", "In spring")
    (decided,) = office()
    assert "Not approved. Reason given: “In spring”." in text_of(decided)
    assert waits["Message-ID"] != decided["Message-ID"]


def test_what_was_withdrawn_is_not_delivered(home: Carepass, office: Office) -> None:
    person(home, "Beth", "Exemplaire", "beth@example.org")
    assign(home, "beth@example.org")
    home("role", "cancel", "beth@example.org", *AT)
    assert receivers(office()) == ["beth@example.org"]  # the account is still to be confirmed
    assert office.status()[4] == "cancelled"
