"""What other systems call the columns of an import, in English and French.

The table is fixed: a header is a synonym or it is not, whatever it resembles. Where a column name could mean
two things (`Personal Email`, `Last Day Worked`, `Preferred Name`), it is not in the table: `--map` says it.
"""

from functools import cache

from carepass_cli.rules.fields import folded

# Column of an import -> what files call it, besides its own name. `name` fills `first_name` and `last_name`.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "portal_id": ("Portal", "Portal Number", "Carepass ID", "Numéro du portail", "No de portail"),
    "employee_number": (
        *("Employee #", "Employee No", "Employee ID", "Employee Code", "Emp #", "Emp No", "Emp ID"),
        *("Emp Number", "Staff #", "Staff No", "Staff ID", "Staff Number", "Personnel Number", "Worker ID"),
        *("Payroll #", "Payroll ID", "Payroll Number", "File #", "File Number", "externalIds.0.value"),
        *("Matricule", "Numéro d'employé", "No d'employé", "N° d'employé", "N° employé", "Numéro de dossier"),
        *("No dossier", "N° dossier", "No de dossier", "N° de dossier"),
    ),
    "email": (
        *("E-mail", "Email Address", "Work Email", "Work Email Address", "Primary Email", "Company Email"),
        *("Primary Work Email", "Business Email", "Work Contact: Work Email", "Courriel", "Adresse courriel"),
        *("Courriel professionnel", "Adresse de courriel", "Adresse électronique", "Adresse e-mail"),
    ),
    "first_name": ("Given Name", "Forename", "Legal First Name", "name.givenName", "Prénom"),
    "last_name": ("Family Name", "Surname", "Legal Last Name", "name.familyName", "Nom", "Nom de famille"),
    "name": (
        *("Full Name", "Employee Name", "Employee", "Staff Name", "Payroll Name", "Worker", "Worker Name"),
        *("Nom complet", "Nom et prénom", "Nom, prénom", "Employé"),
    ),
    "birthdate": ("Date of Birth", "Birth Date", "DOB", "Date de naissance", "Naissance", "DDN"),
    "language": ("Preferred Language", "Langue", "Langue de correspondance"),
    "student_number": ("Student #", "Student No", "Student ID", "Numéro d'étudiant", "No d'étudiant"),
    "home": (
        *("Facility", "Facility Name", "Location", "Location Name", "Work Location", "Site", "Care Home"),
        *("orgSourcedIds", "Établissement", "Résidence", "Lieu de travail", "Emplacement", "Foyer"),
    ),
    "role": (
        *("Position", "Position Title", "Position Description", "Job", "Job Title", "Business Title"),
        *("orgUnitPath", "Poste", "Titre du poste", "Titre d'emploi", "Fonction", "Emploi"),
    ),
    "start_on": (
        *("Start Date", "Started On", "Hire Date", "Hired On", "Date of Hire", "Date d'entrée"),
        *("Date d'entrée en fonction", "Date d'embauche", "Date de début"),
    ),
    "ended_on": (
        *("End Date", "Termination Date", "Date of Termination", "Terminated On", "Date de fin"),
        *("Date de fin d'emploi", "Date de départ", "Date de cessation"),
    ),
    "status": (
        *("Employment Status", "Employee Status", "Position Status", "Worker Status", "Job Status"),
        *("suspended", "Statut", "Statut d'emploi", "Statut de l'employé", "Situation"),
    ),
    "code": ("Course", "Course Code", "Course ID", "Course Number", "Cours", "Code du cours", "object"),
    "title": (
        *("Course Title", "Course Name", "Training", "Training Title", "Training Name", "Certification"),
        *("Badge Name", "Titre", "Titre du cours", "Nom du cours", "Formation", "Titre de la formation"),
    ),
    "completed_on": (
        *("Completion Date", "Date Completed", "Completed Date", "Completed At", "Issued At", "Issued On"),
        *("Issue Date", "Date Issued", "timestamp", "Date de réussite", "Date d'achèvement", "Réussi le"),
        *("Date d'obtention", "Terminé le", "Délivré le"),
    ),
    "expires_on": (
        *("Expires", "Expires At", "Expiry Date", "Expiration Date", "Valid Until", "Valid Through"),
        *("Date d'expiration", "Date d'échéance", "Expire le", "Valide jusqu'au"),
    ),
    "verb": ("Result", "Completion Status", "Résultat", "Statut d'achèvement"),
    "provider": ("Training Provider", "Vendor", "Issuer", "Fournisseur", "Organisme", "Émetteur"),
    "evidence": ("Certificate", "Certificate #", "Certificate Number", "Attestation", "No de certificat"),
    "verified_by": ("Vérifié par",),
    "minutes": ("Length", "Duration", "Duration (minutes)", "Durée", "Durée (minutes)"),
    "validity_years": ("Validity", "Validity (years)", "Validité", "Validité (années)"),
    "method": ("Delivery", "Delivery Method", "Mode", "Mode de formation"),
    "price": ("Cost", "Fee", "Prix", "Coût"),
    "city": ("Town", "Ville"),
    "manager_email": ("Manager Email", "Courriel du gestionnaire"),
    "line": ("Registration", "Inscription"),
    "access_on": ("Access Date", "Access Given", "Enrolled On", "Enrolment Date", "Date d'accès"),
    "failed_on": ("Date Failed", "Échoué le"),
    "withdrawn_on": ("Date Withdrawn", "Retiré le"),
    "self_pay": ("Pays Own", "À ses frais"),
}
# The columns whose cells are days; the text of a cell becomes its ISO date.
DAYS = frozenset(
    (
        *("birthdate", "start_on", "ended_on", "completed_on", "expires_on", "voided_on", "access_on"),
        *("failed_on", "withdrawn_on", "required_from", "on"),
    )
)
_LEFT_OUT = str.maketrans("", "", " \u00a0\u202f_-.'’")


def fold_header(header: str) -> str:
    """A header for comparing: without case, accents, spaces, apostrophes, `_`, `-` and `.`."""
    return folded(header).translate(_LEFT_OUT)


@cache
def columns_of() -> dict[str, str]:
    """The folded synonyms, each with the column it stands for."""
    return {fold_header(each): column for column, names in SYNONYMS.items() for each in names}
