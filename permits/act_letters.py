"""Which act of the tables of moves has a letter for its worker, and why the others have none.

Whatever somebody else, or time, decides about a worker is told on paper too: a message may be lost
with the phone. Between them the two tables name every act; docs/states.md shows them.
"""

from collections.abc import Mapping
from enum import StrEnum

from permits.appeals import Ruling
from permits.applications import Action
from permits.authorisations import AuthorisationAction
from permits.card_batches import BatchAction
from permits.employer_changes import ChangeOutcome
from permits.identity_changes import IdentityOutcome
from permits.issuing import CredentialAction
from permits.programme_rules import LetterKind
from permits.revocations import Outcome
from permits.watch import CheckState

LETTER_OF: Mapping[type[StrEnum], Mapping[StrEnum, LetterKind]] = {
    Action: {
        Action.APPROVE: LetterKind.APPROVED,
        Action.REFUSE: LetterKind.REFUSED,
        Action.RETURN: LetterKind.RETURNED,
        Action.ASK: LetterKind.ASKED,
        Action.BAR: LetterKind.BARRED,
        Action.LAPSE: LetterKind.LAPSED,
        Action.REOPEN: LetterKind.OVERTURNED,
    },
    AuthorisationAction: {
        AuthorisationAction.SUSPEND: LetterKind.SUSPENDED,
        AuthorisationAction.REINSTATE: LetterKind.REINSTATED,
        AuthorisationAction.RESUME: LetterKind.REINSTATED,
        AuthorisationAction.REVOKE: LetterKind.REVOKED,
        AuthorisationAction.LAPSE: LetterKind.UNUSED,
    },
    CredentialAction: {CredentialAction.REVOKE: LetterKind.CARD_REVOKED},
    Ruling: {
        Ruling.UPHELD: LetterKind.UPHELD,
        Ruling.OVERTURNED: LetterKind.OVERTURNED,
    },
    Outcome: {
        Outcome.PROPOSED: LetterKind.PROPOSED,
        Outcome.CONFIRMED: LetterKind.REVOKED,
        Outcome.REJECTED: LetterKind.DROPPED,
        Outcome.WITHDRAWN: LetterKind.DROPPED,
        Outcome.LAPSED: LetterKind.DROPPED,
    },
    ChangeOutcome: {
        ChangeOutcome.GRANTED: LetterKind.EMPLOYER_GRANTED,
        ChangeOutcome.REFUSED: LetterKind.EMPLOYER_REFUSED,
        ChangeOutcome.LAPSED: LetterKind.EMPLOYER_LAPSED,
    },
    IdentityOutcome: {
        IdentityOutcome.GRANTED: LetterKind.IDENTITY_GRANTED,
        IdentityOutcome.REFUSED: LetterKind.IDENTITY_REFUSED,
    },
}
"""A renewal is an application of its own: these are its letters too."""

OWN_ACT = "the worker's own act, which a message confirms"
OWN_WISH = "the worker's own wish, which changes nothing by itself"
HIDDEN = "hidden from its worker: what follows from it is a decision, with its own letter"
OF_THE_OFFICE = "the office's own work: nothing changes for the right, and cards are handed over"

NO_LETTER: Mapping[type[StrEnum], Mapping[StrEnum, str]] = {
    Action: {
        Action.SUBMIT: OWN_ACT,
        Action.ANSWER: OWN_ACT,
        Action.WITHDRAW: OWN_ACT,
        Action.REINSTATE: OWN_ACT,
    },
    AuthorisationAction: {
        AuthorisationAction.BEGIN: "its first day, which the approval and the permit tell",
        AuthorisationAction.EXPIRE: "its last day, which the approval and the permit tell",
        AuthorisationAction.END: OWN_ACT,
    },
    CredentialAction: {
        CredentialAction.SIGN: "what was approved, and the permit itself is the paper",
        CredentialAction.REPLACE: "asked for by its worker, or part of a change with its own "
        "letter; the next card is the paper",
    },
    Ruling: {Ruling.OPEN: OWN_ACT},
    ChangeOutcome: {ChangeOutcome.ASKED: OWN_WISH, ChangeOutcome.WITHDRAWN: OWN_WISH},
    IdentityOutcome: {IdentityOutcome.ASKED: OWN_WISH, IdentityOutcome.WITHDRAWN: OWN_WISH},
    CheckState: dict.fromkeys(CheckState, HIDDEN),
    BatchAction: dict.fromkeys(BatchAction, OF_THE_OFFICE),
}


def told_by(act: StrEnum) -> str:
    """The letter of an act, or why it has none; KeyError for an act that nobody thought of."""
    of = type(act)
    letter = LETTER_OF.get(of, {}).get(act)
    return f"`{letter.value}`" if letter else NO_LETTER[of][act]
