"""Somebody in every situation that a page knows of, so that each page can be looked at."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

from app.services import (
    acceptances,
    accounts,
    age_marks,
    applications,
    appointments,
    credentials,
    documents,
    return_surveys,
)
from app.services.messages import list_messages
from app.services.pools import list_pools
from app.services.work import Work
from app.storage.accounts import Account
from app.storage.past_permits import list_permits
from app.storage.vacancies import find_vacancy
from permits.approvals import Opinion
from permits.deadlines import legal_day, start_of
from permits.info_requests import Question, QuestionKind
from permits.issuing import RevocationReason
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.programmes import Hiring
from permits.submissions import OWN_FILES, DocumentKind
from tests.builders import PHONE, Story
from tests.costs import ask_back
from tests.journeys import batches
from tests.journeys.abroad import Abroad, go_abroad
from tests.journeys.alerts import find_hit
from tests.journeys.asking import ask_along, ask_office, contest
from tests.journeys.batches import Batches
from tests.journeys.complaining import OnDesk, put_on_desk
from tests.journeys.crew import Registered, register
from tests.journeys.farmed import Farmed, settle
from tests.journeys.how_it_goes import ask_two
from tests.journeys.lives import Lives
from tests.journeys.registers import take_in
from tests.journeys.registrants import Registrants, register_all
from tests.journeys.site import Site
from tests.journeys.steps import begun, old_proof
from tests.offered import reword
from tests.received import EIGHT, hold
from tests.rights import RightStory
from tests.web.pages.walking import photo
from tests.welfare import claim

QUESTIONS = (
    Question(QuestionKind.FACT, "¿Cuál es su segundo apellido?"),
    Question(QuestionKind.DOCUMENT, "Mande otra foto del reverso."),
)
LINK = re.compile(r"/empleadores/respuesta/[\w-]+")
DESKS = (
    *("northern", "setrass", "chief", "agent", "late", "protector", "witness", "looker"),
    "inspector",
)
OFFICIALS = frozenset({*DESKS, "farmer", "mission", "handler", "desk", "head", "partner"})
"""Whose pages are dense, and may weigh more."""

PERMITS = ("issued", "pending", "revoked", "early", "suspended", "taken", "replaced")


@dataclass(frozen=True)
class Cast:
    """Cases by the situation they are in, and what signs their people in.

    `cases`, `permits` and `codes` are ids of applications and credentials and texts of symbols by
    situation; `sessions` maps a situation (its worker) or a role to the value of the cookie.
    `questions` are two links to employers: one that waits, one that is answered. `vacancy` is the
    one that the complete draft names, `pool` that of a department. `steps` are the cookies of
    sign-ins under way, by what they wait for. `request` is the id of what a worker asked about
    their data, `appeal` that of a recourse that waits. `batches` are of cards, `crew` is a list,
    `alert` a hit of the watch list, `receipt` of a returned application, `reception` a day with
    places, `registrants` employers, `register` an older one and a permit in it, `asked_along` the
    link to a grown companion, `cost` a payment asked back, `welfare` a claim beside wages,
    `how_it_goes` what `ask_two` tells, `roster` who waits for work abroad, `farmed` a farm of the
    employer, `mark` what the agent marked by R05.
    """

    cases: Mapping[str, str]
    permits: Mapping[str, str]
    codes: Mapping[str, str]
    sessions: Mapping[str, str]
    questions: tuple[str, ...]
    vacancy: str
    pool: str
    employer: str
    steps: Mapping[str, str]
    request: str
    appeal: str
    batches: Batches
    crew: Registered
    alert: str
    receipt: str
    reception: str
    registrants: Registrants
    register: tuple[str, str]
    asked_along: str
    cost: str
    welfare: str
    how_it_goes: tuple[str, str, str, str]
    roster: Abroad
    farmed: Farmed
    desk: OnDesk
    mark: str


def gather(site: Site) -> Cast:
    """Live every story in the site's database, and let the worker process do its part."""
    with site.database.sessions.begin() as session:
        lives = Lives(site, session)
        stories = _stories(lives)
        people = {name: story.worker for name, story in stories.items()}
        people["setrass"] = lives.official("setrass@example.org", Role.SETRASS_OFFICER)
        people["chief"] = lives.official("jefa@example.org", Role.SETRASS_SUPERVISOR)
        people["protector"] = lives.official("datos@example.org", Role.DATA_PROTECTION_OFFICER)
        people["handler"] = lives.official("quejas@example.org", Role.COMPLAINT_HANDLER)
        people["witness"] = lives.official("testigo@example.org", Role.FACILITATOR)
        people["looker"] = lives.official("revision@example.org", Role.INM_SECOND_LOOK)
        people["inspector"] = lives.official("inspectora@example.org", Role.LABOUR_INSPECTOR)
        people["agent"] = lives.official("frontera@example.org", Role.BORDER_AGENT)
        sessions = {name: lives.token(actor) for name, actor in people.items()}
        request = ask_office(stories["refused"])
        cost, welfare = ask_back(stories["home"]), claim(stories["home"])
        how_it_goes = ask_two(stories["working"], stories["hurt"])
        roster, desk = go_abroad(lives, stories["issued"]), put_on_desk(lives)
        sessions |= {**roster.sessions, **desk.sessions}
        appeal = contest(stories["contested"])
        reception = _receive(stories["review"])
        asked_along = ask_along(stories["review"])
        register_id = take_in(lives, people["chief"])
        sessions["late"] = old_proof(lives, people["setrass"])
        steps = begun(lives)
        vacancy = lives.vacancies[stories["complete"].id]
        alert = find_hit(lives, people["looker"])
        farmer, registrants = _farmer(lives, vacancy), register_all(lives)
        sessions["mission"] = registrants.attesting
        listed = register(lives, farmer, vacancy)
        hired = Story(session, site.house.ports, site.now())
        farmed = settle(stories["issued"], hired, farmer, vacancy)
        sessions["hired"] = lives.token(hired.worker)
        sessions |= {"farmer": lives.token(farmer), "listed": lives.token(listed.worker)}
    site.work()
    officer = Work(session, people["setrass"], site.now(), site.house.ports, "test")
    with site.database.sessions.begin() as session:
        drawn = batches.order(replace(officer, session=session), 2)
    site.work()
    with site.database.sessions.begin() as session:
        lives.session = session
        for story in stories.values():
            story.session, story.now = session, site.now()
        stories["pending"] = lives.begin().submit().approve()
        sessions["pending"] = lives.token(stories["pending"].worker)
        mark = _mark(stories["half"], people["agent"])  # last: it holds every case of the person
        found = {name: lives.credential(stories[name]) for name in PERMITS}
        questions = _answer_one(site, Work(session, SYSTEM, site.now(), site.house.ports, "test"))
        receipt = stories["returned"].application.receipt or ""
        printed = batches.settle(replace(officer, session=session), drawn)
        past = list_permits(session, site.house.ports.vault, UUID(register_id), None, 2)
    return Cast(
        {name: str(story.id) for name, story in stories.items()},
        {name: str(one.id) for name, one in found.items()},
        {name: one.text or "" for name, one in found.items()},
        sessions,
        questions,
        str(vacancy),
        str(list_pools(officer, "coffee-hn-gt")[0].id),
        str(farmer.employer),
        steps,
        request,
        appeal,
        printed,
        listed,
        alert,
        receipt,
        reception,
        registrants,
        (register_id, str(past[1].id)),
        asked_along,
        cost,
        welfare,
        how_it_goes,
        roster,
        farmed,
        desk,
        mark,
    )


def _stories(lives: Lives) -> dict[str, Story]:
    half, refused, contested, returned = (lives.begin().submit() for _ in range(4))
    withdrawn, revoked = lives.begin(), lives.permit()
    issued = _with_photos(lives.begin()).submit().approve().sign()  # with the photo's symbol
    applications.withdraw_application(withdrawn.work(withdrawn.worker), withdrawn.id)
    applications.create_application(issued.work(issued.worker), "coffee-hn-gt")
    _revoke(lives, revoked)
    for _ in range(2):
        lives.begin(hiring=Hiring.ON_ACCEPTANCE).submit()
    return {
        "empty": _empty(lives),
        "complete": _with_photos(lives.begin()),
        "review": _with_photos(lives.begin()).submit(),
        "waiting": lives.begin(hiring=Hiring.ON_ACCEPTANCE).submit(),
        "half": half.decide(half.setrass, Opinion.APPROVE),
        "abroad": Story(lives.session, lives.site.house.ports, lives.site.now())
        .start_abroad()
        .submit(),
        "asked": lives.begin().submit().ask(*QUESTIONS),
        "returned": returned.decide(returned.setrass, Opinion.RETURN),
        "refused": refused.decide(refused.setrass, Opinion.REFUSE),
        "contested": contested.decide(contested.setrass, Opinion.REFUSE),
        "withdrawn": withdrawn,
        "issued": issued,
        "reworded": reword(lives.begin().submit()),
        "early": lives.permit(5, 60),
        "revoked": revoked,
        "suspended": RightStory(lives.permit()).suspend().story,
        "proposed": RightStory(lives.permit()).propose().story,
        "taken": RightStory(lives.permit()).propose().confirm().story,
        "replaced": RightStory(lives.permit()).lose_card().story,
        "home": _home(lives),
        "working": lives.permit(),
        "hurt": lives.permit(),
        "twice": lives.twice(),
    }


def _mark(story: Story, agent: Actor) -> str:
    """The agent has marked that somebody may be a child."""
    work = story.work(agent)
    age_marks.mark_age(work, story.application.receipt or "", age_marks.Sign.LOOKS)
    return str(age_marks.list_marks(work)[0].mark.id)


def _empty(lives: Lives) -> Story:
    """A draft without a single answer."""
    story = Story(lives.session, lives.site.house.ports, lives.site.now())
    nobody = story.work(Actor(PersonId(uuid4()), Role.ANYONE))
    started = applications.start_application(nobody, "coffee-hn-gt", PHONE, "es")
    story.worker, story.id = started.actor, started.application.id
    return story


def _with_photos(story: Story) -> Story:
    for kind in OWN_FILES:
        if kind in {DocumentKind.PHOTO, DocumentKind.IDENTITY_FRONT}:
            documents.attach_document(story.work(story.worker), story.id, kind, photo())
    return story


def _receive(story: Story) -> str:
    """A worker has a place on a day of SETRASS."""
    day = hold(story)
    appointments.take_place(story.work(story.worker), story.id, day.id, EIGHT)
    return str(day.id)


def _farmer(lives: Lives, vacancy: UUID) -> Actor:
    """Who acts for the employer of a vacancy."""
    found = find_vacancy(lives.session, vacancy)
    assert found is not None
    employer = UUID(found.offer.employer)
    actor = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña de la finca", employer=employer)
    work = Work(lives.session, SYSTEM, lives.site.now(), lives.site.house.ports, "test")
    accounts.add(work, Account.of(actor, "duena@example.org", None))
    return actor


def _home(lives: Lives) -> Story:
    """Somebody whose season is over, asked how it went."""
    story = RightStory(lives.permit()).end().story
    morning = start_of(legal_day(story.now) + timedelta(days=1)) + timedelta(hours=9)
    return_surveys.ask_returned(replace(story.work(SYSTEM), now=morning))
    return story


def _revoke(lives: Lives, story: Story) -> None:
    found = lives.credential(story)
    credentials.revoke_credential(
        story.work(story.setrass), found.id, RevocationReason.LOST, seen_version=found.version
    )


def _answer_one(site: Site, work: Work) -> tuple[str, ...]:
    """The links that employers were sent, the last of them answered."""
    messages = list_messages(work, "cedral@demo.example", everybody=True)
    links = [found.group() for message in messages if (found := LINK.search(message.body))]
    acceptances.answer_question(work, links[-1].rsplit("/", 1)[1], accepted=True)
    return (links[0], links[-1])
