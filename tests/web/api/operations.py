"""The one table of role × operation: what each role is answered, and in which state of a case."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from app.services import (
    appeals,
    appointments,
    approvals,
    check_ins,
    companions,
    contracts,
    crew_consents,
    crews,
    employer_changes,
    identity_changes,
    info_requests,
    later_papers,
    nothing_paid,
    return_surveys,
    worker_numbers,
)
from app.services.case import load_case
from app.services.companions import Told
from app.services.published import partner_key
from app.storage.appeals import list_appeals
from app.storage.authorisations import find_of_application
from app.storage.contracts import list_newest_work
from app.storage.crews import list_crews, list_members
from app.storage.reception_days import list_days
from app.storage.shown_papers import list_shown
from permits.applications import Status
from permits.appointments import ReceptionDay
from permits.approvals import Opinion
from permits.companions import Relation
from permits.deadlines import legal_day, start_of
from permits.info_requests import Question, QuestionKind
from permits.later_papers import LaterPaper
from permits.people import SYSTEM, Actor, Role
from permits.worker_numbers import NumberGround
from tests.abroad import enlist
from tests.agreed import agree
from tests.barred import bar, employer_of
from tests.builders import ANSWERS, Story, add_official, add_vacancy
from tests.costs import note_fee
from tests.crew_lists import as_csv, people
from tests.crewed import phone
from tests.offered import reword
from tests.oriented import hold as hold_session
from tests.received import EIGHT, hold
from tests.registered import bring_all, handed_in, some_phone
from tests.renamed import ask as ask_other_name
from tests.rights import RightStory
from tests.web.api.own_abroad import on_attesting, on_candidate, on_care, on_selection
from tests.web.api.own_complaints import by_number, complaint, photo_by_number, remedy_by_number
from tests.web.api.own_farms import (
    SLIP_INPUT,
    failing_farm,
    hired,
    inspected_farm,
    movement,
    on_payslip,
    own_farm,
)
from tests.web.api.own_pools import marked, marking, on_ask, on_mark, on_pool, to_mark
from tests.web.api.own_repayments import (
    claimed,
    in_a_week,
    in_parts,
    on_claim,
    on_part,
    shown_today,
    with_days,
)
from tests.web.api.own_vacancies import STEP_INPUT, VACANCY_INPUT, own_vacancy
from tests.web.api.world import (
    ADMINISTRATOR,
    AGENT,
    AUDITOR,
    BRIGADE,
    FARMER,
    MISSION,
    PARTNER_LIST,
    STRANGER,
    Steps,
    World,
    keyed,
    now,
)
from tests.working import ask_now

ROLES = (
    "owner",
    "stranger",
    "setrass",
    "inm",
    "supervisor",
    "border",
    "brigade",
    "administrator",
    "auditor",
    "visitor",
)


def picture() -> bytes:
    """A photo as a phone sends it."""
    file = BytesIO()
    Image.new("RGB", (640, 480), (200, 180, 160)).save(file, "JPEG")
    return file.getvalue()


def crossing(**changes: object) -> dict[str, object]:
    """One entry as the scanner sends it."""
    return {
        "id": str(uuid4()),
        "permit_number": "7K3M9XQ2HB4T",
        "direction": "entry",
        "post": "HN-GT-1",
        "device_id": str(uuid4()),
        "device_time": now().isoformat().replace("+00:00", "Z"),
        "verdict": "green",
        "reason": "ok",
        "list_issued_at": None,
        "offline": True,
        **changes,
    }


def child_alert(**changes: object) -> dict[str, object]:
    """A minor without a parent, as the scanner sends it."""
    return {
        "id": str(uuid4()),
        "post": "HN-GT-1",
        "direction": "entry",
        "device_id": str(uuid4()),
        "device_time": now().isoformat().replace("+00:00", "Z"),
        "minors": [{"passport": False, "parent": False}],
        "permit_number": None,
        **changes,
    }


def answers() -> dict[str, object]:
    """The answers of the builders in JSON."""
    born = str(ANSWERS["date_of_birth"])
    return {**ANSWERS, "date_of_birth": born, "languages_spoken": ["spa", "caa"]} | {
        "languages_read": []
    }


def draft(story: Story) -> Story:
    return story.start()


def submitted(story: Story) -> Story:
    return story.start().submit()


def abroad(story: Story) -> Story:
    """Handed in for work abroad: SETRASS wants a recommendation first."""
    return story.start_abroad().submit()


def lapsed(story: Story) -> Story:
    """Nobody answered in time, some days ago."""
    return story.later(days=-45).reach(Status.LAPSED)


def signed(story: Story) -> Story:
    """A permit that is in force today."""
    today = legal_day(now())
    vacancy = add_vacancy(
        story.session, story.ports, starts_on=today, ends_on=today + timedelta(days=60)
    )
    return story.start(vacancy=str(vacancy)).submit().approve().sign()


def refused(story: Story) -> Story:
    return story.reach(Status.REFUSED)


def ending(story: Story) -> Story:
    """A permit in its last days."""
    today = legal_day(now())
    vacancy = add_vacancy(
        story.session, story.ports, starts_on=today, ends_on=today + timedelta(days=10)
    )
    return story.start(vacancy=str(vacancy)).submit().approve().sign()


def changing(story: Story) -> Story:
    """A right whose worker asks for another employer."""
    signed(story)
    work = story.work(story.worker)
    right = find_of_application(story.session, story.id)
    assert right is not None
    other = add_vacancy(story.session, story.ports, now=story.now)
    employer_changes.ask_change(work, right.id, other)
    return agree(story)


def renaming(story: Story) -> Story:
    """A right whose worker asks for another name."""
    ask_other_name(signed(story))
    return story


def _other_name(world: World, story: Story) -> Mapping[str, Any]:
    sent = dict(on_permit()(world, story))
    return {**sent, "json": {**OTHER_NAME, "evidence": proof_of(world, story)}}


def proof_of(world: World, story: Story) -> str:
    """A photo that the worker has sent before asking."""
    with world.database.sessions.begin() as session:
        work, right = world.work(session, story.worker), world.permit_of(story).authorisation.id
        return str(identity_changes.keep_evidence(work, right, picture()).id)


def suspended(story: Story) -> Story:
    """A right that another supervisor of SETRASS holds back."""
    by = add_official(story.session, story.ports, Role.SETRASS_SUPERVISOR)
    RightStory(signed(story).supervise()).suspend(by)
    return story


def proposed(story: Story) -> Story:
    """A right that another officer of SETRASS proposes to take back."""
    by = add_official(story.session, story.ports, Role.SETRASS_OFFICER)
    RightStory(signed(story).supervise()).propose(by)
    return story


def shown(story: Story) -> Story:
    """SETRASS saw a paper, and noted it."""
    later_papers.show_paper(
        submitted(story).work(story.setrass), story.id, LaterPaper.IDENTITY_FRONT
    )
    return story


def on_shown_paper(world: World, story: Story) -> Mapping[str, Any]:
    with world.database.sessions.begin() as session:
        [note] = list_shown(session, story.id)
    return {"ids": {"application": story.id, "note": note.id}, "headers": keyed()}


def asked(story: Story) -> Story:
    """SETRASS waits for one answer in words, and for one photo."""
    submitted(story)
    photo = Question(QuestionKind.DOCUMENT, "Mande la foto de su contrato.")
    return story.ask(Question(QuestionKind.FACT, "¿Con quién viaja?"), photo)


def answered(story: Story) -> Story:
    """Each question has its answer; nothing is handed in."""
    work = asked(story).work(story.worker)
    info_requests.answer_item(work, story.id, 1, "Con mi hermana.")
    info_requests.answer_item(work, story.id, 2, "", picture())
    return story


def barred(story: Story) -> Story:
    """The employer of the case may not hire."""
    bar(submitted(story))
    return story


def crewed(story: Story) -> Story:
    """A brigade registered two people for the vacancy of a case; the first said yes."""
    draft(story)
    rows = story.ports.sheets.read(as_csv(people(2)))
    crew, vacancy = uuid4(), vacancy_of(story)
    crews.register_crew(story.work(BRIGADE), crew, vacancy, rows, phone)
    first, _ = list_members(story.session, crew)
    worker = Actor(first.member.worker, Role.WORKER)
    crew_consents.consent(story.work(worker), first.application.id)
    return story


def vacancy_of(story: Story) -> UUID:
    """The vacancy that a case names."""
    return UUID(load_case(story.work(story.worker), story.id).answers.vacancy)


PROFILE_INPUT: Mapping[str, Any] = {
    "trades": [{"occupation": "9211", "years": 3, "proof": "paper"}],
    "languages": ["spa"],
    "education": "primary",
    "free_from": "2026-12-01",
    "destinations": ["twap-canada"],
}
"""What somebody says of their work."""

Sent = Callable[[World, Story], Mapping[str, Any]]
"""What a request carries: `json`, `content`, `data`, `headers`, and `ids` for the path."""


def nothing(world: World, story: Story) -> Mapping[str, Any]:
    return {}


def on_application(**body: Any) -> Sent:  # noqa: ANN401
    def sent(world: World, story: Story) -> Mapping[str, Any]:
        version = world.version_of(story.id)
        return {"ids": {"application": story.id}, "headers": keyed(version), **body}

    return sent


def on_permit(**body: Any) -> Sent:  # noqa: ANN401
    def sent(world: World, story: Story) -> Mapping[str, Any]:
        permit = world.permit_of(story)
        ids = {"authorisation": permit.authorisation.id, "credential": permit.credential.id}
        return {"ids": ids, "headers": keyed(permit.credential.version), **body}

    return sent


def on_right(**body: Any) -> Sent:  # noqa: ANN401
    def sent(world: World, story: Story) -> Mapping[str, Any]:
        found = world.permit_of(story).authorisation
        return {"ids": {"authorisation": found.id}, "headers": keyed(found.version), **body}

    return sent


def at_position(position: int, **body: Any) -> Sent:  # noqa: ANN401
    def sent(world: World, story: Story) -> Mapping[str, Any]:
        ids = {"application": story.id, "position": position}
        return {"ids": ids, "headers": keyed(), **body}

    return sent


def on_employer(**body: Any) -> Sent:  # noqa: ANN401
    def sent(world: World, story: Story) -> Mapping[str, Any]:
        with world.database.sessions.begin() as session:
            employer = employer_of(world.again(session, story))
        return {"ids": {"employer": employer}, "headers": keyed(), **body}

    return sent


def on_registration(**body: Any) -> Sent:  # noqa: ANN401
    """An employer who has just registered."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        with world.database.sessions.begin() as session:
            mine = handed_in(session, world.ports, some_phone(), now())
            found = mine.registration
        ids = {"registration": found.id}
        return {"ids": ids, "headers": keyed(found.version), **body}

    return sent


def with_lists(**body: Any) -> Sent:  # noqa: ANN401
    """The lists of recruiters were brought."""

    def sent(world: World, story: Story) -> Mapping[str, Any]:
        with world.database.sessions.begin() as session:
            bring_all(session, world.ports, now())
        return body

    return sent


def on_vacancy(**body: Any) -> Sent:  # noqa: ANN401
    def sent(world: World, story: Story) -> Mapping[str, Any]:
        with world.database.sessions.begin() as session:
            vacancy = vacancy_of(world.again(session, story))
        return {"ids": {"vacancy": vacancy, "crew": uuid4()}, "headers": keyed(), **body}

    return sent


def on_crew(world: World, story: Story) -> Mapping[str, Any]:
    return {"ids": {"crew": crew_of(world, story)}}


def crew_of(world: World, story: Story) -> UUID:
    """The list that was registered for the vacancy of a case."""
    with world.database.sessions.begin() as session:
        vacancy = vacancy_of(world.again(session, story))
        (crew,) = list_crews(session, {"vacancy": vacancy})
    return crew.id


@dataclass(frozen=True)
class Operation:
    """One row: `expected` maps roles to status codes, `others` is for those not named."""

    id: str
    method: str
    path: str
    expected: Mapping[str, int]
    others: int
    state: Steps = draft
    sent: Sent = nothing
    visitor: int = 401
    why: str = field(default="", compare=False)

    @property
    def roles(self) -> tuple[str, ...]:
        """Who asks: everybody, and an employer or a mission where the operation is one's."""
        return (*ROLES, *(one for one in ("farmer", "mission") if one in self.expected))

    def status_for(self, role: str) -> int:
        if role == "visitor":
            return self.expected.get(role, self.visitor)
        return self.expected.get(role, self.others)


def actor_of(role: str, story: Story) -> Actor | None:
    """The person of a role in a story; None for a visitor."""
    actors: dict[str, Actor | None] = {
        "owner": story.worker,
        "stranger": STRANGER,
        "setrass": story.setrass,
        "inm": story.inm,
        "supervisor": story.supervisor,
        "border": AGENT,
        "brigade": BRIGADE,
        "administrator": ADMINISTRATOR,
        "auditor": AUDITOR,
        "farmer": FARMER,
        "mission": MISSION,
        "visitor": None,
    }
    return actors[role]


def _new(world: World, story: Story) -> Mapping[str, Any]:
    return {"json": {"programme": "coffee-hn-gt", "answers": answers()}}


def _batch(world: World, story: Story) -> Mapping[str, Any]:
    return {"json": {"crossings": [crossing()]}, "headers": keyed()}


def _alerts(world: World, story: Story) -> Mapping[str, Any]:
    return {"json": {"alerts": [child_alert()]}, "headers": keyed()}


def _scanned(world: World, story: Story) -> Mapping[str, Any]:
    return {"json": {"text": world.permit_of(story).credential.text}}


def _list_number(world: World, story: Story) -> Mapping[str, Any]:
    world.publish()
    return {"ids": {"number": 1}}


def _partner_list(world: World, story: Story) -> Mapping[str, Any]:
    world.publish()
    return {"ids": {"name": partner_key(PARTNER_LIST.uri)}}


def _sealed(world: World, story: Story) -> Mapping[str, Any]:
    world.seal()
    return {"ids": {"leaf": 0}}


def _client(world: World, story: Story) -> Mapping[str, Any]:
    name = uuid4().hex
    world.add_client(AGENT, name)
    form = {"grant_type": "client_credentials", "client_id": name, "client_secret": "s3cret"}
    return {"data": form}


def _held(story: Story) -> Story:
    story = submitted(story)
    version = story.application.version
    approvals.hold_application(story.work(story.setrass), story.id, seen_version=version)
    return story


ONE = "/api/v1/applications/{application}"
RIGHT = "/api/v1/authorisations/{authorisation}"
OWN = {"owner": 200}
EVERY_WORKER = {"owner": 200, "stranger": 200}
BOTH = {"setrass": 200, "inm": 200}
OFFICIALS = BOTH | {"supervisor": 200}
LABOUR = {"setrass": 200, "supervisor": 200}
MARKING = {"border": 200, "brigade": 200}
NOBODYS_DRAFT = {"setrass": 404, "inm": 404, "supervisor": 404}
SUSPEND = {
    "json": {
        "reason": "alert",
        "days": 10,
        "note": "Hay que confirmar un dato.",
        "origin": "own",
    }
}
PROPOSE = {
    "json": {
        "grounds": ["fraud"],
        "heard": "in-person",
        "hearing": "Dijo que no sabía.",
        "note": "El documento es de otra persona.",
        "origin": "own",
    }
}
UNSAID = {"json": {name: said for name, said in SUSPEND["json"].items() if name != "origin"}}
OTHER_NAME = {
    "document_kind": "gt-dpi",
    "document_number": str(ANSWERS["document_number"]),
    "given_names": str(ANSWERS["given_names"]),
    "surnames": "Gutiérrez de Paz",
    "date_of_birth": "1994-03-27",
    "sex": "female",
    "reason": "civil-status",
}
EDIT = {"json": {"answers": {"given_names": "María"}}}
APPROVE = {"json": {"opinion": "approve"}}

NOT_THEIRS = {"owner": 200, "setrass": 403, "inm": 403, "supervisor": 403}
COMPANION = {
    "json": {"relation": "child", "full_name": "Ceferina Xol", "date_of_birth": "2018-05-04"}
}


def accompanied(story: Story) -> Story:
    """Somebody travels along."""
    told = Told(Relation.OTHER, "Ana Xol", date(1970, 1, 1))
    companions.add_companion(submitted(story).work(story.worker), story.id, told)
    return story


def contracted(story: Story) -> Story:
    """The worker agreed to the contract."""
    work = submitted(story).work(story.worker)
    seen = contracts.read_own_contract(work, story.id).newest.digest
    contracts.accept_own(work, story.id, seen, heard=True)
    return story


def reworded(story: Story) -> Story:
    """The employer offers the same work in other words."""
    return reword(contracted(story))


def appealed(story: Story) -> Story:
    """A recourse waits for SETRASS's supervisor."""
    refused(story).supervise()
    appeals.file_appeal(story.work(story.worker), story.id, "Es mío.")
    return story


def returned(story: Story) -> Story:
    """The right is over, and its worker was asked how it went."""
    RightStory(signed(story)).end()
    morning = start_of(legal_day(story.now) + timedelta(days=1)) + timedelta(hours=9)
    return_surveys.ask_returned(replace(story.work(SYSTEM), now=morning))
    return story


def checked_in(story: Story) -> Story:
    """A week after the first day, the worker is asked how the job goes."""
    ask_now(signed(story), legal_day(now()) + timedelta(days=7))
    return story


def on_check_in(world: World, story: Story) -> Mapping[str, Any]:
    """The answers to what was asked."""
    with world.database.sessions.begin() as session:
        listed = check_ins.list_own(world.work(session, story.worker), story.id)
    ids = {"application": story.id, "check_in": listed[0].id}
    return {"ids": ids, "headers": keyed(), "json": {"paid": "late", "act": True}}


def charged(story: Story) -> Story:
    """Five people noted what the job cost them, and five said that they paid nothing."""
    others = [Story(story.session, story.ports, story.now).start() for _ in range(9)]
    for one in (story.start(), *others[:4]):
        note_fee(one)
    for one in others[4:]:
        nothing_paid.say_nothing(one.work(one.worker), one.id)
    return story.supervise()


def received(story: Story) -> Story:
    """A draft, and a day on which people are received."""
    hold(story.start())
    return story


def enlisted(story: Story) -> Story:
    """A draft for work abroad, whose worker is on the roster."""
    return enlist(story)


INSURANCE = {
    "kind": "insurance",
    "got_on": "2026-11-20",
    "payer": "employer",
    "cover": {
        "insurer": "Seguros del Norte",
        "number": "PN-77",
        "first_day": "2026-12-01",
        "last_day": "2027-07-31",
    },
}


def with_a_session(story: Story) -> Story:
    """A draft, and a session of orientation that everybody may see."""
    hold_session(story.start())
    return story


def with_a_place(story: Story) -> Story:
    """The worker took a place on it."""
    day = hold(story.start())
    appointments.take_place(story.work(story.worker), story.id, day.id, EIGHT)
    return story


def taken_back(story: Story) -> Story:
    """Two people of INM took the right back."""
    RightStory(signed(story)).propose().confirm()
    return story


def _first_companion(world: World, story: Story) -> Mapping[str, Any]:
    with world.database.sessions.begin() as session:
        listed = companions.list_own(world.work(session, story.worker), story.id)
    companion = listed[0].id if listed else uuid4()
    return {"ids": {"application": story.id, "companion": companion}, "headers": keyed()}


def _seen_contract(world: World, story: Story) -> Mapping[str, Any]:
    with world.database.sessions.begin() as session:
        drawn = next(iter(list_newest_work(session, story.id)), None)
    body = {"digest": drawn.digest if drawn else "0" * 64, "heard": True}
    return {"ids": {"application": story.id}, "headers": keyed(), "json": body}


def on_reworded(world: World, story: Story) -> Mapping[str, Any]:
    """The version that waits for a look, and both digests."""
    with world.database.sessions.begin() as session:
        base, newest = list_newest_work(session, story.id)
    body = {
        "base_sha256": base.digest,
        "sha256": newest.digest,
        "weighed": "worse",
        "reason": "Antes no había que limpiar.",
    }
    return {"ids": {"application": story.id, "version": 2}, "headers": keyed(), "json": body}


def _appeal(world: World, story: Story) -> Mapping[str, Any]:
    with world.database.sessions.begin() as session:
        filed = list_appeals(session, world.ports.vault, story.id)
    body = {"ruling": "upheld", "answer": "Se revisó otra vez."}
    return {"ids": {"appeal": filed[0].id}, "headers": keyed(), "json": body}


def day_of(world: World, story: Story) -> ReceptionDay:
    """The day of which the supervisor of this story told."""
    with world.database.sessions.begin() as session:
        days = list_days(session, legal_day(story.now), 500)
    return next(one for one in days if one.host == story.supervisor.person)


def _place(world: World, story: Story) -> Mapping[str, Any]:
    body = {"day": str(day_of(world, story).id), "begins": "08:00"}
    return {"ids": {"application": story.id}, "headers": keyed(), "json": body}


def _same_person(world: World, story: Story) -> Mapping[str, Any]:
    other = world.live(submitted)
    body = {"other": str(other.id), "ground": "recognised"}
    return {"ids": {"application": story.id}, "headers": keyed(), "json": body}


def joined_with(world: World, story: Story) -> str:
    """Another case, and the word of SETRASS that both are one person's."""
    other = world.live(submitted)
    with world.database.sessions.begin() as session:
        work = world.work(session, story.setrass)
        worker_numbers.join_numbers(work, story.id, other.id, NumberGround.RECOGNISED)
    return str(other.id)


def _two_people(world: World, story: Story) -> Mapping[str, Any]:
    body = {"other": joined_with(world, story), "ground": "joined-wrongly"}
    return {"ids": {"application": story.id}, "headers": keyed(), "json": body}


def _other_work(world: World, story: Story) -> Mapping[str, Any]:
    with world.database.sessions.begin() as session:
        vacancy = add_vacancy(session, world.ports, now=now())
    sent = dict(on_permit()(world, story))
    return {**sent, "json": {"vacancy": str(vacancy)}}


OPERATIONS = (
    # With a token in the Authorization header the client is named wrongly: RFC 6749, 400.
    Operation("createToken", "POST", "/api/v1/token", {}, 400, sent=_client, visitor=200),
    Operation("getJwks", "GET", "/.well-known/jwks.json", {}, 200, visitor=200),
    Operation("listProgrammes", "GET", "/api/v1/programmes", {}, 200, visitor=200),
    Operation("listEthicsRules", "GET", "/api/v1/ethics/rules?about=farm", {}, 200, visitor=200),
    Operation("listVacancies", "GET", "/api/v1/vacancies", {}, 200, visitor=200),
    Operation(
        "createApplication",
        "POST",
        "/api/v1/applications",
        {"owner": 201, "stranger": 201},
        403,
        sent=_new,
    ),
    Operation(
        "listApplications",
        "GET",
        "/api/v1/applications",
        {"owner": 200, "stranger": 200, **OFFICIALS},
        403,
        submitted,
    ),
    Operation("updateApplication", "PATCH", ONE, OWN, 404, draft, on_application(**EDIT)),
    Operation(
        "updateApplication",
        "PATCH",
        ONE,
        {"owner": 409, "setrass": 403, "inm": 403, "supervisor": 403},
        404,
        submitted,
        on_application(**EDIT),
        why="once submitted it is out of the worker's hands, and never in the officials'",
    ),
    Operation("submitApplication", "POST", f"{ONE}/submit", OWN, 404, draft, on_application()),
    Operation(
        "submitApplication",
        "POST",
        f"{ONE}/submit",
        {"owner": 409, "setrass": 403, "inm": 403, "supervisor": 403},
        404,
        submitted,
        on_application(),
    ),
    Operation("withdrawApplication", "POST", f"{ONE}/withdraw", OWN, 404, draft, on_application()),
    Operation(
        "withdrawApplication",
        "POST",
        f"{ONE}/withdraw",
        {"owner": 200, "setrass": 403, "inm": 403, "supervisor": 403},
        404,
        submitted,
        on_application(),
    ),
    Operation(
        "reinstateApplication",
        "POST",
        f"{ONE}/reinstate",
        {"owner": 200, "setrass": 403, "inm": 403, "supervisor": 403},
        404,
        lapsed,
        on_application(),
    ),
    Operation("getApplication", "GET", ONE, OWN, 404, draft, on_application()),
    Operation("getApplication", "GET", ONE, OWN | OFFICIALS, 404, submitted, on_application()),
    Operation(
        "attachDocument",
        "PUT",
        f"{ONE}/documents/photo",
        OWN,
        404,
        draft,
        on_application(content=picture()),
    ),
    Operation(
        "getLaterPapers",
        "GET",
        f"{ONE}/later-papers",
        OWN | OFFICIALS,
        404,
        submitted,
        on_application(),
    ),
    Operation(
        "addLaterPaper",
        "POST",
        f"{ONE}/later-papers/identity-front",
        NOT_THEIRS | {"owner": 201},
        404,
        submitted,
        on_application(content=picture()),
    ),
    Operation(
        "noteShownPaper",
        "POST",
        f"{ONE}/shown-papers",
        {"owner": 403, "setrass": 201, "inm": 201, "supervisor": 201},
        404,
        submitted,
        on_application(json={"paper": "identity-front"}),
    ),
    Operation(
        "takeShownPaperBack",
        "POST",
        f"{ONE}/shown-papers/{{note}}/take-back",
        {"owner": 403, "setrass": 200, "supervisor": 200},
        404,
        shown,
        on_shown_paper,
    ),
    Operation(
        "decideApplication",
        "POST",
        f"{ONE}/decisions",
        {"setrass": 200, "inm": 409},
        403,
        submitted,
        on_application(**APPROVE),
        why="SETRASS first, then INM: the programme is sequential",
    ),
    Operation(
        "decideApplication",
        "POST",
        f"{ONE}/decisions",
        {"setrass": 409, "inm": 200},
        403,
        lambda story: submitted(story).decide(story.setrass, Opinion.APPROVE),
        on_application(**APPROVE),
    ),
    Operation(
        "decideApplication",
        "POST",
        f"{ONE}/decisions",
        {"setrass": 404, "inm": 404},
        403,
        draft,
        on_application(**APPROVE),
        why="a draft is its worker's own; nobody else knows of it",
    ),
    Operation(
        "recommendApplication",
        "POST",
        f"{ONE}/recommendations",
        {"setrass": 200, "inm": 409},
        403,
        abroad,
        on_application(**APPROVE),
        why="the programme wants it in SETRASS alone, and no supervisor recommends",
    ),
    Operation(
        "holdApplication", "POST", f"{ONE}/hold", OFFICIALS, 403, submitted, on_application()
    ),
    Operation(
        "holdApplication",
        "POST",
        f"{ONE}/hold",
        NOBODYS_DRAFT,
        403,
        draft,
        on_application(),
    ),
    Operation(
        "releaseApplication", "DELETE", f"{ONE}/hold", OFFICIALS, 403, _held, on_application()
    ),
    Operation(
        "listCompanions", "GET", f"{ONE}/companions", NOT_THEIRS, 404, submitted, on_application()
    ),
    Operation("getNothingPaid", "GET", f"{ONE}/nothing-paid", OWN, 404, draft, on_application()),
    Operation("sayNothingPaid", "POST", f"{ONE}/nothing-paid", OWN, 404, draft, on_application()),
    Operation(
        "takeBackNothingPaid",
        "POST",
        f"{ONE}/nothing-paid/take-back",
        OWN,
        404,
        draft,
        on_application(),
    ),
    Operation("getRoster", "GET", f"{ONE}/roster", OWN, 404, enlisted, on_application()),
    Operation(
        "joinRoster",
        "POST",
        f"{ONE}/roster",
        OWN,
        404,
        enlisted,
        on_application(json=PROFILE_INPUT),
    ),
    Operation(
        "listOrientationSessions",
        "GET",
        "/api/v1/orientation-sessions",
        {},
        200,
        with_a_session,
        visitor=200,
    ),
    Operation(
        "getJourney", "GET", f"{ONE}/journey", OWN | OFFICIALS, 404, signed, on_application()
    ),
    Operation(
        "noteJourneyStep",
        "POST",
        f"{ONE}/journey",
        OWN | OFFICIALS,
        404,
        signed,
        on_application(json={"step": "visa-submitted", "on": "2026-11-20"}),
    ),
    Operation(
        "getTravelPapers",
        "GET",
        f"{ONE}/travel-papers",
        OWN | OFFICIALS,
        404,
        signed,
        on_application(),
    ),
    Operation(
        "noteTravelPaper",
        "POST",
        f"{ONE}/travel-papers",
        OWN | OFFICIALS,
        404,
        signed,
        on_application(json=INSURANCE),
    ),
    Operation(
        "getContract",
        "GET",
        f"{ONE}/contract",
        OWN | OFFICIALS,
        404,
        submitted,
        on_application(),
    ),
    Operation(
        "acceptContract",
        "POST",
        f"{ONE}/contract/accept",
        {**NOT_THEIRS, "brigade": 403},  # nobody agrees for somebody else
        404,
        submitted,
        _seen_contract,
    ),
    Operation(
        "listUnreadContracts", "GET", "/api/v1/unread-contracts", {"setrass": 200}, 403, reworded
    ),
    Operation(
        "lookAtContract",
        "POST",
        f"{ONE}/contract/{{version}}/look",
        {"setrass": 200},
        403,
        reworded,
        on_reworded,
    ),
    Operation(
        "reportContract",
        "POST",
        f"{ONE}/contract/report",
        NOT_THEIRS,
        404,
        contracted,
        on_application(json={"fields": ["wage", "housing"]}),
    ),
    Operation(
        "addCompanion",
        "POST",
        f"{ONE}/companions",
        {**NOT_THEIRS, "owner": 201},
        404,
        submitted,
        on_application(**COMPANION),
    ),
    Operation(
        "askCompanion",
        "POST",
        f"{ONE}/companions/{{companion}}/ask",
        NOT_THEIRS,
        404,
        accompanied,
        _first_companion,
    ),
    Operation(
        "removeCompanion",
        "POST",
        f"{ONE}/companions/{{companion}}/remove",
        NOT_THEIRS,
        404,
        accompanied,
        _first_companion,
    ),
    Operation(
        "listQuestions", "GET", f"{ONE}/questions", OWN | OFFICIALS, 404, asked, on_application()
    ),
    Operation(
        "askQuestions",
        "POST",
        f"{ONE}/questions",
        {"setrass": 200, "inm": 409},
        403,
        submitted,
        on_application(json={"questions": [{"kind": "fact", "text": "¿Con quién viaja?"}]}),
    ),
    Operation(
        "answerQuestion",
        "POST",
        f"{ONE}/questions/{{position}}/answer",
        NOT_THEIRS,
        404,
        asked,
        at_position(1, json={"answer": "Con mi hermana."}),
    ),
    Operation(
        "answerQuestionByPhoto",
        "POST",
        f"{ONE}/questions/{{position}}/photo",
        NOT_THEIRS,
        404,
        asked,
        at_position(2, content=picture()),
    ),
    Operation("sendAnswers", "POST", f"{ONE}/answers", NOT_THEIRS, 404, answered, on_application()),
    Operation(
        "sendAnswers",
        "POST",
        f"{ONE}/answers",
        {**NOT_THEIRS, "owner": 409},
        404,
        asked,
        on_application(),
        why="all of them go back together",
    ),
    Operation("listAppeals", "GET", f"{ONE}/appeals", OWN, 404, refused, on_application()),
    Operation(
        "fileAppeal",
        "POST",
        f"{ONE}/appeals",
        {"owner": 201, "stranger": 404},
        403,
        refused,
        on_application(json={"words": "El documento es mío."}),
    ),
    Operation(
        "fileAppeal",
        "POST",
        f"{ONE}/appeals",
        {"owner": 201, "stranger": 404},
        403,
        taken_back,
        on_application(json={"words": "El documento es mío."}),
        why="a revocation may be contested, too",
    ),
    Operation(
        "judgeAppeal",
        "POST",
        "/api/v1/appeals/{appeal}/ruling",
        {"supervisor": 200},
        403,
        appealed,
        _appeal,
    ),
    Operation(
        "getReturnSurvey", "GET", f"{ONE}/return-survey", OWN, 404, returned, on_application()
    ),
    Operation(
        "answerReturnSurvey",
        "POST",
        f"{ONE}/return-survey",
        {"owner": 200, "stranger": 404},
        403,
        returned,
        on_application(json={"treated_well": "yes"}),
    ),
    Operation("listCheckIns", "GET", f"{ONE}/check-ins", OWN, 404, checked_in, on_application()),
    Operation(
        "answerCheckIn",
        "POST",
        f"{ONE}/check-ins/{{check_in}}",
        {"owner": 200, "stranger": 404},
        403,
        checked_in,
        on_check_in,
    ),
    Operation(
        "listReceptionDays",
        "GET",
        "/api/v1/reception-days",
        {},
        200,
        received,
        visitor=200,
        why="where and when people are received is told to everybody",
    ),
    Operation(
        "takeAppointment",
        "POST",
        f"{ONE}/appointment",
        {"owner": 201, "stranger": 404},
        403,
        received,
        _place,
    ),
    Operation(
        "giveAppointmentBack",
        "POST",
        f"{ONE}/appointment/give-back",
        {"owner": 200, "stranger": 404},
        403,
        with_a_place,
        on_application(),
    ),
    Operation(
        "joinWorkerNumbers",
        "POST",
        f"{ONE}/worker-number/join",
        {"setrass": 200, "inm": 200},
        403,
        submitted,
        _same_person,
    ),
    Operation(
        "partWorkerNumbers",
        "POST",
        f"{ONE}/worker-number/part",
        {"setrass": 200, "inm": 200},
        403,
        submitted,
        _two_people,
    ),
    Operation(
        "beginRenewal",
        "POST",
        f"{RIGHT}/renewal",
        {"owner": 200, "stranger": 404},
        403,
        ending,
        on_permit(),
    ),
    Operation(
        "askEmployerChange",
        "POST",
        f"{RIGHT}/employer-changes",
        {"owner": 201, "stranger": 404},
        403,
        signed,
        _other_work,
    ),
    Operation(
        "takeBackEmployerChange",
        "POST",
        f"{RIGHT}/employer-changes/take-back",
        {"owner": 200, "stranger": 404},
        403,
        changing,
        on_permit(),
    ),
    Operation(
        "decideEmployerChange",
        "POST",
        f"{ONE}/employer-change",
        {"setrass": 200},
        403,
        changing,
        on_application(json={"outcome": "granted"}),
        why="labour alone",
    ),
    Operation(
        "keepIdentityEvidence",
        "POST",
        f"{RIGHT}/identity-changes/evidence",
        {"owner": 201, "stranger": 404},
        403,
        signed,
        on_permit(content=picture()),
    ),
    Operation(
        "askIdentityChange",
        "POST",
        f"{RIGHT}/identity-changes",
        {"owner": 201, "stranger": 404},
        403,
        signed,
        _other_name,
    ),
    Operation(
        "takeBackIdentityChange",
        "POST",
        f"{RIGHT}/identity-changes/take-back",
        {"owner": 200, "stranger": 404},
        403,
        renaming,
        on_permit(),
    ),
    Operation(
        "decideIdentityChange",
        "POST",
        f"{ONE}/identity-change",
        {"setrass": 200, "inm": 200},
        403,
        renaming,
        on_application(json={"opinion": "approve"}),
        why="both agencies",
    ),
    Operation(
        "getAuthorisation",
        "GET",
        "/api/v1/authorisations/{authorisation}",
        OWN | OFFICIALS,
        404,
        signed,
        on_permit(),
    ),
    Operation(
        "endAuthorisation",
        "POST",
        f"{RIGHT}/end",
        {"owner": 200, "stranger": 404},
        403,
        signed,
        on_right(),
    ),
    Operation(
        "suspendAuthorisation",
        "POST",
        f"{RIGHT}/suspend",
        {"supervisor": 200},
        403,
        lambda story: signed(story).supervise(),
        on_right(**SUSPEND),
    ),
    Operation(
        "suspendAuthorisation",
        "POST",
        f"{RIGHT}/suspend",
        {"supervisor": 422},
        422,
        lambda story: signed(story).supervise(),
        on_right(**UNSAID),
        why="nobody said who asks: an employer's wish would not wait",
    ),
    Operation(
        "reinstateAuthorisation",
        "POST",
        f"{RIGHT}/reinstate",
        LABOUR,
        403,
        suspended,
        on_right(),
        why="INM did not suspend it",
    ),
    Operation(
        "proposeRevocation",
        "POST",
        f"{RIGHT}/revocation",
        OFFICIALS,
        403,
        lambda story: signed(story).supervise(),
        on_right(**PROPOSE),
    ),
    Operation(
        "confirmRevocation",
        "POST",
        f"{RIGHT}/revocation/confirm",
        LABOUR,
        403,
        proposed,
        on_right(),
        why="INM did not propose it",
    ),
    Operation(
        "confirmRevocation",
        "POST",
        f"{RIGHT}/revocation/confirm",
        dict.fromkeys(OFFICIALS, 409),
        403,
        signed,
        on_right(),
        why="nobody proposed it",
    ),
    Operation(
        "dropRevocation",
        "POST",
        f"{RIGHT}/revocation/drop",
        LABOUR,
        403,
        proposed,
        on_right(),
        why="INM did not propose it",
    ),
    Operation(
        "getCredential",
        "GET",
        "/api/v1/credentials/{credential}",
        OWN | OFFICIALS,
        404,
        signed,
        on_permit(),
    ),
    Operation(
        "revokeCredential",
        "POST",
        "/api/v1/credentials/{credential}/revoke",
        OFFICIALS,
        403,
        signed,
        on_permit(json={"reason": "lost"}),
    ),
    Operation(
        "replaceCredential",
        "POST",
        "/api/v1/credentials/{credential}/replace",
        {"owner": 200, "stranger": 404, **OFFICIALS},
        403,
        signed,
        on_permit(json={"reason": "lost"}),
    ),
    Operation(
        "verifyCredential",
        "POST",
        "/api/v1/credentials/verify",
        OFFICIALS | {"border": 200},
        403,
        signed,
        _scanned,
    ),
    Operation("verifyPermit", "POST", "/api/v1/verify", {}, 200, signed, _scanned, visitor=200),
    Operation("getOwnData", "GET", "/api/v1/me/data", EVERY_WORKER, 403, submitted),
    Operation("listOwnLooks", "GET", "/api/v1/me/looks", EVERY_WORKER, 403, submitted),
    Operation("getTrustList", "GET", "/api/v1/trust-list", {}, 200, visitor=200),
    Operation("listStatusLists", "GET", "/api/v1/status-lists", {}, 200, visitor=200),
    Operation(
        "getStatusList",
        "GET",
        "/api/v1/status-lists/{number}",
        {},
        200,
        sent=_list_number,
        visitor=200,
    ),
    Operation(
        "getPartnerStatusList",
        "GET",
        "/api/v1/status-lists/partners/{name}",
        {},
        200,
        sent=_partner_list,
        visitor=200,
    ),
    Operation("recordCrossings", "POST", "/api/v1/crossings", {"border": 200}, 403, sent=_batch),
    Operation(
        "raiseChildAlerts", "POST", "/api/v1/child-alerts", {"border": 200}, 403, sent=_alerts
    ),
    Operation("listCrossings", "GET", "/api/v1/crossings", OFFICIALS | {"border": 200}, 403),
    Operation(
        "getLogCheckpoint", "GET", "/api/v1/audit/checkpoint", {}, 200, sent=_sealed, visitor=200
    ),
    Operation("listLogKeys", "GET", "/api/v1/audit/keys", {}, 200, visitor=200),
    Operation("listAuditEvents", "GET", "/api/v1/audit/events", {"auditor": 200}, 403),
    Operation(
        "proveLogInclusion",
        "GET",
        "/api/v1/audit/events/{leaf}/proof",
        {"auditor": 200},
        403,
        sent=_sealed,
    ),
    Operation(
        "proveLogConsistency",
        "GET",
        "/api/v1/audit/consistency?from=1&to=1",
        {"auditor": 404},
        403,
        sent=_sealed,
        why="sealed in one go: there is no checkpoint of just one",
    ),
    Operation(
        "tryCrewList",
        "POST",
        "/api/v1/vacancies/{vacancy}/crew-list",
        {"brigade": 200},
        403,
        draft,
        on_vacancy(content=as_csv(people(2))),
    ),
    Operation(
        "registerCrew",
        "POST",
        "/api/v1/vacancies/{vacancy}/crews/{crew}",
        {"brigade": 200},
        403,
        draft,
        on_vacancy(content=as_csv(people(2))),
    ),
    Operation("listCrews", "GET", "/api/v1/crews", OFFICIALS | {"brigade": 200}, 403, crewed),
    Operation("getCrew", "GET", "/api/v1/crews/{crew}", {"brigade": 200}, 403, crewed, on_crew),
    Operation(
        "listCrewCases", "GET", "/api/v1/crews/{crew}/cases", OFFICIALS, 403, crewed, on_crew
    ),
    Operation("findEmployers", "GET", "/api/v1/employers?q=cedral", {"supervisor": 200}, 403),
    Operation(
        "getEmployer",
        "GET",
        "/api/v1/employers/{employer}",
        {"supervisor": 200},
        403,
        submitted,
        on_employer(),
    ),
    Operation(
        "barEmployer",
        "POST",
        "/api/v1/employers/{employer}/bar",
        {"supervisor": 200},
        403,
        submitted,
        on_employer(json={"reason": "fee-charged"}),
    ),
    Operation(
        "liftEmployerBar",
        "POST",
        "/api/v1/employers/{employer}/bar/lift",
        {"supervisor": 200},
        403,
        barred,
        on_employer(),
    ),
    Operation(
        "draftVacancy",
        "POST",
        "/api/v1/vacancies",
        {"farmer": 201},
        403,
        sent=own_vacancy(json=VACANCY_INPUT),
    ),
    Operation(
        "changeVacancy",
        "PUT",
        "/api/v1/vacancies/{vacancy}",
        {"farmer": 200},
        403,
        sent=own_vacancy(json=VACANCY_INPUT),
    ),
    Operation(
        "moveVacancy",
        "POST",
        "/api/v1/vacancies/{vacancy}/moves",
        {"farmer": 200},
        403,
        sent=own_vacancy(json={"action": "withdraw"}),
    ),
    Operation(
        "getVacancyFindings",
        "GET",
        "/api/v1/vacancies/{vacancy}/findings",
        {"farmer": 200, "setrass": 200, "supervisor": 200},
        403,
        sent=own_vacancy(),
    ),
    Operation(
        "recordVacancyStep",
        "POST",
        "/api/v1/vacancies/{vacancy}/steps",
        {"supervisor": 200, "setrass": 200},
        403,
        sent=own_vacancy(json=STEP_INPUT),
    ),
    Operation(
        "listJudgingRuns",
        "GET",
        "/api/v1/judging-runs",
        {"setrass": 200, "supervisor": 200},
        403,
    ),
    Operation("listMinimumWages", "GET", "/api/v1/minimum-wages", {}, 200, visitor=200),
    Operation("openComplaintForm", "POST", "/api/v1/consultations/forms", {}, 200, visitor=200),
    Operation("listComplaintFigures", "GET", "/api/v1/complaint-figures", {}, 200, visitor=200),
    Operation(
        "fileComplaint", "POST", "/api/v1/consultations", {}, 201, sent=complaint, visitor=201
    ),
    Operation(
        "readComplaint",
        "POST",
        "/api/v1/consultations/read",
        {},
        200,
        sent=by_number(),
        visitor=200,
    ),
    Operation(
        "answerComplaint",
        "POST",
        "/api/v1/consultations/messages",
        {},
        200,
        sent=by_number(words="En la finca del río."),
        visitor=200,
    ),
    Operation(
        "judgeComplaintRemedy",
        "POST",
        "/api/v1/consultations/remedies",
        {},
        200,
        sent=remedy_by_number,
        visitor=200,
    ),
    Operation(
        "addComplaintFiles",
        "POST",
        "/api/v1/consultations/files",
        {},
        200,
        sent=photo_by_number,
        visitor=200,
    ),
    Operation(
        "checkOffer",
        "POST",
        "/api/v1/offer-checks",
        {},
        200,
        sent=with_lists(json={"text": "Agencia Dos Orillas (demo)"}),
        visitor=200,
    ),
    Operation(
        "findRecruiters",
        "GET",
        "/api/v1/recruiters?q=buen+camino",
        {},
        200,
        sent=with_lists(),
        visitor=200,
    ),
    Operation(
        "getRecruiter",
        "GET",
        "/api/v1/recruiters/{registry}/{licence}",
        {},
        200,
        sent=with_lists(ids={"registry": "hn-recruiters", "licence": "HN-002"}),
        visitor=200,
    ),
    Operation(
        "getEmployerProfile",
        "GET",
        "/api/v1/employer-profiles/{employer}",
        {},
        200,
        submitted,
        on_employer(),
        visitor=200,
    ),
    Operation(
        "listEmployerRegistrations",
        "GET",
        "/api/v1/employer-registrations",
        {"setrass": 200, "supervisor": 200},
        403,
    ),
    Operation(
        "getEmployerRegistration",
        "GET",
        "/api/v1/employer-registrations/{registration}",
        {"setrass": 200, "supervisor": 200},
        403,
        sent=on_registration(),
    ),
    Operation(
        "decideEmployerRegistration",
        "POST",
        "/api/v1/employer-registrations/{registration}/decisions",
        {"setrass": 200, "supervisor": 200},
        403,
        sent=on_registration(json={"action": "return", "note": "Falta la otra finca."}),
    ),
    Operation(
        "listOwnRepayments", "GET", f"{ONE}/repayments", OWN, 404, in_parts, on_application()
    ),
    Operation(
        "answerRepaymentPlan",
        "POST",
        f"{ONE}/repayments/{{cost}}/plan",
        OWN,
        404,
        with_days,
        on_claim(of_worker=True, json={"version": 3, "agrees": True}),
    ),
    Operation(
        "answerRepaymentPart",
        "POST",
        f"{ONE}/repayments/{{cost}}/parts/{{part}}",
        OWN,
        404,
        in_parts,
        on_part(json={"version": 3, "came": True}),
    ),
    Operation(
        "getRepayment",
        "GET",
        "/api/v1/repayments/{cost}",
        {"supervisor": 200},
        403,
        in_parts,
        on_claim(),
    ),
    Operation(
        "proposeRepaymentPlan",
        "POST",
        "/api/v1/repayments/{cost}/plan",
        {"supervisor": 200},
        403,
        claimed,
        in_a_week,
    ),
    Operation(
        "noteRepaymentPart",
        "POST",
        "/api/v1/repayments/{cost}/parts",
        {"supervisor": 200},
        403,
        claimed,
        shown_today,
    ),
    Operation("getOwedBack", "GET", "/api/v1/owed-back", {"farmer": 200}, 403),
    Operation(
        "getRecruitmentCosts",
        "GET",
        "/api/v1/recruitment-costs",
        {"supervisor": 200},
        403,
        charged,
    ),
    Operation(
        "listFarms",
        "GET",
        "/api/v1/farms",
        {"farmer": 200, "setrass": 200, "supervisor": 200},
        403,
        sent=own_farm(),
    ),
    Operation(
        "listFarmMovements",
        "GET",
        "/api/v1/farms/{farm}/movements",
        {"farmer": 200, "setrass": 200, "supervisor": 200},
        403,
        sent=own_farm(),
    ),
    Operation(
        "getFarmHousing",
        "GET",
        "/api/v1/farms/{farm}/housing",
        {"farmer": 200, "setrass": 200, "supervisor": 200},
        403,
        sent=own_farm(),
    ),
    Operation(
        "recordHousingInspection",
        "POST",
        "/api/v1/farms/{farm}/housing-inspections",
        {"setrass": 200, "supervisor": 200},
        403,
        sent=inspected_farm(),
    ),
    Operation(
        "closeHousingShortcoming",
        "POST",
        "/api/v1/farms/{farm}/housing-inspections/{inspection}/mended",
        {"setrass": 200, "supervisor": 200},
        403,
        sent=failing_farm(),
    ),
    Operation(
        "getChildCare",
        "GET",
        "/api/v1/farms/{farm}/child-care",
        {"farmer": 200},
        403,
        sent=on_care(),
    ),
    Operation(
        "arrangeChildCare",
        "POST",
        "/api/v1/farms/{farm}/child-care",
        {"farmer": 200},
        403,
        sent=on_care(arranging=True),
    ),
    Operation(
        "endChildCare",
        "POST",
        "/api/v1/farms/{farm}/child-care/{arrangement}/close",
        {"farmer": 200},
        403,
        sent=on_care(),
    ),
    Operation(
        "listSelections", "GET", "/api/v1/selections", {"setrass": 200, "supervisor": 200}, 403
    ),
    Operation(
        "getSelection",
        "GET",
        "/api/v1/vacancies/{vacancy}/selection",
        {"setrass": 200, "supervisor": 200},
        403,
        enlisted,
        on_selection(),
    ),
    Operation(
        "preselectCandidates",
        "POST",
        "/api/v1/vacancies/{vacancy}/selection",
        {"setrass": 200, "supervisor": 200},
        403,
        enlisted,
        on_selection(choosing=True),
    ),
    Operation(
        "listCandidates",
        "GET",
        "/api/v1/vacancies/{vacancy}/candidates",
        {"farmer": 200},
        403,
        enlisted,
        on_candidate(),
    ),
    Operation(
        "moveCandidate",
        "POST",
        "/api/v1/vacancies/{vacancy}/candidates/{candidacy}/moves",
        {"farmer": 200},
        403,
        enlisted,
        on_candidate(inviting=True),
    ),
    Operation("listVacanciesToAttest", "GET", "/api/v1/attestations", {"mission": 200}, 403),
    Operation(
        "getVacancyToAttest",
        "GET",
        "/api/v1/attestations/{vacancy}",
        {"mission": 200},
        403,
        sent=on_attesting(),
    ),
    Operation(
        "attestVacancy",
        "POST",
        "/api/v1/attestations/{vacancy}",
        {"mission": 200},
        403,
        sent=on_attesting(saying=True),
    ),
    Operation(
        "recordFarmMovements",
        "POST",
        "/api/v1/farms/{farm}/movements",
        {"farmer": 200},
        403,
        sent=own_farm(json={"movements": [movement()]}),
    ),
    Operation(
        "listPayslips",
        "GET",
        "/api/v1/applications/{application}/payslips",
        {"owner": 200, "farmer": 200},
        404,
        hired,
        on_payslip(),
    ),
    Operation(
        "writePayslip",
        "POST",
        "/api/v1/applications/{application}/payslips",
        {"farmer": 200},
        403,
        hired,
        on_payslip(json=SLIP_INPUT),
    ),
    Operation(
        "answerPayslip",
        "POST",
        "/api/v1/applications/{application}/payslips/{first_day}/answer",
        {"owner": 200},
        404,
        hired,
        on_payslip(json={"version": 1, "answer": "acknowledged"}),
    ),
    Operation(
        "readPool", "GET", "/api/v1/vacancies/{vacancy}/pool", {"farmer": 200}, 403, sent=on_pool()
    ),
    Operation(
        "askPool",
        "POST",
        "/api/v1/vacancies/{vacancy}/pool/asks",
        {"farmer": 200},
        403,
        sent=on_pool(json={"number": 1}),
    ),
    Operation("listPoolAsks", "GET", f"{ONE}/pool-asks", OWN, 404, submitted, on_ask()),
    Operation(
        "answerPoolAsk",
        "POST",
        f"{ONE}/pool-asks/{{ask}}",
        OWN,
        404,
        submitted,
        on_ask(json={"accepts": False}),
    ),
    Operation(
        "listAgeMarks", "GET", "/api/v1/age-marks", MARKING | {"supervisor": 200}, 403, marked
    ),
    Operation(
        "markAge",
        "POST",
        "/api/v1/age-marks",
        {"border": 201, "brigade": 201},
        403,
        to_mark,
        marking,
    ),
    Operation(
        "seeAgeMark",
        "POST",
        "/api/v1/age-marks/{mark}/seen",
        {"supervisor": 200},
        403,
        marked,
        on_mark(),
    ),
    Operation(
        "takeBackAgeMark",
        "POST",
        "/api/v1/age-marks/{mark}/take-back",
        {"border": 200, "supervisor": 200, "brigade": 404},
        403,
        marked,
        on_mark(json={"reason": "Era otra persona."}),
    ),
    Operation("getHealth", "GET", "/api/v1/health", {}, 200, visitor=200),
)
