"""The papers of the way abroad: noted by the worker with who paid, the insurance by officials too.

What the worker's side paid is written into the diary with it, and is asked back there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from app.services import costs
from app.services.case import programme_of
from app.services.reaching import reading, writing
from app.services.work import Work
from app.storage import applications, authorisations, cost_entries, people
from app.storage import travel_papers as rows
from permits.applications import Application, ApplicationId
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Hidden, NotFound, Stale, refuse_if
from permits.people import Role
from permits.policies import check_own, check_read
from recruitment.costs import CostEntry, check_private
from recruitment.ethics.words import WORKERS_SIDE
from recruitment.travel_papers import (
    PaperSource,
    Told,
    TravelPaper,
    TravelPaperKind,
    check_official,
    find_faults,
    lacks_insurance,
    payment_of,
)

__all__ = ["PaperSource", "Told", "TravelPaper", "TravelPaperKind"]


@dataclass(frozen=True)
class SeenPaper:
    """A paper with its payment, where the worker's side paid and who looks is the worker."""

    paper: TravelPaper
    payment: CostEntry | None = None


@dataclass(frozen=True)
class TravelPapers:
    """An application with its papers.

    `uncovered`: the programme asks for an insurance, and from today until the permit's last day
    not all days are covered. `last_day` is that of the permit, None before there is one.
    """

    application: Application
    papers: Sequence[SeenPaper]
    uncovered: bool
    last_day: date | None


def read_papers(work: Work, application: ApplicationId) -> TravelPapers:
    """The papers; for its worker all of it, for officials of an agency without who paid what.

    What the worker noted of a payment is theirs alone (decision 50). A look is logged.
    """
    found = applications.get_application(work.session, application, reach=reading(work))
    check_read(work.actor, found)
    papers = rows.list_papers(work.session, application)
    if work.actor.role is not Role.WORKER:
        _check_official(work)
        event = work.event(Act.APPLICATION_READ, application, {"purpose": "journey"})
        people.note_reading(work.session, event=event)
        return _seen(work, found, [SeenPaper(one) for one in papers])
    paid = cost_entries.list_entries(work.session, work.ports.vault, application)
    by_id = {one.id: one for one in paid}
    return _seen(
        work, found, [SeenPaper(one, by_id[one.cost] if one.cost else None) for one in papers]
    )


def note_paper(work: Work, application: ApplicationId, told: Told, seen: int = 0) -> None:
    """Note a paper, or change the one of its kind; the same twice is once.

    1. what is wrong, all at once; 2. what the worker's side paid goes to the diary. Stale where it
    changed since version `seen`, 0 for none; Conflict("cost-asked-back") for a payment that
    SETRASS reads by now.
    """
    found, source = _lock(work, application)
    if source is PaperSource.OFFICIAL:
        check_official(told.kind)
    refuse_if(find_faults(told, legal_day(work.now)))  # 1
    before = _find(work, application, told.kind, source)
    payment = _payment(work, before) if before else None
    if before is not None and _is_same(before, payment, told):
        return
    if (before.version if before else 0) != seen:
        raise Stale("changed-meanwhile")
    paper = TravelPaper(
        application, found.worker, told, source, work.actor.person, work.now, version=seen + 1
    )
    if source is PaperSource.WORKER and told.payer in WORKERS_SIDE:
        cost = _keep_payment(work, application, told, payment)  # 2
        paper = replace(paper, told=replace(told, amount=None), cost=cost)
    elif payment is not None:
        check_private(payment)
    event = work.event(Act.TRAVEL_PAPER_NOTED, application, {"kind": told.kind.value})
    rows.save_paper(work.session, paper, event=event)
    if payment is not None and paper.cost is None:
        costs.remove_cost(work, application, payment.id, payment.version)


def remove_paper(work: Work, application: ApplicationId, kind: TravelPaperKind, seen: int) -> None:
    """Take out what one noted oneself, with its payment where nobody else reads it yet."""
    _, source = _lock(work, application)
    before = _find(work, application, kind, source)
    if before is None:
        raise NotFound("no-such-travel-paper")
    if before.version != seen:
        raise Stale("changed-meanwhile")
    payment = _payment(work, before)
    event = work.event(Act.TRAVEL_PAPER_REMOVED, application, {"kind": kind.value})
    rows.remove_paper(work.session, before, event=event)
    if payment is not None and payment.is_private:
        costs.remove_cost(work, application, payment.id, payment.version)


def _keep_payment(
    work: Work, application: ApplicationId, told: Told, before: CostEntry | None
) -> UUID:
    if before is None:
        identity = work.new_id()
        costs.add_cost(work, application, identity, payment_of(told))
        return identity
    after = payment_of(told, before.payment)
    if after != before.payment:
        costs.change_cost(work, application, before.id, after, before.version)
    return before.id


def _payment(work: Work, paper: TravelPaper) -> CostEntry | None:
    if paper.cost is None:
        return None
    return cost_entries.find_entry(work.session, work.ports.vault, paper.cost, hold=True)


def _is_same(before: TravelPaper, payment: CostEntry | None, told: Told) -> bool:
    known = before.told
    if payment is not None:
        known = replace(known, amount=payment.payment.amount)
    return known == told and (payment is not None) == (told.payer in WORKERS_SIDE)


def _seen(work: Work, found: Application, papers: Sequence[SeenPaper]) -> TravelPapers:
    right = authorisations.find_of_application(work.session, found.id)
    if right is None:
        return TravelPapers(found, papers, False, None)
    programme, days = programme_of(work, found.programme), (right.valid_from, right.valid_until)
    noted = [one.paper for one in papers]
    uncovered = lacks_insurance(noted, programme, *days, legal_day(work.now))
    return TravelPapers(found, papers, uncovered, right.valid_until)


def _find(
    work: Work, application: ApplicationId, kind: TravelPaperKind, source: PaperSource
) -> TravelPaper | None:
    known = rows.list_papers(work.session, application)
    return next((one for one in known if (one.told.kind, one.source) == (kind, source)), None)


def _lock(work: Work, application: ApplicationId) -> tuple[Application, PaperSource]:
    found = applications.lock(work.session, application, reach=writing(work))
    check_read(work.actor, found)
    if work.actor.role is Role.WORKER:
        check_own(work.actor, found)
        return found, PaperSource.WORKER
    _check_official(work)
    return found, PaperSource.OFFICIAL


def _check_official(work: Work) -> None:
    """Of those who read files the agencies alone."""
    if work.actor.agency is None:
        raise Hidden("no-such-application")
