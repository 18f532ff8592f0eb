"""Two sample homes, their roles, courses and role templates. Everything here is made up."""

from typing import Any, NamedTuple

HOMES: dict[str, dict[str, Any]] = {
    "sample-north": {
        "name": "Sample Home North",
        "city": "Exampleton",
        "manager_email": "north@sample.example",
    },
    "sample-south": {"name": "Sample Home South", "city": "Exampleton", "approval": "manual"},
}

ROLES = {
    "psw": ("Personal support worker", "direct-care"),
    "rn": ("Registered nurse", "registered"),
    "rpn": ("Registered practical nurse", "registered"),
    "dietary-aide": ("Dietary aide", "dietary"),
    "housekeeping": ("Housekeeping aide", "environmental"),
    "activation": ("Activation aide", "allied"),
    "office": ("Office staff", "administration"),
    "volunteer": ("Volunteer", "volunteer"),
}


class SampleCourse(NamedTuple):
    """A made-up course: length in minutes, validity in years (None: once), price in cents."""

    title: str
    minutes: int
    validity_years: int | None = 1
    price_cents: int | None = None
    language: str = "en"
    method: str = "self-paced"


COURSES = {
    "ORIENT-100": SampleCourse("Welcome to the home", 90, None),
    "RIGHTS-101": SampleCourse("Residents' rights", 30),
    "ABUSE-101": SampleCourse("Zero tolerance of abuse and neglect", 45),
    "FIRE-101": SampleCourse("Fire safety and evacuation", 40),
    "IPAC-101": SampleCourse("Infection prevention and control", 30),
    "PCI-101": SampleCourse("Prévention et contrôle des infections", 30, language="fr"),
    "WHMIS-101": SampleCourse("Hazardous products at work", 60, None),
    "LIFT-201": SampleCourse("Safe lifts and transfers", 60, price_cents=3500),
    "DEMENTIA-201": SampleCourse("Living with dementia", 120, 3, 9000),
    "FALLS-201": SampleCourse("Preventing falls", 45),
    "FOOD-201": SampleCourse("Safe food handling", 90, 2, 4500),
    "MEDS-301": SampleCourse("Giving medication safely", 180, 1, 12500, method="instructor-led"),
}

EVERYBODY = ("ORIENT-100", "RIGHTS-101", "ABUSE-101", "FIRE-101", "IPAC-101")
REQUIRED = {
    "psw": (*EVERYBODY, "LIFT-201", "DEMENTIA-201", "FALLS-201"),
    "rn": (*EVERYBODY, "MEDS-301", "DEMENTIA-201"),
    "rpn": (*EVERYBODY, "MEDS-301", "FALLS-201"),
    "dietary-aide": (*EVERYBODY, "FOOD-201", "WHMIS-101"),
    "housekeeping": (*EVERYBODY, "WHMIS-101"),
    "activation": (*EVERYBODY, "DEMENTIA-201"),
    "office": EVERYBODY,
    "volunteer": ("RIGHTS-101", "ABUSE-101", "IPAC-101"),
}
LEARNER_PAYS = ("DEMENTIA-201",)

FIRST_NAMES = (
    "Ada",
    "Blaise",
    "Chloé",
    "Dov",
    "Edda",
    "Farid",
    "Gwen",
    "Hélène",
    "Ivo",
    "Juno",
    "Kofi",
    "Linh",
)
LAST_NAMES = (
    "Samplewood",
    "Exemplaire",
    "Testerby",
    "O'Sample",
    "Mockridge",
    "Demoson",
    "Fictwell",
    "Inventado",
    "Placeholt",
    "Specimenko",
)
# A role for each of twelve people in turn: a home has more support workers than office staff.
TURNS = (
    "psw",
    "rn",
    "psw",
    "rpn",
    "dietary-aide",
    "psw",
    "housekeeping",
    "activation",
    "psw",
    "office",
    "rpn",
    "volunteer",
)
