"""What each role sees of a case: one table of roles and groups of fields, and pure filters."""

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Protocol, TypeVar
from uuid import UUID

from permits.applications import Application, Status
from permits.approvals import Decision, Opinion
from permits.errors import Forbidden
from permits.findings import Finding
from permits.people import AGENCY_OF, Actor, Agency, PersonId, Role
from permits.programme_questions import ProgrammeQuestion
from permits.submissions import Answers

SOMEONE = PersonId(UUID(int=2))
"""Stands for an official whose name the reader is not told."""


class Group(StrEnum):
    """Fields that are seen together, or not at all."""

    STANDING = "standing"
    """Receipt, programme, status, round, version and the days of the clocks."""
    NAME = "name"
    NATIONALITY = "nationality"
    IDENTITY = "identity"
    """The identity document, birth, sex, where from, languages, and the consent."""
    CONTACT = "contact"
    OFFER = "offer"
    """The vacancy that is named, its employer and its terms."""
    DOCUMENTS = "documents"
    """Pictures of the documents and of the person."""
    FINDINGS = "findings"
    DECISIONS = "decisions"
    """What each agency decided, on which digest, and who is waited for."""
    NOTES = "notes"
    OFFICIALS = "officials"
    """Which official decided, or holds the case."""
    TIMELINE = "timeline"
    QUESTIONS = "programme-questions"
    """What the programme itself asks; each question says who of these reads its answer."""
    NUMBER = "permit-number"
    FIGURES = "figures"
    """Counts over many people, never one person."""


_WHOLE_FILE = frozenset(Group) - {Group.FIGURES}

SEES: Mapping[Role, frozenset[Group]] = {
    **{role: frozenset() for role in Role},
    **dict.fromkeys(AGENCY_OF, _WHOLE_FILE),
    Role.SETRASS_SUPERVISOR: frozenset(Group),
    Role.INM_SUPERVISOR: frozenset(Group),
    # Another country's office decides on the file and follows no official of ours.
    Role.CONSULATE_OFFICER: _WHOLE_FILE - {Group.TIMELINE},
    Role.CONSULATE_SUPERVISOR: _WHOLE_FILE - {Group.TIMELINE},
    Role.WORKER: _WHOLE_FILE - {Group.OFFICIALS, Group.TIMELINE},
    # Of a draft that they fill in for somebody beside them, and of nothing else.
    Role.FACILITATOR: frozenset(
        {
            *(Group.STANDING, Group.NAME, Group.NATIONALITY, Group.IDENTITY),
            *(Group.CONTACT, Group.OFFER, Group.DOCUMENTS, Group.QUESTIONS),
        }
    ),
    Role.EMPLOYER: frozenset({Group.STANDING, Group.NAME, Group.OFFER, Group.QUESTIONS}),
    Role.PARTNER_AUTHORITY: frozenset(
        {Group.STANDING, Group.NAME, Group.NATIONALITY, Group.NUMBER}
    ),
    Role.BORDER_AGENT: frozenset({Group.NUMBER}),
    Role.POST_SUPERVISOR: frozenset({Group.NUMBER}),
    Role.LABOUR_INSPECTOR: frozenset({Group.NUMBER}),
    Role.DATA_ANALYST: frozenset({Group.FIGURES}),
}
"""Of a file within reach (permits/reach.py); who checks a permit reads what the permit says."""

ANSWERS: Mapping[str, Group] = {
    "document_kind": Group.IDENTITY,
    "document_number": Group.IDENTITY,
    "given_names": Group.NAME,
    "surnames": Group.NAME,
    "date_of_birth": Group.IDENTITY,
    "sex": Group.IDENTITY,
    "nationality": Group.NATIONALITY,
    "municipality": Group.IDENTITY,
    "phone": Group.CONTACT,
    "languages_spoken": Group.IDENTITY,
    "languages_read": Group.IDENTITY,
    "vacancy": Group.OFFER,
    "brings_documents": Group.DOCUMENTS,
    "brings_photo": Group.DOCUMENTS,
    "consent": Group.IDENTITY,
    "extra": Group.QUESTIONS,
}
"""Each answer's group."""

FILTERS: Mapping[str, Group] = {
    "q": Group.CONTACT,
    "espera": Group.DECISIONS,
    "paso": Group.DECISIONS,
    "tengo": Group.OFFICIALS,
    "nuevo": Group.OFFICIALS,
    "lugar": Group.OFFER,
}
"""What a list may be asked by: who could search a field could guess it, so it must be seen."""


def sees(actor: Actor, group: Group) -> bool:
    """Whether this actor may see the group's fields of a file within reach."""
    return group in SEES[actor.role]


def check_sees(actor: Actor, group: Group) -> None:
    """Forbidden("not-visible") where the actor may know of the file, but not see this of it."""
    if not sees(actor, group):
        raise Forbidden("not-visible", group=group.value)


def sees_question(actor: Actor, question: ProgrammeQuestion) -> bool:
    """Whether this actor may read what was answered to a programme's own question.

    The worker, and who helps with a draft, read all that was written; an official what their
    agency is named for, an employer what it is let to.
    """
    if not sees(actor, Group.QUESTIONS):
        return False
    if actor.role is Role.EMPLOYER:
        return question.employer
    return actor.agency is None or actor.agency in question.seen_by


def visible_answers(
    actor: Actor, answers: Answers, questions: Collection[ProgrammeQuestion]
) -> Answers:
    """The answers as this actor may see them; what may not be seen is as if never given.

    `questions` are those of the programme; an answer to one that it asks no more is told to nobody.
    """
    never = Answers()
    hidden = {
        field.name: getattr(never, field.name)
        for field in dataclasses.fields(answers)
        if not sees(actor, ANSWERS[field.name])
    }
    told = {
        one.id: answers.extra[one.id]
        for one in questions
        if one.id in answers.extra and sees_question(actor, one)
    }
    return replace(answers, **{**hidden, "extra": told})


class Said(Protocol):
    """What an agency said of a round: a decision, or what it was recommended."""

    @property
    def agency(self) -> Agency:
        """Whose it is."""

    @property
    def round(self) -> int:
        """Of which round."""


S = TypeVar("S", bound=Said)

UNDER_SEAL = frozenset({Status.UNDER_REVIEW, Status.ASKED})
"""While a case stands here its round is open."""


def sealed_round(application: Application, *, sealed: bool) -> int | None:
    """The round whose decisions are sealed, where the programme says so; None once it is closed."""
    return application.round if sealed and application.status in UNDER_SEAL else None


def opens_to(actor: Actor, agency: Agency, round_: int, sealed: int | None) -> bool:
    """Whether the seal of a round lets this actor know what an agency said in `round_`.

    An official knows what their own agency said, and nobody else anything, not even that it was
    said. The service itself, which acts without a person, goes by the truth.
    """
    return round_ != sealed or actor.agency is agency or actor.role is Role.SYSTEM


def unsealed(actor: Actor, said: Iterable[S], sealed: int | None) -> tuple[S, ...]:
    """What of this the seal of a round lets the actor know."""
    return tuple(one for one in said if opens_to(actor, one.agency, one.round, sealed))


def sealed_agencies(actor: Actor, agencies: Iterable[Agency], *, sealed: bool) -> frozenset[Agency]:
    """The agencies of which this actor is told nothing while a round of the programme is open."""
    if not sealed or actor.role is Role.SYSTEM:
        return frozenset()
    return frozenset(agencies) - {actor.agency}


def visible_decisions(
    actor: Actor, decisions: Sequence[Decision], sealed: int | None
) -> tuple[Decision, ...]:
    """The decisions as this actor may see them; `sealed` is the round under seal, if any.

    Of that round officers see what their own agency decided, of others all. The worker sees each
    agency's decision without the official's identity, and the note only where it speaks to the
    worker (a return or a refusal). Nobody else sees any.
    """
    if not sees(actor, Group.DECISIONS):
        return ()
    told = unsealed(actor, decisions, sealed)
    if sees(actor, Group.OFFICIALS):
        return told
    return tuple(
        replace(d, official=SOMEONE, note=d.note if _speaks_to(actor, d) else "") for d in told
    )


def _speaks_to(actor: Actor, decision: Decision) -> bool:
    return sees(actor, Group.NOTES) and decision.opinion is not Opinion.APPROVE


OFFICIALS_ONLY = frozenset({"similar-application", "looks-like-child"})
"""Findings that speak of other people's applications too, and an agent's mark of a child (R05).

The telephone may be in the hands of who brought the child: an official speaks to them instead.
"""


def visible_findings(actor: Actor, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings as this actor may see them.

    Officers see all; the worker those that speak of nobody else; nobody else sees any.
    """
    if not sees(actor, Group.FINDINGS):
        return ()
    whole = sees(actor, Group.OFFICIALS)
    return tuple(f for f in findings if whole or f.code not in OFFICIALS_ONLY)
