"""An employer writes a vacancy, has it checked, publishes it, and ends it."""

from dataclasses import dataclass, replace
from uuid import UUID

from app.services import vacancy_judging
from app.services.kept_vacancies import KeptVacancy, read_kept
from app.services.vacancy_judging import tell_rules
from app.services.work import Work
from app.storage import candidacies, employers, vacancies, vacancy_terms
from app.storage.vacancies import ListedVacancy
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid, NotFound, Stale, refuse_if
from permits.findings import Finding
from permits.offers import Offer
from permits.people import Permission
from permits.policies import check_permission
from permits.programmes import Programme
from recruitment import employers as law
from recruitment import labour_market
from recruitment import terms as told
from recruitment.attestations import FINDING_CODES as ATTESTATION_CODES
from recruitment.employers import EmployerId, Standing
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.ethics.rules import RuleFinding
from recruitment.terms import Terms
from recruitment.vacancies import (
    EDITABLE,
    OPENING,
    Vacancy,
    VacancyAction,
    VacancyId,
    VacancyStatus,
    find_faults,
    move_vacancy,
)

PUBLISHING = "publish"
MOST_DRAFTS = 200
"""Vacancies of one employer that are written or open at once."""


@dataclass(frozen=True)
class Wanted:
    """An offer as its employer writes it; who hires is filled in by the service."""

    programme: str
    offer: Offer
    places: int


def read_own(work: Work, vacancy: UUID) -> KeptVacancy:
    """One of the own vacancies with everything that was found; NotFound for any other."""
    check_permission(work.actor, Permission.VACANCY_WRITE)
    found = vacancies.find_vacancy(work.session, vacancy)
    if found is None or found.offer.employer != str(work.actor.employer):
        raise NotFound("no-such-vacancy")
    return read_kept(work, found)


def own_place(work: Work) -> vacancies.Employer:
    """The employer for whom this person acts; NotFound where there is none."""
    check_permission(work.actor, Permission.VACANCY_WRITE)
    employer = employers.find_employer(work.session, work.actor.employer)
    if employer is None:
        raise NotFound("no-such-employer")
    return employer


def start_draft(work: Work, wanted: Wanted, identity: UUID | None = None) -> UUID:
    """Write a new vacancy down; nobody sees it yet. Invalid with every fault at once.

    With the `identity` that its form came with it is written once, however often it is sent;
    NotFound where that is another employer's, Conflict("form-used") where it is another vacancy.
    """
    check_permission(work.actor, Permission.VACANCY_WRITE)
    identity = identity or work.new_id()
    offer = _own_offer(work, identity, wanted)
    draft = ListedVacancy(
        identity, wanted.programme, VacancyStatus.DRAFT, wanted.places, offer, None, None
    )
    own = vacancies.list_of_employer(work.session, UUID(offer.employer))
    if any(one.id == identity for one in own):
        return _sent_again(work, draft)
    if sum(one.status in EDITABLE for one in own) >= MOST_DRAFTS:
        raise Conflict("too-many-vacancies")
    event = work.event(Act.VACANCY_ADDED, identity, {"programme": wanted.programme})
    if not vacancies.add_vacancy(work.session, draft, work.now, event=event):
        return _sent_again(work, draft)
    vacancy_judging.judge_vacancies(work, [identity], "change")
    return identity


def _sent_again(work: Work, draft: ListedVacancy) -> UUID:
    """Pressed twice, the own one is there; what was written anew must not be lost behind it."""
    found = _lock(work, draft.id)
    told = (found.programme, found.places, found.offer)
    if told != (draft.programme, draft.places, draft.offer):
        raise Conflict("form-used")
    return found.id


def change_offer(work: Work, vacancy: UUID, version: int, wanted: Wanted) -> None:
    """Other terms of an own vacancy; who has applied keeps those of then.

    Stale where it was changed meanwhile, Conflict("vacancy-over") where it is not written or open,
    ("offers-stand") while somebody thinks about an offer of it: an offer cannot be taken back.
    """
    found = _lock_own(work, vacancy, version)
    if wanted.programme != found.programme:
        raise Invalid([Fault("other-programme", "programme")])
    offer = _own_offer(work, vacancy, wanted)
    event = work.event(Act.VACANCY_CHANGED, vacancy, {"version": version + 1})
    vacancy_terms.change_offer(work.session, vacancy, offer, wanted.places, event=event)
    vacancy_judging.judge_vacancies(work, [vacancy], "change")


def change_terms(work: Work, vacancy: UUID, version: int, terms: Terms) -> None:
    """The other terms, all of them together; refused as `change_offer`."""
    found = _lock_own(work, vacancy, version)
    refuse_if(told.find_faults(terms, found.offer))
    event = work.event(Act.VACANCY_CHANGED, vacancy, {"version": version + 1})
    vacancy_terms.save_terms(work.session, vacancy, terms, event=event)
    vacancy_terms.touch(work.session, vacancy, event=event)
    vacancy_judging.judge_vacancies(work, [vacancy], "change")


def move_own(work: Work, vacancy: UUID, action: VacancyAction) -> VacancyStatus:
    """Publish, fill, close, withdraw or take up again.

    Nothing is published while anything stands that blocks, warns or is not known:
    Conflict("vacancy-not-clear") names the rules. Conflict("no-such-vacancy-move") for another
    status, ("offers-stand") for an end while somebody thinks about an offer.
    """
    found = _lock(work, vacancy)
    after = move_vacancy(VacancyStatus(found.status), action)
    if action in OPENING:
        _check_clear(work, found)
    else:
        _check_answered(work, vacancy)
    facts = {"action": action.value, "status": after.value}
    event = work.event(Act.VACANCY_MOVED, vacancy, facts)
    vacancy_terms.move_vacancy(work.session, vacancy, after.value, event=event)
    vacancy_judging.judge_vacancies(work, [vacancy], PUBLISHING)
    return after


def ask_officials(work: Work, vacancy: UUID) -> None:
    """Ask SETRASS to look at what stands; asked twice is asked once.

    Conflict("nothing-to-review") where nothing stands, Conflict("override-never") where something
    stands that nobody may set aside: that is put right first.
    """
    found = _lock(work, vacancy)
    if found.status not in EDITABLE:
        raise Conflict("vacancy-over")
    holding = vacancy_judging.look(work, found).holding
    if not holding:
        raise Conflict("nothing-to-review")
    never = [one for one in holding if not can_be_cleared(one)]
    if never:
        raise Conflict("review-in-vain", rules=tell_rules(never))
    if found.asked:
        return
    event = work.event(Act.VACANCY_REVIEW_ASKED, vacancy)
    person = work.actor.person
    vacancy_terms.ask_officials(work.session, vacancy, person, work.now, event=event)


def judge_again(work: Work, vacancy: UUID) -> None:
    """Keep what is found now, after an act was refused by it: the page shows what stood against."""
    vacancy_judging.judge_vacancies(work, [_lock(work, vacancy).id], PUBLISHING)


def can_be_set_aside(finding: object) -> bool:
    """Whether any official may set a finding aside."""
    return isinstance(finding, RuleFinding) and CATALOGUE[finding.rule].overridable


def can_be_cleared(finding: Finding) -> bool:
    """Whether asking helps: an official sets it aside or records the step, or a mission says so."""
    return (
        can_be_set_aside(finding) or finding.code in ATTESTATION_CODES | labour_market.FINDING_CODES
    )


def _check_clear(work: Work, found: ListedVacancy) -> None:
    if found.offer.ends_on < legal_day(work.now):
        raise Conflict("vacancy-over")
    holding = vacancy_judging.look(work, found).holding
    if holding:
        raise Conflict("vacancy-not-clear", rules=tell_rules(holding))


def _lock(work: Work, vacancy: UUID) -> ListedVacancy:
    check_permission(work.actor, Permission.VACANCY_WRITE)
    found = vacancy_terms.lock_vacancy(work.session, vacancy)
    if found is None or found.offer.employer != str(work.actor.employer):
        raise NotFound("no-such-vacancy")
    return found


def _lock_own(work: Work, vacancy: UUID, version: int) -> ListedVacancy:
    found = _lock(work, vacancy)
    if found.status not in EDITABLE:
        raise Conflict("vacancy-over")
    if found.version != version:
        raise Stale("changed-meanwhile")
    _check_answered(work, vacancy)
    return found


def _check_answered(work: Work, vacancy: UUID) -> None:
    """An offer is a promise of these terms: nothing changes while somebody thinks about one."""
    candidacies.lock_offers(work.session, vacancy)
    if candidacies.has_offers(work.session, vacancy):
        raise Conflict("offers-stand")


def _own_offer(work: Work, identity: UUID, wanted: Wanted) -> Offer:
    """The offer with who hires in it; Invalid with everything that cannot be meant."""
    employer = own_place(work)
    programme = work.ports.reference.programmes.get(wanted.programme)
    if programme is None:
        raise Invalid([Fault("not-an-option", "programme")])
    offer = replace(
        wanted.offer,
        vacancy=str(identity),
        employer=str(employer.id),
        employer_name=employer.name,
        employer_size=employer.size,
    )
    barred = employers.is_barred_now(work.session, employer.id)
    refuse_if(_faults(work, identity, programme, replace(wanted, offer=offer), employer, barred))
    return offer


def _faults(
    work: Work,
    identity: UUID,
    programme: Programme,
    wanted: Wanted,
    employer: vacancies.Employer,
    barred: bool,
) -> list[Fault]:
    offer, today = wanted.offer, legal_day(work.now)
    vacancy = Vacancy(
        id=VacancyId(identity),
        programme=wanted.programme,
        employer=EmployerId(employer.id),
        status=VacancyStatus.DRAFT,
        places=wanted.places,
        **{name: getattr(offer, name) for name in _SAME},
    )
    hiring = law.Employer(
        id=EmployerId(employer.id),
        name=employer.name,
        tax_number=employer.tax_number,
        size=employer.size,
        department=employer.department,
        municipality=employer.municipality,
        standing=Standing.SUSPENDED if barred else Standing.GOOD,
    )
    faults = find_faults(vacancy, hiring, programme.on(today))
    if offer.ends_on < today:
        faults.append(Fault("day-past", "ends_on"))
    return faults


_SAME = tuple(
    name
    for name in Vacancy.__dataclass_fields__
    if name not in {"id", "programme", "employer", "status", "places"}
)
