"""Which event tells whom what: one kind of notice for each change that somebody must hear of."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from permits.applications import Action


class NoticeKind(StrEnum):
    """One folder in templates/notices/ for each."""

    ACCOUNTS_REVIEWED = "accounts-reviewed"
    ACCOUNT_INVITED = "account-invited"
    ACCOUNT_RESET = "account-reset"
    AGE_MARKED = "age-marked"
    ANSWER_DUE = "answer-due"
    APPEAL_FILED = "appeal-filed"
    APPEAL_OVERTURNED = "appeal-overturned"
    APPEAL_UPHELD = "appeal-upheld"
    APPLICATION_APPROVED = "application-approved"
    APPLICATION_LAPSED = "application-lapsed"
    APPLICATION_REFUSED = "application-refused"
    APPLICATION_REINSTATED = "application-reinstated"
    APPLICATION_RETURNED = "application-returned"
    APPLICATION_SUBMITTED = "application-submitted"
    APPLICATION_WITHDRAWN = "application-withdrawn"
    APPOINTMENT_CANCELLED = "appointment-cancelled"
    APPOINTMENT_TAKEN = "appointment-taken"
    APPOINTMENT_TOMORROW = "appointment-tomorrow"
    ARRIVAL_ASKED = "arrival-asked"
    BREAK_GLASS_OPENED = "break-glass-opened"
    CANDIDACY_ENDED = "candidacy-ended"
    CASES_OVERDUE = "cases-overdue"
    CHECK_IN = "check-in"
    CHECK_IN_ALARM = "check-in-alarm"
    CHILD_ALERT = "child-alert"
    CHILD_MARKED = "child-marked"
    COMPANION_ASKED = "companion-asked"
    COMPLAINTS_DUE = "complaints-due"
    COMPLAINT_DANGER = "complaint-danger"
    COMPLAINT_LATE = "complaint-late"
    COMPLAINT_OUTSIDE = "complaint-outside"
    COMPLAINT_REFERRED = "complaint-referred"
    CONSENT_CODE = "consent-code"
    CREDENTIAL_REPLACED = "credential-replaced"
    CREDENTIAL_REVOKED = "credential-revoked"
    CREW_REGISTERED = "crew-registered"
    DRAFT_STARTED = "draft-started"
    DRAFT_UNSENT = "draft-unsent"
    EMPLOYER_ASKED = "employer-asked"
    EMPLOYER_BARRED = "employer-barred"
    EMPLOYER_BARRED_PERMIT = "employer-barred-permit"
    EMPLOYER_CHANGED = "employer-changed"
    EMPLOYER_CHANGE_LAPSED = "employer-change-lapsed"
    EMPLOYER_CHANGE_REFUSED = "employer-change-refused"
    EMPLOYER_CHANGE_TOLD = "employer-change-told"
    FACTOR_ADDED = "factor-added"
    FACTOR_REMOVED = "factor-removed"
    FIRST_AGENCY_APPROVED = "first-agency-approved"
    IDENTITY_CHANGED = "identity-changed"
    IDENTITY_CHANGE_REFUSED = "identity-change-refused"
    IMPROVEMENTS_ASKED = "improvements-asked"
    INTERVIEW_INVITED = "interview-invited"
    NEW_BROWSER = "new-browser"
    OFFER_MADE = "offer-made"
    ORIENTATION_CANCELLED = "orientation-cancelled"
    ORIENTATION_INVITED = "orientation-invited"
    ORIENTATION_SEAT = "orientation-seat"
    OTHER_FARM_ASKED = "other-farm-asked"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    PASSWORD_KNOWN = "password-known"  # noqa: S105
    PAYSLIP_WRITTEN = "payslip-written"
    PERMIT_READY = "permit-ready"
    PHONE_CHANGED = "phone-changed"
    PHONE_CODE = "phone-code"
    POOL_ASKED = "pool-asked"
    POOL_FREED = "pool-freed"
    QUESTIONS_ANSWERED = "questions-answered"
    QUESTIONS_ASKED = "questions-asked"
    RECOVERY_APPROVED = "recovery-approved"
    REQUESTS_OVERDUE = "requests-overdue"
    CONTRACT_OFFERED = "contract-offered"
    CONTRACT_WAITS = "contract-waits"
    COST_PAID = "cost-paid"
    COST_PART_LATE = "cost-part-late"
    COST_PLAN = "cost-plan"
    REGISTRATION_JUDGED = "registration-judged"
    REGISTRATION_PHONE = "registration-phone"
    REGISTRATION_VERIFIED = "registration-verified"
    RESUME_CODE_RENEWED = "resume-code-renewed"
    ROSTER_ENDING = "roster-ending"
    STAY_ENDING = "stay-ending"
    STAY_OVER = "stay-over"
    RETURN_APPOINTMENT = "return-appointment"
    RETURN_SURVEY = "return-survey"
    REVOCATION_DROPPED = "revocation-dropped"
    REVOCATION_PROPOSED = "revocation-proposed"
    RIGHT_ENDED = "right-ended"
    RIGHT_LAPSED = "right-lapsed"
    RIGHT_REINSTATED = "right-reinstated"
    RIGHT_REVOKED = "right-revoked"
    RIGHT_SUSPENDED = "right-suspended"
    RIGHT_UNUSED = "right-unused"
    WAGE_RAISED = "wage-raised"
    WELFARE_ANSWERED = "welfare-answered"
    WISH_ANSWERED = "wish-answered"


SHORT_LIVED = frozenset({NoticeKind.CONSENT_CODE, NoticeKind.PHONE_CODE})
"""Whose text is a secret for some minutes: it is forgotten as soon as it is worth nothing."""

ABOUT_ACCOUNTS = frozenset(
    {
        NoticeKind.ACCOUNTS_REVIEWED,
        NoticeKind.ACCOUNT_INVITED,
        NoticeKind.ACCOUNT_RESET,
        NoticeKind.AGE_MARKED,
        NoticeKind.BREAK_GLASS_OPENED,
        NoticeKind.CASES_OVERDUE,
        NoticeKind.CHECK_IN_ALARM,
        NoticeKind.FACTOR_ADDED,
        NoticeKind.FACTOR_REMOVED,
        NoticeKind.NEW_BROWSER,
        NoticeKind.PASSWORD_CHANGED,
        NoticeKind.PASSWORD_KNOWN,
        NoticeKind.REQUESTS_OVERDUE,
        NoticeKind.WISH_ANSWERED,
    }
)
"""About somebody's account or work and no one application, by e-mail where they have an address."""

ABOUT_COMPLAINTS = frozenset(
    {
        NoticeKind.COMPLAINTS_DUE,
        NoticeKind.COMPLAINT_DANGER,
        NoticeKind.COMPLAINT_LATE,
        NoticeKind.COMPLAINT_OUTSIDE,
        NoticeKind.COMPLAINT_REFERRED,
    }
)
"""For who handles complaints, or takes one over: a case's number and why, none of its content."""

ABOUT_CHILDREN = frozenset({NoticeKind.CHILD_ALERT, NoticeKind.CHILD_MARKED})
"""For whoever is on duty for children: no name, no link, only where to call."""

CARRIES_A_CODE = frozenset(
    {
        NoticeKind.COMPANION_ASKED,
        NoticeKind.ACCOUNT_INVITED,
        NoticeKind.ACCOUNT_RESET,
        NoticeKind.CHECK_IN,
        NoticeKind.DRAFT_STARTED,
        NoticeKind.RESUME_CODE_RENEWED,
    }
)
"""Tells a code or a link to come in by: its text is forgotten after a day."""

ABOUT_ACCESS = frozenset(
    {
        NoticeKind.COMPANION_ASKED,
        NoticeKind.CONSENT_CODE,
        NoticeKind.PHONE_CHANGED,
        NoticeKind.PHONE_CODE,
        NoticeKind.RECOVERY_APPROVED,
        NoticeKind.REGISTRATION_PHONE,
        NoticeKind.RESUME_CODE_RENEWED,
    }
)
"""About somebody's way in and no application: they go to a phone alone."""


BY_SMS_ALONE = SHORT_LIVED | CARRIES_A_CODE | ABOUT_ACCESS
"""What lets somebody in, or guards the way in: no other company carries it."""

AFTER: Mapping[Action, NoticeKind] = {
    Action.SUBMIT: NoticeKind.APPLICATION_SUBMITTED,
    Action.ASK: NoticeKind.QUESTIONS_ASKED,
    Action.ANSWER: NoticeKind.QUESTIONS_ANSWERED,
    Action.APPROVE: NoticeKind.APPLICATION_APPROVED,
    Action.RETURN: NoticeKind.APPLICATION_RETURNED,
    Action.REFUSE: NoticeKind.APPLICATION_REFUSED,
    Action.LAPSE: NoticeKind.APPLICATION_LAPSED,
    Action.REINSTATE: NoticeKind.APPLICATION_REINSTATED,
    Action.WITHDRAW: NoticeKind.APPLICATION_WITHDRAWN,
    Action.REOPEN: NoticeKind.APPEAL_OVERTURNED,
    Action.BAR: NoticeKind.EMPLOYER_BARRED,
}
"""Each move of an application tells its worker; a test proves that no action is missing."""


@dataclass(frozen=True)
class Notice:
    """To be rendered and sent later; `key` makes sending it twice harmless.

    `facts` fill the template: numbers, dates and links, never a document number. `worker` is the
    person who is told, where it is a worker who chooses the way; "" for everybody else.
    """

    kind: NoticeKind
    language: str
    key: str
    phone: str | None = None
    email: str | None = None
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    worker: str = ""

    @property
    def may_leave_the_network(self) -> bool:
        """Whether a company's messenger may carry it, if its worker wishes so."""
        return bool(self.worker and self.phone) and self.kind not in BY_SMS_ALONE
