"""Letters to nobody, with which a new text is looked at as it is printed: a draft on every page."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from app.services.print_ports import Prints
from app.services.work import Work
from permits.appeals import RecourseTerms, terms_from
from permits.approvals import Ground, Opinion
from permits.deadlines import legal_day
from permits.issuing import RevocationReason
from permits.offers import Offer
from permits.people import Agency
from permits.prints import (
    Measure,
    MeasureGround,
    PrintedApproval,
    PrintedDecision,
    PrintedMeasure,
    PrintedWork,
)
from permits.programmes import Hiring, Programme
from permits.revocations import RevocationGround
from permits.suspensions import SuspensionReason
from permits.wages import EmployerSize, WageUnit

RECEIPT, NAME, NOTE = "2026-1234-5678", "Nombre de Ejemplo", "Nota de quien decidió."
NUMBER, QUESTIONS = "HN-7K2M-9QPD-4", ("¿Qué número tiene su contrato?", "¿Quién le paga?")
OPINIONS = {"letters/refusal": Opinion.REFUSE, "letters/returned": Opinion.RETURN}
GROUNDS = {Opinion.REFUSE: Ground.DUPLICATE, Opinion.RETURN: Ground.WORK_UNCLEAR}
MEASURES: Mapping[str, Measure] = {f"letters/{one.value}": one for one in Measure}
MEASURE_GROUNDS: Mapping[Measure, tuple[MeasureGround, ...]] = {
    Measure.SUSPENDED: (SuspensionReason.ALERT,),
    Measure.PROPOSED: (RevocationGround.FRAUD,),
    Measure.REVOKED: (RevocationGround.FRAUD,),
    Measure.CARD_REVOKED: (RevocationReason.WRONG_DATA,),
}
"""The other letters name none."""

UNSIGNED = frozenset(
    {
        Measure.LAPSED,
        Measure.UNUSED,
        Measure.CARD_REVOKED,
        Measure.EMPLOYER_LAPSED,
        Measure.IDENTITY_GRANTED,
    }
)
"""Letters that name no one agency: time did it, or several together."""

NOTED = frozenset(Measure) - UNSIGNED - {Measure.ASKED, Measure.BARRED, Measure.DROPPED}
"""Letters that may say what an official wrote."""


def set_sample(work: Work, prints: Prints, paper: str, language: str) -> bytes:
    """The PDF of a letter with facts of nobody; KeyError for a paper that is no letter."""
    programme = next(iter(work.ports.reference.programmes.values()))
    today = legal_day(work.now)
    if paper in OPINIONS:
        return prints.letter(_decision(work, programme, OPINIONS[paper], today), language)
    if paper == "letters/approved":
        return prints.approval(_approval(work, programme, today), language)
    return prints.measure(_measure(work, programme, MEASURES[paper], today), language)


def _decision(work: Work, programme: Programme, opinion: Opinion, today: date) -> PrintedDecision:
    return PrintedDecision(
        RECEIPT,
        NAME,
        programme,
        Agency.SETRASS,
        opinion,
        today,
        (GROUNDS[opinion],),
        NOTE,
        today + timedelta(days=14) if opinion is Opinion.RETURN else None,
        f"{work.ports.public_url}/mi-solicitud",
        work.now,
        draft=True,
        recourse=_recourse(work, programme) if opinion is Opinion.REFUSE else None,
    )


def _recourse(work: Work, programme: Programme) -> RecourseTerms:
    return terms_from(work.now, programme.clocks, work.ports.reference.calendar)


def _measure(work: Work, programme: Programme, kind: Measure, today: date) -> PrintedMeasure:
    offer = _offer(today)
    granted = PrintedWork(offer, "Copán Ruinas", "Copán", offer.starts_on, offer.ends_on)
    return PrintedMeasure(
        kind,
        RECEIPT,
        NAME,
        programme,
        None if kind in UNSIGNED else Agency.INM,
        today,
        MEASURE_GROUNDS.get(kind, ()),
        NOTE if kind in NOTED else "",
        today + timedelta(days=15),
        f"{work.ports.public_url}/mi-solicitud",
        work.now,
        _recourse(work, programme) if kind is Measure.REVOKED else None,
        again=True,
        questions=QUESTIONS if kind is Measure.ASKED else (),
        employer=offer.employer_name,
        number=NUMBER,
        new_work=granted if kind is Measure.EMPLOYER_GRANTED else None,
    )


def _approval(work: Work, programme: Programme, today: date) -> PrintedApproval:
    return PrintedApproval(
        receipt=RECEIPT,
        full_name=NAME,
        programme=programme,
        approvals=tuple((agency, today) for agency in programme.agencies),
        first_day=today,
        last_day=today + timedelta(days=90),
        department="Copán",
        municipality="Copán Ruinas",
        offer=_offer(today),
        digest="0" * 64,
        number=None,
        check=f"{work.ports.public_url}/v",
        printed_at=work.now,
        draft=True,
    )


def _offer(today: date) -> Offer:
    return Offer(
        vacancy="",
        employer="",
        employer_name="Finca de Ejemplo",
        employer_size=EmployerSize.TO_10,
        hiring=Hiring.NAMED,
        department="HN-CP",
        municipality="0404",
        title="Corte de café",
        occupation="9211",
        starts_on=today,
        ends_on=today + timedelta(days=90),
        wage=Decimal("62.50"),
        currency="HNL",
        unit=WageUnit.LATA,
        unit_kg=Decimal("15.90"),
        hours_per_day=Decimal(8),
        days_per_week=6,
        housing=True,
        transport=True,
        food=False,
    )
