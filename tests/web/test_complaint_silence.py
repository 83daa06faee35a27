"""Somebody complains, and nothing moves that an employer, agency, border or administrator reads.

Every page and reply is read before it, and again while it is open, shielded and told of; on the
employer's side also after a worker has kept a diary, answered a check-in and told of the contract.
"""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.services import (
    accounts,
    check_ins,
    complaint_acts,
    complaint_alarms,
    complaint_rejudging,
    complaint_terms,
    contracts,
    nothing_paid,
)
from app.services.complaint_acts import Judgement
from app.services.effects import run_next_effect
from app.services.messages import list_messages
from app.services.ports import Ports
from app.storage.accounts import Account
from app.storage.working_rights import list_working
from app.web.letting_in import FIRST_PAGE
from permits.deadlines import legal_day
from permits.notices import ABOUT_COMPLAINTS
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.permit_numbers import show
from recruitment.check_ins import Moment
from recruitment.complaints.handling import reference_of
from recruitment.complaints.moves import Action
from recruitment.complaints.words import Category, Flag, Severity, Status
from recruitment.contracts import Reported
from recruitment.costs import Asker
from tests.barred import employer_of
from tests.builders import Story, add_official
from tests.complained import WORDS, Office, complain
from tests.complaint_desk import SECRET, Desk
from tests.costs import NAME, note_fee
from tests.databases import Database
from tests.web.api.operations import signed, vacancy_of
from tests.web.api.world import World, now
from tests.web.conftest import As
from tests.web.crawling import crawl, plain
from tests.web.employer_side import OWNERS_MAIL, EmployerSide, hears_nothing, stand
from tests.working import answer

ONE = "/api/v1/applications/{application}"
READ = (
    *("/api/v1/applications", ONE, f"{ONE}/appeals", f"{ONE}/contract", f"{ONE}/companions"),
    *(f"{ONE}/questions", f"{ONE}/payslips", f"{ONE}/check-ins", f"{ONE}/journey"),
    *("/api/v1/authorisations/{authorisation}", "/api/v1/credentials/{credential}"),
    *("/api/v1/crossings", "/api/v1/farms", "/api/v1/recruitment-costs", "/api/v1/employers"),
    *("/api/v1/vacancies/{vacancy}/findings", "/api/v1/employer-profiles/{employer}"),
)
AGE = re.compile(r'"list_age_seconds":\d+')
LOOKS = re.compile(r'<li class="looks quiet">.*?</li>\s*', re.S)
"""Who opened the case: each look adds to it."""

FOR_EVERYBODY = (
    *("/consulta", "/reclutadores", "/registro-empleador", "/reglas", "/v", "/verificar-oferta"),
    *("/mi-cuenta/", "/salarios-minimos"),
)
"""Open to everybody, or about oneself alone: nothing of a case stands there."""

NOTED = (ONE, "/api/v1/credentials/{credential}")
VERIFY = "/api/v1/credentials/verify"
OF_COMPLAINTS = {one.value for one in ABOUT_COMPLAINTS}
PAGES = ("/casos/{application}", "/bandeja?espera=todas", "/mi-cuenta")


@dataclass
class Readers:
    """Who reads, and all that each of them has read by address."""

    world: World
    browsers: Mapping[PersonId, TestClient]
    callers: Mapping[PersonId, TestClient]
    people: Mapping[str, Actor]
    ids: Mapping[str, UUID]
    text: str
    handlers: Sequence[Actor]
    side: EmployerSide

    def look(self, *only: str) -> dict[tuple[str, str], str]:
        """Every page from the first one on, and every reply of the API; of these people, or all."""
        return {
            (who, path): LOOKS.sub("", plain(told))
            for who, actor in self.people.items()
            if who in (only or self.people)
            for path, told in {**self._pages(actor), **self._replies(actor)}.items()
        }

    def warm(self) -> None:
        """Open once what notes on itself that it was opened."""
        case = PAGES[0].format(**self.ids)
        for actor in self.people.values():
            self.browsers[actor.person].get(case)
            for path in NOTED:
                self.callers[actor.person].get(path.format(**self.ids))

    def _pages(self, actor: Actor) -> dict[str, str]:
        client = self.browsers[actor.person]
        found = crawl(client, FIRST_PAGE[actor.role], FOR_EVERYBODY)
        for path in (one.format(**self.ids) for one in PAGES):
            found[path] = client.get(path).text
        return found

    def _replies(self, actor: Actor) -> dict[str, str]:
        if actor.role is Role.SETRASS_OFFICER:
            return {}  # the same replies as migration's
        caller = self.callers[actor.person]
        return {one: caller.get(one.format(**self.ids)).text for one in READ}

    def scan(self) -> str:
        """What the border is told of the permit; the case notes it."""
        caller = self.callers[self.people["border"].person]
        reply = caller.post(VERIFY, json={"text": self.text})
        assert reply.json()["verdict"] == "green"
        return AGE.sub("", plain(reply.text))


@pytest.fixture
def story(app: FastAPI, database: Database, ports: Ports) -> Story:
    return World(app, database, ports).live(signed)


@pytest.fixture
def readers(app: FastAPI, database: Database, ports: Ports, as_: As, story: Story) -> Readers:
    world = World(app, database, ports)
    world.publish()
    permit = world.permit_of(story)
    with database.sessions.begin() as session:
        office = Office(session, ports).ready()
        office.join()  # who approves a finding
        lived = world.again(session, story)
        employer, vacancy = employer_of(lived), vacancy_of(lived)
        farmer = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=employer)
        work = world.work(session, SYSTEM)
        accounts.add(work, Account.of(farmer, OWNERS_MAIL, None))
        people = {
            "migration": story.inm,
            "labour": story.setrass,
            "border": add_official(session, ports, Role.BORDER_AGENT),
            "administrator": add_official(session, ports, Role.ADMINISTRATOR),
        }
    ids = {
        "application": UUID(str(story.id)),
        "authorisation": permit.authorisation.id,
        "credential": permit.credential.id,
        "employer": employer,
        "vacancy": vacancy,
    }
    browsers = {one.person: as_(one) for one in people.values()}
    callers = {one.person: world.caller(one) for one in people.values()}
    side = stand(world, as_, story, farmer)
    symbol = permit.credential.text or ""
    return Readers(world, browsers, callers, people, ids, symbol, office.handlers, side)


def complain_about(world: World, story: Story, handlers: Sequence[Actor]) -> Desk:
    """A complaint in danger, with its shield, its messages sent, and much that could leak."""
    permit = show(world.permit_of(story).credential.number)
    with world.database.sessions.begin() as session:
        office = Office(session, world.ports, handlers=list(handlers))
        desk = Desk(office, now()).later(minutes=0)
        filed = complain(office.work(now=desk.now))
        desk.complaint, desk.digits = filed.id, filed.digits
        complaint_terms.begin_clocks(desk.system)
        desk.take().act(Action.SCREEN)
        desk.accept(Severity.S1)
        desk.later(hours=5)
        assert complaint_alarms.raise_alarms(desk.system)  # nobody protected in time
        desk.says(SECRET)
        case, seen = desk.complaint, desk.seen
        complaint_acts.protect(desk.by(), desk.token(), case, SECRET, permit, seen=seen)
        while run_next_effect(desk.system):
            pass
    return desk


def tell_how_it_goes(world: World, story: Story) -> tuple[str, ...]:
    """The worker keeps a diary of costs and answers a check-in; words that stand nowhere else."""
    with world.database.sessions.begin() as session:
        lived = copy(story)  # nobody is added: the administrator would see more accounts
        lived.session, lived.now = session, now()
        noted = note_fee(lived, Asker.EMPLOYER)
        later = legal_day(lived.now) + timedelta(days=15)
        (right,) = [one for one in list_working(session, later, 500) if one.application == lived.id]
        made = check_ins.ask_worker(lived.work(SYSTEM), right, Moment.FIRST_WEEK)
        assert made is not None
        answered = answer(lived, paid="less", safe="threatened")
        assert answered.findings  # a case is wanted: much that could leak
        fields = frozenset({Reported.WAGE})  # told of the employer, and to SETRASS alone
        contracts.report_own(lived.work(lived.worker), lived.id, fields)
    return (NAME, "777.77", "777,77", str(noted), str(made.id))


@pytest.mark.feature("N12", "H2", "D4")
@pytest.mark.promise("P12")
def test_no_page_and_no_reply_tells_of_a_complaint(readers: Readers, story: Story) -> None:
    scanned = readers.scan()
    readers.warm()
    before, beside = readers.look(), readers.side.read()
    desk = complain_about(readers.world, story, readers.handlers)
    after = readers.look()
    told = (WORDS, SECRET, str(desk.complaint), reference_of(desk.complaint), desk.digits)
    assert {who for who, _ in after} == set(readers.people)
    assert readers.scan() == scanned
    for who, path in sorted(before | after):
        assert after[who, path] == before[who, path], (who, path)
    assert not [one for one in after if any(word in after[one] for word in told)]
    with readers.world.database.sessions() as session:
        work = readers.world.work(session, readers.people["administrator"])
        sent = [
            {one.kind for one in list_messages(work, everybody=all_of_them)} & OF_COMPLAINTS
            for all_of_them in (True, False)
        ]
    assert sent == [{"complaint-danger"}, set()]
    spoken = tell_how_it_goes(readers.world, story)
    # Labour protects who answers, and reads it; nobody below does.
    again = readers.look("border", "administrator")
    for who, path in sorted(again):
        assert again[who, path] == after[who, path], (who, path)
        assert not [one for one in spoken if one in again[who, path]], (who, path)
    readers.world.publish()  # and so do messages go out
    hears_nothing(readers.side, beside, (*told, *spoken))
    learns_little(readers, desk, beside)


@pytest.mark.feature("N9", "D4")
@pytest.mark.promise("P12")
def test_no_page_and_no_reply_tells_that_a_worker_paid_nothing(
    readers: Readers, story: Story
) -> None:
    readers.warm()
    before, beside = readers.look(), readers.side.read()
    with readers.world.database.sessions.begin() as session:
        lived = copy(story)  # nobody is added
        lived.session = session
        nothing_paid.say_nothing(lived.work(lived.worker), lived.id)
        [said] = nothing_paid.read_said(lived.work(lived.worker), lived.id).told
    after = readers.look()
    for one in sorted(before | after):
        assert (after[one], str(said.id) in after[one]) == (before[one], False), one
    hears_nothing(readers.side, beside, (str(said.id),))


GRAVE, SINCE = "Se comprobó una queja muy grave.", "Desde el "


def learns_little(readers: Readers, desk: Desk, before: Mapping[tuple[str, str], str]) -> None:
    """A finding: of a marked case nothing, and of another that there is one, with no day."""
    find_against(readers, desk, Flag.EMPLOYER_SENSITIVE)
    marked = readers.side.read()
    assert [path for who, path in before if marked[who, path] != before[who, path]] == []
    find_against(readers, desk)
    told = readers.side.read()
    moved = [told[one] for one in before if told[one] != before[one]]
    assert any(GRAVE in one for one in moved)
    for one in moved:
        assert reference_of(desk.complaint) not in one
        assert one.count(GRAVE) <= 1
        assert not one.partition(GRAVE)[2].lstrip("</p> ").startswith(SINCE)


def find_against(readers: Readers, desk: Desk, *flags: Flag) -> None:
    """The case is judged to be against the employer, with these marks, and is found once."""
    world = readers.world
    with world.database.sessions.begin() as session:
        desk.office = Office(session, world.ports, handlers=list(readers.handlers))
        desk.now = now()  # its hours may have passed into another day than the readers'
        desk.later(minutes=0)
        said = Judgement(
            Severity.S1, (Category.THREATS,), frozenset(flags), readers.ids["employer"]
        )
        told = (desk.by(), desk.token(), desk.complaint, said, "Por lo que dijo.")
        complaint_rejudging.rejudge(*told, seen=desk.seen)
        if desk.status is Status.OPEN:
            desk.find()
    world.publish()  # the employer's vacancies are judged again
