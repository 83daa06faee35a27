"""The cases of the demonstration, lived through the services at their own days."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from app.demo.market import Market
from app.demo.names import name_worker
from app.demo.officials import Cast
from app.demo.plans import Plan, Step
from app.demo.player import Player
from app.demo.portraits import draw_document, draw_gallery
from app.demo.rights import RIGHT_STEPS
from app.demo.stage import SEED, Say, Stage
from app.demo.workers import answers_of, phone_of
from app.services import (
    applications,
    approvals,
    contract_waits,
    contracts,
    credentials,
    crossings,
    documents,
    effects,
    info_requests,
    issuing,
    recommendations,
    submissions,
)
from app.services.approvals import Ruling
from app.services.case import load_case
from app.storage import acceptances
from app.storage.applications import get_application
from permits.applications import Status
from permits.approvals import Ground, Opinion
from permits.audit import Act
from permits.crossings import Crossing, CrossingId, Direction
from permits.deadlines import legal_day
from permits.info_requests import Question, QuestionKind
from permits.people import NOBODY, SYSTEM, Actor, Agency
from permits.programmes import Hiring
from permits.reach import EVERYTHING
from permits.recommendations import RECOMMENDABLE
from permits.submissions import DocumentKind
from recruitment.contracts import Way

QUESTIONS = (
    ("La foto del documento está borrosa. Envíe otra, con buena luz.", Ground.DOCUMENT_UNREADABLE),
    ("¿Cuál es su segundo apellido? No coincide con el documento.", Ground.DATA_DIFFER),
    (
        "Falta el reverso del DPI. Puede enviarlo o mostrarlo en la oficina.",
        Ground.DOCUMENT_MISSING,
    ),
)
ASKED = (
    Question(QuestionKind.FACT, "¿En qué municipio nació?"),
    Question(QuestionKind.DOCUMENT, "Mande una foto del sello de su última entrada."),
)


def seed_cases(stage: Stage, cast: Cast, market: Market, plans: tuple[Plan, ...], say: Say) -> None:
    """Live every case, one after the other, and tell how far it is."""
    todo = [plan for plan in plans for _ in range(plan.count)]
    for number, plan in enumerate(todo, start=1):
        began = stage.now - timedelta(
            days=stage.random.randrange(plan.newest, plan.oldest + 1),
            minutes=stage.random.randrange(60 * 9),
        )
        vacancy = market.choose(stage, plan.programme, plan.window)
        live(Player(stage, cast, vacancy, began), plan, number)
        if number % 80 == 0:
            say(f"Demonstration: {number} of {len(todo)} cases …")


def live(player: Player, plan: Plan, number: int) -> None:
    """One case from its first page to where its plan leaves it, and the letters it led to.

    Of those whom nobody decides on yet, every fifth has not read the contract.
    """
    player.unread = number % 5 == 0 and {*plan.steps} <= {Step.SUBMIT, Step.EMPLOYER_ACCEPTS}
    begin(player, plan, number)
    for step in plan.steps:
        STEPS[step](player)
        player.now += timedelta(
            days=player.stage.random.randrange(1, 4), minutes=player.stage.random.randrange(300)
        )
        player.now = min(player.now, player.stage.now - timedelta(minutes=number % 50))
    while effects.run_past_effects(player.stage.work(player.stage.now)):
        pass


def begin(player: Player, plan: Plan, number: int) -> None:
    """The draft with its answers, files for most, and a phone."""
    stage = player.stage
    work = player.work(NOBODY)
    phone = phone_of(plan.programme, number)
    started = applications.start_application(work, plan.programme, phone, "es")
    player.worker, player.id = started.actor, started.application.id
    answers = answers_of(stage.random, plan.programme, legal_day(player.now), number)
    if not plan.steps and number % 2:
        answers = {name: answers[name] for name in ("document_number", "given_names", "surnames")}
    else:
        answers["vacancy"] = str(player.vacancy.id)
        if player.vacancy.hiring is Hiring.NAMED:
            name_worker(stage, player.vacancy, str(answers["document_number"]), player.now)
    # Most send files; of the approved, whose files nobody opens any more, every sixth.
    files = number % 5 > 0 and (Step.MIGRATION_APPROVES not in plan.steps or number % 6 == 0)
    answers |= {"brings_documents": not files, "brings_photo": not files}
    applications.save_answers(player.work(player.worker), player.id, answers)
    if files:
        _attach(player)


def _attach(player: Player) -> None:
    pictures = {
        DocumentKind.IDENTITY_FRONT: draw_document("Documento de identidad", ("Frente",)),
        DocumentKind.IDENTITY_BACK: draw_document("Documento de identidad", ("Reverso",)),
        DocumentKind.PHOTO: player.stage.random.choice(draw_gallery(SEED)),
    }
    for kind, picture in pictures.items():
        documents.attach_document(player.work(player.worker), player.id, kind, picture)


def _submit(player: Player) -> None:
    submitted = submissions.submit_application(player.work(player.worker), player.id)
    player.version = submitted.version
    _agrees(player)


def _agrees(player: Player) -> None:
    """Where the contract comes first the worker agrees to it, having heard it read out."""
    work = player.work(player.worker)
    own = get_application(work.session, player.id, reach=EVERYTHING)
    waiting = contract_waits.find_waiting(work, own)
    if waiting is not None and not player.unread:
        contracts.accept_own(work, player.id, waiting.digest, heard=True)


def _employer_accepts(player: Player) -> None:
    if player.vacancy.hiring is Hiring.OPEN:
        return
    session, vacancy = player.stage.session, player.vacancy.id
    acceptance = acceptances.find_acceptance(session, player.id, vacancy)
    if acceptance is not None and acceptance.accepted is None:
        facts = {"answer": "accepted", "vacancy": str(vacancy)}
        event = player.work(SYSTEM).event(Act.ACCEPTANCE_ANSWERED, player.id, facts)
        acceptances.answer(session, acceptance, True, player.now, event=event)
        contracts.agree_for_employer(player.work(SYSTEM), player.id, vacancy, Way.ANSWER)
        _agrees(player)


def _decides(
    agency: str, opinion: Opinion, grounds: tuple[Ground, ...] = ()
) -> Callable[[Player], None]:
    def decide(player: Player) -> None:
        note, why = "", grounds
        if opinion is Opinion.RETURN:
            note, reason = player.stage.random.choice(QUESTIONS)
            why = (reason,)
        official = player.stage.random.choice(getattr(player.cast, agency))
        _recommends(agency, opinion, grounds, but=official)(player)
        decided = approvals.decide_application(
            player.work(official),
            player.id,
            Ruling(opinion, why, note),
            seen_version=player.version,
        )
        player.version = decided.version
        if decided.status is Status.APPROVED:
            issuing.sign_pending(player.work(SYSTEM))

    return decide


def _recommends(
    agency: str, opinion: Opinion, grounds: tuple[Ground, ...] = (), *, but: Actor | None = None
) -> Callable[[Player], None]:
    """Somebody else of the agency recommends first, where the programme wants it."""

    def recommend(player: Player) -> None:
        case = load_case(player.work(player.worker), player.id)
        if opinion not in RECOMMENDABLE or not case.advice.is_missing(Agency(agency)):
            return
        official = next(one for one in getattr(player.cast, agency) if one != but)
        advised = recommendations.recommend_application(
            player.work(official),
            player.id,
            Ruling(opinion, grounds, "Revisé el contrato y el documento."),
            seen_version=player.version,
        )
        player.version = advised.version

    return recommend


def _asks(agency: str) -> Callable[[Player], None]:
    """An official asks two things, and the round stands."""

    def ask(player: Player) -> None:
        official = getattr(player.cast, agency)[0]
        asked = info_requests.ask_questions(
            player.work(official), player.id, ASKED, seen_version=player.version
        )
        player.version = asked.version

    return ask


def _holds(agency: str) -> Callable[[Player], None]:
    def hold(player: Player) -> None:
        official = getattr(player.cast, agency)[1]
        held = approvals.hold_application(
            player.work(official), player.id, seen_version=player.version
        )
        player.version = held.version

    return hold


def _withdraw(player: Player) -> None:
    applications.withdraw_application(player.work(player.worker), player.id)


def _crosses(direction: Direction) -> Callable[[Player], None]:
    def cross(player: Player) -> None:
        permit = player.permit
        first, last = permit.authorisation.valid_from, permit.authorisation.valid_until
        day = first if direction is Direction.ENTRY else last
        days = (legal_day(player.now) - day).days - player.stage.random.randrange(3)
        at = min(player.now - timedelta(days=max(days, 0)), player.stage.now)
        _pass(player, permit, direction, at)
        player.now = max(player.now, at)

    return cross


def _crosses_today(direction: Direction) -> Callable[[Player], None]:
    def cross(player: Player) -> None:
        minutes = player.stage.random.randrange(20, 300)
        _pass(player, player.permit, direction, player.stage.now - timedelta(minutes=minutes))
        player.now = player.stage.now

    return cross


def _pass(player: Player, permit: credentials.Permit, direction: Direction, at: datetime) -> None:
    agent = player.stage.random.choice(player.cast.agents)
    crossing = Crossing(
        CrossingId(player.work(agent).new_id()),
        permit.credential.number,
        direction,
        agent.post or "",
        f"demo-{agent.post}",
        agent.person,
        at,
        "green",
        "ok",
        player.stage.random.random() < 0.4,
        at - timedelta(hours=3),
    )
    player.now = max(player.now, at)
    crossings.record_crossings(player.work(agent), [crossing])


STEPS: Mapping[Step, Callable[[Player], None]] = {
    Step.SUBMIT: _submit,
    Step.EMPLOYER_ACCEPTS: _employer_accepts,
    Step.LABOUR_RECOMMENDS: _recommends("setrass", Opinion.APPROVE),
    Step.LABOUR_APPROVES: _decides("setrass", Opinion.APPROVE),
    Step.LABOUR_RETURNS: _decides("setrass", Opinion.RETURN),
    Step.LABOUR_REFUSES: _decides("setrass", Opinion.REFUSE, (Ground.CONTRACT_BELOW_MINIMUM,)),
    Step.LABOUR_HOLDS: _holds("setrass"),
    Step.MIGRATION_APPROVES: _decides("inm", Opinion.APPROVE),
    Step.MIGRATION_RETURNS: _decides("inm", Opinion.RETURN),
    Step.MIGRATION_REFUSES: _decides("inm", Opinion.REFUSE, (Ground.DOCUMENT_FALSE_OR_EXPIRED,)),
    Step.MIGRATION_ASKS: _asks("inm"),
    Step.MIGRATION_HOLDS: _holds("inm"),
    Step.WITHDRAW: _withdraw,
    Step.ENTER: _crosses(Direction.ENTRY),
    Step.EXIT: _crosses(Direction.EXIT),
    Step.ENTER_TODAY: _crosses_today(Direction.ENTRY),
    Step.EXIT_TODAY: _crosses_today(Direction.EXIT),
    **RIGHT_STEPS,
}
