"""What a worker agreed to be paid: by the contract of a vacancy, with the minimum of a day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.services.vacancy_judging import parameters_for
from app.services.work import Work
from app.storage import agreed_terms, farm_hands, vacancies
from permits.deadlines import legal_day
from permits.errors import NotFound
from permits.offers import Offer
from recruitment.contract_checks import consented_of
from recruitment.contracts import offer_of
from recruitment.ethics.words import DeductionKind
from recruitment.payslip_checks import Agreed, agreed_on


def agreed_of(
    work: Work, application: UUID, on: date | None = None, vacancy: UUID | None = None
) -> Agreed:
    """What the worker agreed to: the newest accepted contract, else the first that was drawn.

    Of `vacancy`, or of the one where they work today. Where none is drawn it is the vacancy as it
    stands. The minimum is that of the day.
    """
    offer, programme, consented = _offer_of(work, application, vacancy)
    reference, day = work.ports.reference, on or legal_day(work.now)
    found = reference.programmes[programme].on(day)
    agreed = agreed_on(offer, found, reference.minimum_wages, day)
    rate_days = parameters_for(work, programme).threshold("R31.rate_days", day)
    return replace(
        agreed,
        rates=reference.exchange_rates,
        rate_days=rate_days.value if rate_days else 0,
        consented=consented,
    )


def _offer_of(
    work: Work, application: UUID, vacancy: UUID | None
) -> tuple[Offer, str, Mapping[DeductionKind, Decimal]]:
    if vacancy is None:
        hands = farm_hands.list_hands(work.session, application=application)
        vacancy = hands[0].vacancy if hands else None
    found = vacancies.find_vacancy(work.session, vacancy) if vacancy else None
    if found is None:
        raise NotFound("no-such-worker")
    told = agreed_terms.list_counting(work.session, [application]).get((application, found.id))
    if told is None:
        return found.offer, found.programme, {}
    says = agreed_terms.find_own_deductions(work.session, application, found.id)
    return offer_of(told, found.offer), found.programme, consented_of(told, says)
