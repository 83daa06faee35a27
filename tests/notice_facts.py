"""The facts that the texts of each kind of notice are written for."""

from permits.notices import NoticeKind

RECEIPT = frozenset({"receipt", "link"})
WHERE = frozenset({"day", "hour", "place", "town"})
FACTS = {
    NoticeKind.APPEAL_FILED: RECEIPT | {"agency"},
    NoticeKind.APPEAL_OVERTURNED: RECEIPT | {"agency", "note", "again"},
    NoticeKind.APPEAL_UPHELD: RECEIPT | {"agency", "note"},
    NoticeKind.APPLICATION_APPROVED: RECEIPT | {"agency", "note"},
    NoticeKind.APPLICATION_LAPSED: RECEIPT | {"until"},
    NoticeKind.APPOINTMENT_CANCELLED: RECEIPT | WHERE,
    NoticeKind.APPOINTMENT_TAKEN: RECEIPT | WHERE,
    NoticeKind.APPOINTMENT_TOMORROW: RECEIPT | WHERE,
    NoticeKind.ANSWER_DUE: RECEIPT | {"day"},
    NoticeKind.APPLICATION_REINSTATED: RECEIPT | {"day"},
    NoticeKind.APPLICATION_REFUSED: RECEIPT | {"agency", "note"},
    NoticeKind.APPLICATION_RETURNED: RECEIPT | {"agency", "note"},
    NoticeKind.APPLICATION_SUBMITTED: RECEIPT | {"due"},
    NoticeKind.APPLICATION_WITHDRAWN: RECEIPT,
    NoticeKind.CANDIDACY_ENDED: RECEIPT,
    NoticeKind.INTERVIEW_INVITED: RECEIPT | {"day", "hour"},
    NoticeKind.OFFER_MADE: RECEIPT | {"until"},
    **dict.fromkeys((NoticeKind.CONTRACT_OFFERED, NoticeKind.COST_PAID), RECEIPT),
    NoticeKind.CREDENTIAL_REPLACED: RECEIPT | {"number"},
    NoticeKind.CREDENTIAL_REVOKED: RECEIPT | {"number"},
    NoticeKind.CREW_REGISTERED: RECEIPT,
    NoticeKind.DRAFT_STARTED: RECEIPT | {"code"},
    NoticeKind.EMPLOYER_ASKED: RECEIPT | {"title"},
    NoticeKind.EMPLOYER_BARRED: RECEIPT | {"employer", "day"},
    NoticeKind.EMPLOYER_BARRED_PERMIT: RECEIPT,
    **dict.fromkeys((NoticeKind.EMPLOYER_CHANGED, NoticeKind.IDENTITY_CHANGED), RECEIPT),
    **dict.fromkeys(
        (NoticeKind.EMPLOYER_CHANGE_REFUSED, NoticeKind.IDENTITY_CHANGE_REFUSED), RECEIPT | {"note"}
    ),
    NoticeKind.EMPLOYER_CHANGE_TOLD: RECEIPT,
    NoticeKind.FIRST_AGENCY_APPROVED: RECEIPT,
    NoticeKind.PERMIT_READY: RECEIPT | {"number"},
    NoticeKind.QUESTIONS_ANSWERED: RECEIPT | {"agency"},
    NoticeKind.QUESTIONS_ASKED: RECEIPT | {"agency", "day"},
    NoticeKind.REGISTRATION_JUDGED: RECEIPT,
    NoticeKind.STAY_ENDING: RECEIPT | {"number", "day"},
    NoticeKind.STAY_OVER: RECEIPT | {"number", "day"},
    **dict.fromkeys((NoticeKind.CHECK_IN, NoticeKind.RETURN_SURVEY), RECEIPT | {"day"}),
    NoticeKind.REVOCATION_DROPPED: RECEIPT | {"agency"},
    NoticeKind.REVOCATION_PROPOSED: RECEIPT | {"agency", "note"},
    NoticeKind.RIGHT_ENDED: RECEIPT,
    NoticeKind.RIGHT_REINSTATED: RECEIPT,
    NoticeKind.RIGHT_REVOKED: RECEIPT | {"agency", "note"},
    NoticeKind.RIGHT_SUSPENDED: RECEIPT | {"agency", "note", "until"},
}
