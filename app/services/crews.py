"""Crew lists: a spreadsheet looked through, and drafts made of it once somebody confirmed it."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from app.services import nominations, notices
from app.services.applications import create_application, setting_of
from app.services.documents import UPLOAD_LIMIT, UnfitFile
from app.services.outages import Outage
from app.services.pools import find_work, keep_pool, list_pools
from app.services.resume_codes import PLACE, nobodys
from app.services.work import Work
from app.storage import crew_lists, crew_phones, crews, people, vacancies
from app.storage import nominations as named
from app.storage.crew_lists import ListedCrew as ListedCrew
from app.storage.crews import ListedMember as ListedMember
from app.storage.people import ResumeCode
from app.storage.vacancies import ListedVacancy as ListedVacancy
from permits.applications import ApplicationId
from permits.audit import Act
from permits.crew_rows import Lists, Person, ReadList, read_list, shared_with_others
from permits.crews import Crew, Member, MemberState, state_of
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, Invalid, NotFound
from permits.notices import NoticeKind
from permits.offer_checks import named_first
from permits.people import Actor, Permission, PersonId, Role
from permits.policies import check_permission
from permits.sheet_rows import Row, RowFault
from permits.submissions import to_mapping
from recruitment.nominations import check_places

ReadPhone = Callable[[str], str | None]


@dataclass(frozen=True)
class SeenMember:
    """One line of a list, as whoever registered it sees it.

    `receipt` is told to an employer alone, of what was handed in: a brigade knows of a case until
    then, and no more.
    """

    place: int
    name: str
    state: MemberState
    application: ApplicationId
    receipt: str | None


@dataclass(frozen=True)
class SeenCrew:
    """A list with how far each of its workers is."""

    crew: Crew
    vacancy: ListedVacancy
    members: tuple[SeenMember, ...]


def list_vacancies(work: Work) -> Sequence[ListedVacancy]:
    """The work for which this person may register a list; for a brigade the pools come first."""
    check_permission(work.actor, Permission.CREW_REGISTER)
    today = legal_day(work.now)
    if work.actor.role is not Role.EMPLOYER:
        every = work.ports.reference.programmes
        open_pools = [pool for code in sorted(every) for pool in list_pools(work, code)]
        return [*open_pools, *vacancies.list_open(work.session, None, today)]
    employer = work.actor.employer
    own = vacancies.list_of_employer(work.session, employer) if employer else []
    return [one for one in own if vacancies.is_open(one, today)]


def read_vacancy(work: Work, vacancy: UUID) -> ListedVacancy:
    """One of them; NotFound for another employer's, Conflict("vacancy-closed") for one that ended.

    An employer registers lists for the own vacancies, a facilitator's brigade for any, and for the
    pool of a department, which has no employer yet.
    """
    check_permission(work.actor, Permission.CREW_REGISTER)
    found = find_work(work, vacancy)
    own = work.actor.role is Role.EMPLOYER
    if found is None or (own and found.offer.employer != str(work.actor.employer)):
        raise NotFound("no-such-vacancy")
    if not vacancies.is_open(found, legal_day(work.now)):
        raise Conflict("vacancy-closed")
    return found


def check_list(work: Work, vacancy: UUID, data: bytes, read_phone: ReadPhone) -> ReadList:
    """Look a spreadsheet through and keep nothing of it.

    Every fault is told by row and column. UnfitFile where the file is no spreadsheet, is too
    large, or holds malware; Outage where nobody can say.
    """
    found = read_vacancy(work, vacancy)
    return _read(work, found, read_sheet(work, data), read_phone)


def read_sheet(work: Work, data: bytes) -> Sequence[Row]:
    """The rows of a file that somebody sent; UnfitFile and Outage as `check_list` says."""
    if len(data) > UPLOAD_LIMIT:
        raise UnfitFile([Fault("file-too-large", "list", {"limit_mb": 15})])
    try:
        harmful = work.ports.malware.is_malware(data)
    except OSError:
        raise Outage("malware-scan-away") from None
    if harmful:
        raise UnfitFile([Fault("file-infected", "list")])
    return work.ports.sheets.read(data)


def register_crew(
    work: Work, crew: UUID, vacancy: UUID, rows: Sequence[Row], read_phone: ReadPhone
) -> None:
    """Make a draft for each worker of a list that was looked through, and tell each of them.

    The rows are looked through again: Invalid with the place of every fault, and nothing kept,
    where anything is wrong with them now. `crew` is the id that the form came with: sent twice, a
    list is registered once. An employer who registers a worker has named them, and is not asked
    again. Nothing is handed in: each worker says yes or no for themselves.
    """
    found = read_vacancy(work, vacancy)
    list_ = Crew(crew, vacancy, found.programme, work.actor.person, work.now)
    event = work.event(Act.CREW_REGISTERED, crew, {"vacancy": str(vacancy), "rows": len(rows) - 1})
    with work.attempt():
        keep_pool(work, found)
        if not crews.add_crew(work.session, list_, event=event):
            return
        read = _read(work, found, rows, read_phone)
        if read.faults:
            raise Invalid([_placed(one) for one in read.faults])
        if work.actor.role is Role.EMPLOYER:
            _name(work, found, read.people)
        code = nobodys(work)
        members = [_begin(work, list_, person, code) for person in read.people]
        event = work.event(Act.CREW_FILLED, crew, {"count": len(members)})
        crews.add_members(work.session, members, event=event)


def _placed(one: RowFault) -> Fault:
    """The fault with row and column in its field, such as "row-3.phone"."""
    return replace(one.fault, field=f"row-{one.row}.{one.fault.field}") if one.row else one.fault


def list_own(work: Work) -> Sequence[ListedCrew]:
    """The lists that this person registered, or that others did for the same employer."""
    check_permission(work.actor, Permission.CREW_REGISTER)
    if work.actor.role is not Role.EMPLOYER:
        return crew_lists.list_registered_by(work.session, work.actor.person)
    employer = work.actor.employer
    return crew_lists.list_of_employer(work.session, employer) if employer else []


def read_own(work: Work, crew: UUID) -> SeenCrew:
    """One of them: of each worker the name and how far it is, never what was found."""
    check_permission(work.actor, Permission.CREW_REGISTER)
    found = crews.get_crew(work.session, crew)
    vacancy = _vacancy(work, found)
    employer = work.actor.role is Role.EMPLOYER and vacancy.offer.employer == str(
        work.actor.employer
    )
    if not employer and found.registered_by != work.actor.person:
        raise NotFound("no-such-crew")
    members = crews.list_members(work.session, crew)
    return SeenCrew(found, vacancy, tuple(_seen(one, employer=employer) for one in members))


def _seen(listed: ListedMember, *, employer: bool) -> SeenMember:
    found, place = listed.application, listed.member.place
    state = state_of(found.status, handed_in=found.round > 0)
    receipt = found.receipt if employer else None
    return SeenMember(place, listed.worker_name, state, found.id, receipt)


def _vacancy(work: Work, crew: Crew) -> ListedVacancy:
    found = find_work(work, crew.vacancy)
    if found is None:
        raise NotFound("no-such-vacancy")
    return found


def _read(
    work: Work, vacancy: ListedVacancy, rows: Sequence[Row], read_phone: ReadPhone
) -> ReadList:
    setting = setting_of(work, vacancy.programme)
    reference, country = work.ports.reference, setting.programme.nationalities[0]
    foreign = _phones_of_others(work, vacancy)
    places = reference.municipalities.get(country, {})
    read = read_list(rows, setting, Lists(places, reference.languages, read_phone, foreign))
    faults = _strangers(work, vacancy, read)
    if read.rows > vacancy.places:
        facts: dict[str, str | int] = {"places": vacancy.places}
        faults.append(RowFault(0, Fault("crew-more-than-places", "", facts)))
    return replace(read, faults=tuple(sorted((*read.faults, *faults), key=lambda one: one.row)))


def _phones_of_others(work: Work, vacancy: ListedVacancy) -> frozenset[str]:
    """The phones of whoever registers the list and of who hires: no worker's own."""
    employer = UUID(vacancy.offer.employer) if vacancy.offer.employer else None
    own = crew_phones.list_own_phones(work.session, work.actor.person, employer)
    return frozenset(filter(None, [vacancy.employer_phone, *own]))


def _strangers(work: Work, vacancy: ListedVacancy, read: ReadList) -> list[RowFault]:
    """What other lists and names stand against: who is on a list already, who was not chosen, and
    whose phone too many have."""
    numbers = [one.answers.document_number or "" for one in read.people]
    known = crews.list_registered(work.session, work.ports.vault, vacancy.id, numbers)
    chosen = _chosen(work, vacancy, numbers)
    faults = [
        RowFault(one.row, Fault("crew-registered-before", "document_number"))
        for one in read.people
        if one.answers.document_number in known
    ]
    faults += [
        RowFault(one.row, Fault("crew-not-selected", "document_number"))
        for one in read.people
        if one.answers.document_number not in chosen
    ]
    phones = {one.answers.phone for one in read.people if one.answers.phone}
    before = crew_phones.count_on_phones(work.session, phones)
    return [*faults, *shared_with_others(read.people, before)]


def _chosen(work: Work, vacancy: ListedVacancy, numbers: Sequence[str]) -> Collection[str]:
    """Of these people, those who may come with a list: all, unless the employer chooses first.

    An employer who registers a list chooses by it. Anybody else's may hold only whom the employer
    has named: of the others every yes would be refused as not selected.
    """
    programme = work.ports.reference.programmes[vacancy.programme].on(legal_day(work.now))
    if work.actor.role is Role.EMPLOYER or vacancy.offer.is_pool or not named_first(programme):
        return numbers
    return named.list_named(work.session, work.ports.vault, vacancy.id, numbers)


def _name(work: Work, vacancy: ListedVacancy, persons: Sequence[Person]) -> None:
    """As on the page of names: no more promises than places."""
    named.lock_names(work.session, vacancy.id)
    before = nominations.read_own(work, vacancy.id).named
    numbers = [one.answers.document_number or "" for one in persons]
    event = work.event(Act.WORKERS_NAMED, vacancy.id, {"count": len(numbers)})
    new = named.name_workers(work.session, work.ports.vault, vacancy.id, numbers, event=event)
    check_places(vacancy.places, before + new)


def _begin(work: Work, crew: Crew, person: Person, code: ResumeCode) -> Member:
    """A worker and their draft. The code on paper is nobody's until the worker asks for one."""
    actor = Actor(PersonId(work.new_id()), Role.WORKER)
    own = work.as_actor(actor)
    index = work.ports.vault.index(PLACE, str(actor.person))
    answers, phone = person.answers, person.answers.phone or ""
    worker = people.Worker(actor.person, phone, ResumeCode(code.slow_hash, index), "es")
    event = work.event(Act.ACCOUNT_ADDED, actor.person, {"role": actor.role.value})
    people.add_worker(work.session, worker, work.now, event=event)
    brought = replace(answers, vacancy=str(crew.vacancy), brings_documents=True, brings_photo=True)
    given = {
        name: getattr(brought, name)
        for name, value in to_mapping(brought).items()
        if value is not None
    }
    application = create_application(own, crew.programme, given)
    link = f"{work.ports.public_url}/consentir"
    notices.tell_worker(own, NoticeKind.CREW_REGISTERED, application, {"link": link})
    return Member(application.id, crew.id, actor.person, person.row)
