"""What stands around an application that was handed in, read in one look."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    LargeBinary,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from app.storage.acceptances import acceptances
from app.storage.account_tables import accounts
from app.storage.age_marks import is_marked
from app.storage.agency_sets import get_agencies, read_agencies
from app.storage.applications import applications
from app.storage.approvals import decisions, read_decision
from app.storage.contracts import contract_agreements, contracts, read_agreement
from app.storage.database import Session
from app.storage.documents import Document, documents, read_document
from app.storage.drafts import count_others
from app.storage.hindrances import get_hindrance
from app.storage.preparers import Reader, is_prepared_by
from app.storage.read_zones import read_zone, read_zones
from app.storage.recommendations import read_recommendation, recommendations
from app.storage.return_surveys import has_priority
from app.storage.rounds import SubmittedRound, application_rounds, case_keys, read_round
from app.storage.sealed import Vault
from app.storage.shown_papers import get_shown, read_shown
from app.storage.standing_rights import get_standing, read_standing
from app.storage.watch_checks import watch_checks
from permits.applications import Application
from permits.approvals import Decision
from permits.employer_bars import Hindrance
from permits.identity_checks import ReadZone
from permits.later_papers import ShownPaper, counting
from permits.people import Agency, PersonId
from permits.recommendations import Recommendation
from permits.standing_rights import StandingRight
from permits.watch import CheckState
from recruitment.contracts import Agreement, Party


@dataclass(frozen=True)
class DrawnContract:
    """How many versions there are: against the newest a rule stands, or the worker agreed to it.

    `digest` is that of the newest, "" where none is drawn.
    """

    versions: int = 0
    digest: str = ""
    blocked: bool = False
    agreed: Agreement | None = None


NOT_DRAWN = DrawnContract()


@dataclass(frozen=True)
class CaseFile:
    """The content of the present round, its decisions, the files that stand, and what is known.

    `similar` counts other applications with the same document. `accepted` is the employer's answer
    about the vacancy that was named; None where none was given. `is_own`: the reader's own
    document is the one in the case, `is_prepared`: they had a hand in making it. `zone` is what an
    official read from the document itself, `check` is how the watch list's check of the round
    stands, None where it was never asked, and `checked_by` who took second looks. `hindrance`: why
    nobody is approved for the work that was named. `rehire`: the worker came home in time last
    season. `agencies` decide on the round, in this order. `marked`: an agent's mark of a child
    stands, on this case or another of the person; `shown` are papers that officials saw;
    `rights` those that the person holds under other cases.
    """

    round: SubmittedRound
    decisions: tuple[Decision, ...]
    documents: tuple[Document, ...]
    similar: int
    accepted: bool | None
    is_own: bool
    zone: ReadZone | None = None
    check: CheckState | None = None
    checked_by: frozenset[PersonId] = frozenset()
    recommendations: tuple[Recommendation, ...] = ()
    hindrance: Hindrance | None = None
    rehire: bool = False
    agencies: tuple[Agency, ...] = ()
    contract: DrawnContract = NOT_DRAWN
    marked: bool = False
    shown: tuple[ShownPaper, ...] = ()
    is_prepared: bool = False
    rights: tuple[StandingRight, ...] = ()


def read_case_file(
    session: Session,
    vault: Vault,
    application: Application,
    *,
    known: Collection[UUID],
    reader: Reader | None,
    on: date,
) -> CaseFile | None:
    """Read what belongs to the present round; None where it has no content.

    `known` are applications that are no others of the same person: this one, and what a renewal
    goes on from; `on` is the legal day. NotFound("file-erased") where the case's key was destroyed.
    """
    rows = session.execute(_WHOLE, _asked_by(application, known, reader) | {"on": on}).all()
    if not rows:
        return None
    first = rows[0]
    return CaseFile(
        read_round(vault, first),
        tuple(read_decision(values) for values in _each(rows, "decision_", "agency")),
        tuple(read_document(values) for values in _each(rows, "document_", "id")),
        first.similar,
        first.accepted,
        first.is_own,
        read_zone(vault, application.id, _named_by(first, "zone", read_zones)),
        CheckState(first.check_state) if first.check_state else None,
        frozenset(PersonId(one) for one in (first.checked_by, *(first.cleared_by or ())) if one),
        tuple(read_recommendation(values) for values in _each(rows, "advice_", "agency")),
        Hindrance(first.hindrance) if first.hindrance else None,
        bool(first.rehire),
        read_agencies(first.agencies),
        _contract(first),
        first.marked,
        counting(read_shown(application.id, first._mapping), application.round),
        bool(first.is_prepared),
        read_standing(first.standing),
    )


def _asked_by(
    application: Application, known: Collection[UUID], reader: Reader | None
) -> dict[str, object]:
    return {
        "application": application.id,
        "known": list(known),
        "reader": reader.person if reader else None,
        "identity": reader.identity_index if reader else None,
    }


def _contract(row: Any) -> DrawnContract:  # noqa: ANN401  (a row of the join)
    told = _named_by(row, "agreed", contract_agreements)
    agreed = read_agreement(told) if told["way"] else None
    digest = row.contract_digest or ""
    return DrawnContract(row.contracts, digest, bool(row.contract_blocked), agreed)


_SEEN = get_shown(applications.c.id)
_CHECKED = (
    watch_checks.c.state.label("check_state"),
    watch_checks.c.reviewed_by.label("checked_by"),
    watch_checks.c.cleared_by.label("cleared_by"),
)


_HINDERED = get_hindrance(applications.c.vacancy, bindparam("on", type_=Date)).label("hindrance")
_OF_PERSON = (
    has_priority(applications.c.worker, applications.c.programme).label("rehire"),
    is_marked(applications).label("marked"),
    get_standing().label("standing"),
)


def _around() -> Select[Any]:
    """Each decision beside each file, with what there is once for all of them."""
    known: BindParameter[Any] = bindparam("known", expanding=True)
    file = and_(documents.c.application == applications.c.id, documents.c.replaced_at.is_(None))
    return (
        select(
            application_rounds,
            case_keys.c.sealed,
            *(column.label(f"decision_{column.name}") for column in decisions.c),
            *(column.label(f"advice_{column.name}") for column in recommendations.c),
            *(column.label(f"document_{column.name}") for column in documents.c),
            *(column.label(f"zone_{column.name}") for column in read_zones.c),
            count_others(applications.c.document_index, known).label("similar"),
            _accepted().label("accepted"),
            _HINDERED,
            *_OF_PERSON,
            _is_own().label("is_own"),
            is_prepared_by(bindparam("reader", type_=PG_UUID())).label("is_prepared"),
            _asked().label("agencies"),
            *_SEEN.c,
            _drawn().label("contracts"),
            _newest(contracts.c.digest).label("contract_digest"),
            _newest(contracts.c.blocked).label("contract_blocked"),
            *(column.label(f"agreed_{column.name}") for column in contract_agreements.c),
            *_CHECKED,
        )
        .select_from(applications)
        .join(application_rounds, _of_round(application_rounds))
        .outerjoin(case_keys, case_keys.c.application == applications.c.id)
        .outerjoin(decisions, _of_round(decisions))
        .outerjoin(recommendations, _of_round(recommendations))
        .outerjoin(documents, file)
        .outerjoin(_SEEN, true())
        .outerjoin(read_zones, read_zones.c.application == applications.c.id)
        .outerjoin(watch_checks, _of_round(watch_checks))
        .outerjoin(contract_agreements, _of_newest(Party.WORKER))
        .where(applications.c.id == bindparam("application"))
        .order_by(decisions.c.decided_at, documents.c.kind)
    )


def _named_by(row: Any, prefix: str, table: Table) -> dict[str, Any]:  # noqa: ANN401
    """What a row of the join has of a table, by the names of its columns."""
    return {column.name: row._mapping[f"{prefix}_{column.name}"] for column in table.c}


def _of_round(table: Any) -> ColumnElement[bool]:  # noqa: ANN401  (a table of rounds)
    return and_(table.c.application == applications.c.id, table.c.round == applications.c.round)


def _accepted() -> Any:  # noqa: ANN401  (a subquery)
    return (
        select(acceptances.c.accepted)
        .where(
            acceptances.c.application == applications.c.id,
            acceptances.c.vacancy == applications.c.vacancy,
        )
        .scalar_subquery()
    )


def _asked() -> ColumnElement[list[str]]:
    """The agencies of the round; looked up once, and not for each row of the join."""
    here = applications.alias()
    own = select(here.c.agency_set).where(here.c.id == bindparam("application"))
    return get_agencies(own.scalar_subquery())


def _of_newest(party: Party) -> ColumnElement[bool]:
    """That a party agreed to the newest version."""
    return and_(
        contract_agreements.c.application == applications.c.id,
        contract_agreements.c.party == party.value,
        contract_agreements.c.version == _newest(contracts.c.version),
    )


def _newest(column: ColumnElement[Any]) -> Any:  # noqa: ANN401  (a subquery)
    """A column of the newest version; NULL where none is drawn."""
    here = contracts.c.application == applications.c.id
    newest = select(column).where(here).order_by(contracts.c.version.desc())
    return newest.limit(1).scalar_subquery()


def _drawn() -> Any:  # noqa: ANN401  (a subquery)
    here = contracts.c.application == applications.c.id
    return select(func.count()).select_from(contracts).where(here).scalar_subquery()


def _is_own() -> ColumnElement[bool]:
    """Nobody's, where the reader is told as None: nothing equals NULL."""
    index = bindparam("identity", type_=LargeBinary)
    reader = bindparam("reader", type_=PG_UUID())
    return exists().where(accounts.c.person == reader, accounts.c.identity_index == index)


def _each(rows: Any, prefix: str, key: str) -> list[dict[str, Any]]:  # noqa: ANN401
    """The rows of one table in a join with others, each once, by their names without the prefix."""
    found: dict[Any, dict[str, Any]] = {}
    for row in rows:
        values = {
            name.removeprefix(prefix): value
            for name, value in row._mapping.items()
            if name.startswith(prefix)
        }
        if values[key] is not None:
            found.setdefault(values[key], values)
    return list(found.values())


_WHOLE = _around()
"""Built once: it names some seventy columns, and each reading and deciding asks it."""
