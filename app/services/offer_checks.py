"""The public scam check: an offer, a name, a number or a phone, and what is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.services import recruiters, standings
from app.services.recruiters import Recruiter
from app.services.registries import RegistryState
from app.services.throttling import Limit, allow_try, place_of
from app.services.work import Work
from app.storage import named_employers, offer_reports, registries
from app.storage.named_employers import NamedFarm
from app.storage.offer_reports import Mark
from permits import qr
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Fault, refuse_if
from permits.people import Permission
from permits.policies import check_permission
from permits.programmes import in_force
from recruitment.links import Links, links_in
from recruitment.registries import OF_RECRUITERS
from recruitment.scam_checks import (
    MOST_PHONES,
    TEXT_LIMIT,
    Found,
    Known,
    KnownEmployer,
    Report,
    ReportState,
    ScamVerdict,
    check_report,
    farm_keys_in,
    has_other_phone,
    judged,
    licences_in,
    name_keys_in,
    signs_in,
    verdict_of,
)
from recruitment.standings import StandingOf

CHECKS = Limit("offer-checks", 60)
"""Checks from one address in a quarter of an hour: a village behind one line stays below."""

REPORTS = Limit("offer-reports", 10, timedelta(hours=1))
"""Warnings from one address in an hour; each is read by an official."""

SHOWN = 50
MOST_EMPLOYERS = 10
"""Employers of one name that are told; of more nobody could tell which is meant."""


@dataclass(frozen=True)
class NamedEmployer:
    """An employer as everybody may know them: name, place and standing, and which farm was named.

    Neither tax number nor telephone, which may be a small grower's own, nor any other farm.
    """

    id: UUID
    name: str
    department: str
    municipality: str
    verified: bool
    standing: StandingOf
    farms: tuple[NamedFarm, ...]


@dataclass(frozen=True)
class OfferCheck:
    """What the public is told: one verdict, who was recognised, signs of a scam in the text.

    `of_this_name`: confirmed warnings about somebody of a name in it, who may be another.
    `elsewhere`: the sites that it leads to and that are not ours.
    """

    verdict: ScamVerdict
    recruiters: tuple[Recruiter, ...]
    employers: tuple[NamedEmployer, ...]
    signs: tuple[str, ...]
    registries: tuple[RegistryState, ...]
    of_this_name: int = 0
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportPage:
    """A page of warnings; `more` is where the next one begins."""

    items: tuple[Report, ...]
    more: Mark | None


def may_check(work: Work, address: str) -> int:
    """Seconds to wait before another check from this address, 0 where it may be done now."""
    allowed = allow_try(work, CHECKS, place_of(address))
    return 0 if allowed else CHECKS.wait(work.now)


def check_offer(work: Work, text: str, phones: Sequence[str]) -> OfferCheck:
    """What is known of a text; `phones` are those in it, as E.164. Nothing of it is kept.

    Invalid where there is nothing to look up, or too much.
    """
    if not text.strip():
        refuse_if([Fault("missing", "text")])
    if len(text) > TEXT_LIMIT:
        refuse_if([Fault("too-long", "text", {"limit": TEXT_LIMIT})])
    links = links_in(text, work.ports.public_url)
    fresh = recruiters.list_registries(work)
    if _is_permit(text, links):
        return OfferCheck(ScamVerdict.PERMIT, (), (), (), fresh)
    phones, names = phones[:MOST_PHONES], name_keys_in(links.rest)
    numbers = list(dict.fromkeys([*links.numbers, *licences_in(links.rest)]))
    listed = registries.list_matching(
        work.session, OF_RECRUITERS, phones=phones, numbers=numbers, names=names
    )
    known = recruiters.tell(work, listed)
    hiring, their_phones = _employers(work, links, phones, numbers, names)
    reports = offer_reports.count_confirmed(
        work.session, work.ports.vault, phones=phones, licences=numbers, names=names
    )
    found = Found(
        [Known(one.state, one.standing.standing) for one in known],
        [KnownEmployer(one.verified, one.standing.standing) for one in hiring],
        reports.matching,
        all(one.fresh for one in fresh),
        has_other_phone(phones, [*(one.phone for one in known), *their_phones]),
    )
    return OfferCheck(
        verdict_of(found),
        known,
        hiring,
        _signs(work, text),
        fresh,
        reports.of_this_name,
        links.elsewhere,
    )


def _is_permit(text: str, links: Links) -> bool:
    """Whether it is a permit's code or link and no word more: beside one, an offer may stand."""
    alone = not links.rest.strip() and not links.elsewhere
    try:
        return (alone and links.permit) or bool(qr.read(text.strip()))
    except qr.Unreadable:
        return False


def _signs(work: Work, text: str) -> tuple[str, ...]:
    """What nobody can promise (R29), as it was written."""
    words = in_force(work.ports.reference.ethics.lists["R29.words"], legal_day(work.now)).items
    return signs_in(text, words)


def _employers(
    work: Work, links: Links, phones: Sequence[str], numbers: Sequence[str], names: Sequence[str]
) -> tuple[tuple[NamedEmployer, ...], list[str | None]]:
    """The employers that are meant, and their telephones, which are compared and never told."""
    found = named_employers.list_matching(
        work.session,
        ids=links.employers,
        phones=phones,
        numbers=numbers,
        names=names,
        farm_names=farm_keys_in(links.rest),
        limit=MOST_EMPLOYERS,
    )
    told = tuple(
        NamedEmployer(
            one.id,
            one.name,
            one.department,
            one.municipality,
            one.verified,
            standings.of_employer(work, one.id),
            one.farms,
        )
        for one in found
    )
    return told, [one.phone for one in found]


def may_report(work: Work, address: str) -> int:
    """Seconds to wait before another warning from this address, 0 where it may be left now."""
    allowed = allow_try(work, REPORTS, place_of(address))
    return 0 if allowed else REPORTS.wait(work.now)


def report_offer(work: Work, report: Report) -> Report:
    """Leave a warning for SETRASS; who left it is known to nobody, not even to the log."""
    check_report(report)
    event = work.as_system().event(Act.OFFER_REPORTED, report.id, {"kind": report.kind.value})
    offer_reports.add_report(work.session, work.ports.vault, report, work.now, event=event)
    return report


def list_reports(work: Work, after: Mark | None = None, limit: int = SHOWN) -> ReportPage:
    """Warnings that wait for an official, the oldest first."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    found = offer_reports.list_received(work.session, work.ports.vault, after, limit + 1)
    return _page(found, limit)


def list_confirmed(work: Work, before: Mark | None = None, limit: int = SHOWN) -> ReportPage:
    """Warnings that the public is told, the newest first."""
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    found = offer_reports.list_confirmed(work.session, work.ports.vault, before, limit + 1)
    return _page(found, limit)


def _page(found: Sequence[tuple[Report, datetime]], limit: int) -> ReportPage:
    shown = found[:limit]
    more = (shown[-1][1], shown[-1][0].id) if len(found) > limit else None
    return ReportPage(tuple(one for one, _ in shown), more)


def judge_report(
    work: Work, report: UUID, state: ReportState, seen: ReportState = ReportState.RECEIVED
) -> None:
    """Confirm a warning, which tells the public from here, or dismiss it; once.

    One that was confirmed by mistake (`seen`) is dismissed, and the public is told no more.
    """
    check_permission(work.actor, Permission.RECRUITER_JUDGE)
    found = offer_reports.lock_report(work.session, work.ports.vault, report)
    after = judged(found, state, seen)
    event = work.event(Act.OFFER_REPORT_JUDGED, report, {"state": after.value})
    offer_reports.judge_report(
        work.session, report, after, work.actor.person, work.now, event=event
    )
