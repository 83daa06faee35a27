"""The words in which facts are told: what is paid, taken, promised, asked for and lived through."""

from enum import StrEnum


class Subject(StrEnum):
    """What a rule looks at."""

    VACANCY = "vacancy"
    CONTRACT = "contract"
    EMPLOYER = "employer"
    RECRUITER = "recruiter"
    WORKER = "worker"
    COSTS = "costs"
    CHECK_IN = "check-in"
    FARM = "farm"


class Requirement(StrEnum):
    """What a vacancy asks of persons and must not (C111)."""

    PREGNANCY_TEST = "pregnancy-test"
    HIV_TEST = "hiv-test"
    NO_UNION = "no-union"
    SEX = "sex"
    AGE_CEILING = "age-ceiling"
    ETHNICITY = "ethnicity"


GRAVE_REQUIREMENTS = frozenset(
    {Requirement.PREGNANCY_TEST, Requirement.HIV_TEST, Requirement.NO_UNION}
)
"""Those that stop a vacancy (R28)."""


class Contact(StrEnum):
    """How an employer can be reached."""

    OFFICE = "office"
    COMPANY_PHONE = "company-phone"
    EMAIL = "email"
    PERSONAL_PHONE = "personal-phone"
    CHAT = "chat"


PERSONAL_CONTACTS = frozenset({Contact.PERSONAL_PHONE, Contact.CHAT})
"""Those that leave no trace of a firm (R29)."""


class Shift(StrEnum):
    """When the work is; each has its ordinary hours (Código del Trabajo art. 322)."""

    DAY = "day"
    MIXED = "mixed"
    NIGHT = "night"


class Weighed(StrEnum):
    """What a person says of a changed contract that no order weighs: job title, tasks (R16)."""

    SAME = "same"
    """The same work, in other words."""
    BETTER = "better"
    """Better for the worker, or as good."""
    WORSE = "worse"
    """Worse: a substitution."""


class DeductionKind(StrEnum):
    """What is taken from a wage."""

    SOCIAL_SECURITY = "social-security"
    TAX = "tax"
    COURT_ORDER = "court-order"
    UNION_DUES = "union-dues"
    ADVANCE = "advance"
    HOUSING = "housing"
    FOOD = "food"
    RECRUITMENT = "recruitment"
    TOOLS = "tools"
    OTHER = "other"


class Clause(StrEnum):
    """Clauses that a reader marks (R14, R15)."""

    PENALTY = "penalty"
    BOND = "bond"
    COMPULSORY_SAVINGS = "compulsory-savings"
    PAY_TO_RESIGN = "pay-to-resign"
    KEEPS_DOCUMENTS = "keeps-documents"


class ContractTerm(StrEnum):
    """What a contract must say (R19)."""

    PARTIES = "parties"
    PLACE = "place"
    JOB = "job"
    WAGE = "wage"
    PAY_DAY = "pay-day"
    HOURS = "hours"
    REST = "rest"
    DURATION = "duration"
    HOUSING = "housing"
    TRANSPORT_IN = "transport-in"
    TRANSPORT_OUT = "transport-out"
    INSURANCE = "insurance"
    TERMINATION = "termination"
    GRIEVANCE_CHANNEL = "grievance-channel"


class HousingItem(StrEnum):
    """What housing must have (R21)."""

    SEPARATE_SLEEPING = "separate-sleeping"
    POTABLE_WATER = "potable-water"
    LOCKABLE_STORAGE = "lockable-storage"
    COOKING = "cooking"
    NO_OUTSIDE_LOCK = "no-outside-lock"


class ReturnTransport(StrEnum):
    """How far the employer pays the way back."""

    NOT_PAID = "not-paid"
    TO_BORDER = "to-border"
    TO_HOME = "to-home"


class Lender(StrEnum):
    """Who lent the money for the journey."""

    FAMILY = "family"
    BANK = "bank"
    MONEYLENDER = "moneylender"
    EMPLOYER = "employer"
    RECRUITER = "recruiter"


class CostCode(StrEnum):
    """What was paid for (ILO definition of recruitment fees and related costs)."""

    FEE_PLACEMENT = "fee-placement"
    BROKER = "broker"
    BRIBE = "bribe"
    BOND = "bond"
    COLLATERAL = "collateral"
    MEDICAL = "medical"
    INSURANCE = "insurance"
    TEST = "test"
    TRAINING = "training"
    EQUIPMENT = "equipment"
    TRAVEL_IN = "travel-in"
    TRAVEL_OUT = "travel-out"
    LODGING = "lodging"
    ADMIN_ID = "admin-id"
    ADMIN_PASSPORT = "admin-passport"
    ADMIN_VISA = "admin-visa"
    ADMIN_PERMIT = "admin-permit"
    ADMIN_CLEARANCE = "admin-clearance"
    BANKING = "banking"
    LOAN_INTEREST = "loan-interest"
    TRANSPORT_DAILY = "transport-daily"
    FOOD = "food"
    OTHER = "other"


class Payer(StrEnum):
    """Who paid."""

    WORKER = "worker"
    FAMILY = "family"
    EMPLOYER = "employer"
    RECRUITER = "recruiter"
    STATE = "state"
    NGO = "ngo"


WORKERS_SIDE = frozenset({Payer.WORKER, Payer.FAMILY})
"""What these pay, the worker has borne."""


class Indicator(StrEnum):
    """The eleven indicators of forced labour (ILO 2012, revised 2025)."""

    ABUSE_OF_VULNERABILITY = "abuse-of-vulnerability"
    DECEPTION = "deception"
    RESTRICTION_OF_MOVEMENT = "restriction-of-movement"
    ISOLATION = "isolation"
    VIOLENCE = "violence"
    INTIMIDATION = "intimidation"
    RETENTION_OF_DOCUMENTS = "retention-of-documents"
    WITHHOLDING_OF_WAGES = "withholding-of-wages"
    DEBT_BONDAGE = "debt-bondage"
    ABUSIVE_CONDITIONS = "abusive-conditions"
    EXCESSIVE_OVERTIME = "excessive-overtime"
