"""The words of a complaint: what it is about, how grave it is, how far it is, what came of it.

Values are stable for ever; their wording stands in `app/web/wording`.
"""

from enum import StrEnum


class Filing(StrEnum):
    """Who handed a complaint in, and whether they said who they are."""

    ANONYMOUS = "anonymous"
    NAMED = "named"
    THIRD_PARTY = "third-party"
    OFFICIAL = "official"
    """Written down by an official who heard it, as on the phone."""
    CHECK_IN = "check-in"
    """Asked for by a worker in a check-in, or found in the cost diary."""


class Category(StrEnum):
    """What a complaint is about; one may be about several things (domain.md 3.2)."""

    WAGE_UNPAID = "wage-unpaid"
    WAGE_UNDER_MINIMUM = "wage-under-minimum"
    DEDUCTION = "deduction"
    PIECE_COUNT = "piece-count"
    FEE_CHARGED = "fee-charged"
    DEBT = "debt"
    DOCUMENT_RETAINED = "document-retained"
    CONTRACT_CHANGED = "contract-changed"
    HOURS = "hours"
    REST = "rest"
    HOUSING = "housing"
    WATER_FOOD = "water-food"
    TRANSPORT = "transport"
    ACCIDENT = "accident"
    PESTICIDE = "pesticide"
    HEALTH_DENIED = "health-denied"
    CHILD_LABOUR = "child-labour"
    MOVEMENT = "movement"
    ISOLATION = "isolation"
    VIOLENCE = "violence"
    SEXUAL_HARASSMENT = "sexual-harassment"
    THREATS = "threats"
    DISCRIMINATION = "discrimination"
    TRAFFICKING = "trafficking"
    RETALIATION = "retaliation"
    OFFICIAL_MISCONDUCT = "official-misconduct"
    RECRUITER_FRAUD = "recruiter-fraud"
    DATA_PRIVACY = "data-privacy"
    PERMIT_DELAY = "permit-delay"
    OTHER = "other"


class DangerSign(StrEnum):
    """What the form asks with yes or no; a yes raises the severity that is proposed."""

    IN_DANGER_NOW = "in-danger-now"
    CANNOT_LEAVE = "cannot-leave"
    DOCUMENT_HELD = "document-held"
    THREATENED = "threatened"
    CHILD_WORKING = "child-working"
    LEAVING_SOON = "leaving-soon"
    OFFICIAL_INVOLVED = "official-involved"
    NEEDS_INTERPRETER = "needs-interpreter"


class Severity(StrEnum):
    """How grave a complaint is, as a person decided; the clocks follow from it (domain.md 3.3)."""

    S1 = "s1"
    """Danger to life, liberty or a child."""
    S2 = "s2"
    """A serious breach of rights."""
    S3 = "s3"
    """A breach without immediate harm."""
    S4 = "s4"
    """A fault of the service."""


class Status(StrEnum):
    """How far a complaint is (domain.md 3.5); what is true beside it stands in the flags."""

    RECEIVED = "received"
    TRIAGE = "triage"
    AWAITING_COMPLAINANT = "awaiting-complainant"
    OPEN = "open"
    INVESTIGATION = "investigation"
    AWAITING_AGENCY = "awaiting-agency"
    FINDING = "finding"
    REMEDY = "remedy"
    REVIEW = "review"
    REFERRED_OUT = "referred-out"
    CLOSED_RESOLVED = "closed-resolved"
    CLOSED_NO_ACTION = "closed-no-action"
    CLOSED_UPHELD = "closed-upheld"
    """The closing was appealed against, and stands."""
    WITHDRAWN = "withdrawn"
    ANONYMISED = "anonymised"
    """Its time is over: its content is shredded, and only the row for the figures is left."""


class Flag(StrEnum):
    """What is true of a complaint beside its status."""

    PROTECTION = "protection"
    RETALIATION_RISK = "retaliation-risk"
    MINOR_INVOLVED = "minor-involved"
    EMPLOYER_SENSITIVE = "employer-sensitive"
    OFFICIAL_ACCUSED = "official-accused"
    CRIMINAL_REFERRAL = "criminal-referral"
    INTERPRETER_NEEDED = "interpreter-needed"
    DEPARTURE_SOON = "departure-soon"


class Request(StrEnum):
    """What a complainant asks for under their receipt; a handler acts on it."""

    WITHDRAW = "withdraw"
    APPEAL = "appeal"
    REPORT_RETALIATION = "report-retaliation"


class Outcome(StrEnum):
    """What a finding says of a complaint."""

    SUBSTANTIATED = "substantiated"
    PARTLY = "partly"
    UNSUBSTANTIATED = "unsubstantiated"
    UNDETERMINED = "undetermined"


class ReferralTarget(StrEnum):
    """To whom a complaint, or a part of it, is handed over (domain.md 3.4)."""

    LABOUR_INSPECTION = "labour-inspection"
    """DGIT of SETRASS."""
    CICESCT = "cicesct"
    """Trafficking; telephone 145."""
    SENAF = "senaf"
    """Child protection."""
    PUBLIC_PROSECUTOR = "public-prosecutor"
    CONADEH = "conadeh"
    """Commissioner for human rights; telephone 132."""
    INM_SUPERVISOR = "inm-supervisor"
    CONSULATE_GT = "consulate-gt"
    MINTRAB_GT = "mintrab-gt"
    ASSISTANCE = "assistance"
    """IOM, migrant resource centres, pastoral and other organisations that accompany people."""
    RETURNEES = "returnees"
    """UMAR, CAMR and OFAMIR."""
    ABROAD = "abroad"
    """Labour inspection and consulates where Hondurans work."""


class RemedyKind(StrEnum):
    """What makes good what was found."""

    WAGES_PAID = "wages-paid"
    REPAYMENT = "repayment"
    """Of fees, deductions and costs that the worker should not have borne."""
    COMPENSATION = "compensation"
    DOCUMENTS_RETURNED = "documents-returned"
    EMPLOYER_CHANGE = "employer-change"
    CONDITIONS_MENDED = "conditions-mended"
    """Housing, water, hours, safety: the plan that the employer carries out."""
    SANCTION = "sanction"
    PERMIT_ACTION = "permit-action"
    """A measure against the employer's own permissions; never against the worker's permit."""
    SERVICE_MENDED = "service-mended"
