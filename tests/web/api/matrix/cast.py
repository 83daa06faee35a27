"""Who asks, and about whose file: a person of every role, and a file of every owner."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from app.services import applications, approvals, credentials, documents
from app.storage import accounts
from app.storage.vacancies import find_vacancy
from permits.approvals import Opinion
from permits.audit import Act
from permits.deadlines import legal_day
from permits.duties import NEEDS
from permits.people import ACCOUNT_ROLES, SYSTEM, Actor, PersonId, Role
from permits.reach import File
from permits.submissions import DocumentKind
from tests.builders import Story, add_vacancy, work_of
from tests.web.api.operations import picture
from tests.web.api.world import World, now

HERE, ELSEWHERE = "HN-CP", "HN-OC"
NO_SUCH = uuid4()
NAMES = ("application", "document", "vacancy", "credential", "authorisation")


@dataclass(frozen=True)
class Owned:
    """A file of somebody, as the law places it, and the ids that lead to it."""

    file: File
    document: UUID
    vacancy: UUID
    credential: UUID | None = None
    authorisation: UUID | None = None

    @property
    def ids(self) -> Mapping[str, UUID]:
        """What stands in the paths."""
        ids = (self.document, self.vacancy, self.credential, self.authorisation)
        return {name: one or NO_SUCH for name, one in zip(NAMES, (self.file.id, *ids), strict=True)}


MISSING: Mapping[str, UUID] = dict.fromkeys(NAMES, NO_SUCH)


@dataclass(frozen=True)
class Cast:
    """The people by what they are, and the files by whose they are; None: there is none."""

    people: Mapping[str, Actor]
    files: Mapping[str, Owned | None]


def live(world: World) -> Cast:
    """Live every story in one transaction and commit it."""
    with world.database.sessions.begin() as session:
        at = now()
        farms = {place: _farm(session, world, place) for place in (HERE, ELSEWHERE)}

        def begun(place: str = HERE) -> Story:
            story = Story(session, world.ports, at).start(vacancy=str(farms[place]))
            work = story.work(story.worker)
            documents.attach_document(work, story.id, DocumentKind.PHOTO, picture())
            return story

        stories = {
            "of the department": begun().submit().approve().sign(),
            "of another department and employer": begun(ELSEWHERE).submit().approve().sign(),
            "held by a colleague": _held(begun().submit()),
            "in the other agency's turn": _half(begun().submit()),
            "refused": _refused(begun().submit()),
            "a draft": begun(),
            "a withdrawn draft": _taken_back(begun()),
            "taken back": _taken_back(begun().submit()),
        }
        employers = {place: _employer_of(session, farms[place]) for place in farms}
        owned = {
            name: _owned(story, ELSEWHERE if "another" in name else HERE, farms, employers)
            for name, story in stories.items()
        }
        people = _people(stories, employers)
        _post(session, world, people.values())
        return Cast(people, {**owned, "missing": None})


def _post(session: Any, world: World, people: Iterable[Actor]) -> None:  # noqa: ANN401
    """Whoever acts for an agency has an account and a posting: what they note refers to it."""
    for one in people:
        if one.agency:
            account = accounts.Account.of(one, f"{one.person.hex}@demo.example", "")
            work = work_of(session, SYSTEM, world.ports, now())
            event = work.event(Act.ACCOUNT_ADDED, one.person, {"role": one.role.value})
            accounts.add_account(session, account, SYSTEM.person, now(), event=event)


def _farm(session: Any, world: World, department: str) -> UUID:  # noqa: ANN401
    day = legal_day(now())
    last = day + timedelta(days=60)
    return add_vacancy(session, world.ports, starts_on=day, ends_on=last, department=department)


def _employer_of(session: Any, vacancy: UUID) -> UUID:  # noqa: ANN401
    found = find_vacancy(session, vacancy)
    assert found is not None
    return UUID(found.offer.employer)


def _held(story: Story) -> Story:
    version = story.application.version
    approvals.hold_application(story.work(story.setrass), story.id, seen_version=version)
    return story


def _half(story: Story) -> Story:
    return story.decide(story.setrass, Opinion.APPROVE)


def _refused(story: Story) -> Story:
    return story.decide(story.setrass, Opinion.REFUSE)


def _taken_back(story: Story) -> Story:
    applications.withdraw_application(story.work(story.worker), story.id)
    return story


def _owned(
    story: Story, department: str, farms: Mapping[str, UUID], employers: Mapping[str, UUID]
) -> Owned:
    found, work = story.application, story.work(story.worker)
    (document,) = applications.read_own(work, story.id).documents
    permit = credentials.find_permit_of(work, story.id)
    file = File(
        found.id,
        found.worker,
        found.status,
        found.round > 0,
        department,
        employers[department],
        "GTM",
    )
    here = Owned(file, document.id, farms[department])
    if permit is None:
        return here
    carrier, right = permit.credential.id, permit.authorisation.id
    return replace(here, credential=carrier, authorisation=right)


def _people(stories: Mapping[str, Story], employers: Mapping[str, UUID]) -> dict[str, Actor]:
    def somebody(role: Role, **bounds: Any) -> Actor:  # noqa: ANN401
        return Actor(PersonId(uuid4()), role, "Alguien", **bounds)

    bounds: Mapping[Role, Mapping[str, Any]] = {
        Role.BORDER_AGENT: {"post": "HN-GT-1"},
        Role.POST_SUPERVISOR: {"post": "HN-GT-1"},
        Role.EMPLOYER: {"employer": employers[HERE]},
        **{role: {"country": "GTM"} for role in NEEDS["country"]},
    }
    people = {role.value: somebody(role, **bounds.get(role, {})) for role in ACCOUNT_ROLES}
    return people | {
        "worker of the permit": stories["of the department"].worker,
        "worker of the draft": stories["a draft"].worker,
        "worker of the held one": stories["held by a colleague"].worker,
        "another worker": stories["of another department and employer"].worker,
        "officer of the department": somebody(Role.SETRASS_OFFICER, department=HERE),
        "officer of another department": somebody(Role.INM_OFFICER, department=ELSEWHERE),
        "analyst of another department": somebody(Role.SETRASS_ANALYST, department=ELSEWHERE),
        "another employer": somebody(Role.EMPLOYER, employer=employers[ELSEWHERE]),
        "another country": somebody(Role.PARTNER_AUTHORITY, country="SLV"),
        "agent of another post": somebody(Role.BORDER_AGENT, post="HN-GT-2"),
    }
