"""Sets the demonstration up on an empty database, with progress and the sign-ins at the end."""

from datetime import datetime
from uuid import UUID

from app.demo.abroad import seed_abroad
from app.demo.care import seed_care
from app.demo.cases import seed_cases
from app.demo.children import seed_children
from app.demo.complaints import COMPLAINT_NUMBER, PHRASE, seed_complaints
from app.demo.conditions import seed_conditions
from app.demo.contracts import seed_contracts
from app.demo.costs import seed_costs
from app.demo.crew import seed_crew
from app.demo.devices import PIN, seed_devices
from app.demo.during import seed_during
from app.demo.lately import seed_lately
from app.demo.market import COFFEE, seed_market
from app.demo.names import NAMED_CUI, name_visitor
from app.demo.officials import PASSWORD, add_client, demo_accounts, official, seed_officials
from app.demo.plans import PLANS, Plan
from app.demo.recruiting import SCAMMER_PHONE, seed_employers, seed_recruiting
from app.demo.stage import Say, Stage, make_stage
from app.demo.wages import seed_wages
from app.demo.watch import seed_watch
from app.demo.workers import phone_of
from app.services import answer_terms, resume_codes, status_lists, stays
from app.services.effects import run_past_effects
from app.storage import accounts, people
from app.wiring import House
from permits.audit import Act
from permits.generations import FIRST_LIST
from permits.identity_documents import IdentityKind, group
from permits.people import Actor, PersonId, Role

WORKER = PersonId(UUID(int=(0xDE30 << 112) + (0xFF << 8) + 1))
WORKER_PHONE, WORKER_CODE = phone_of(COFFEE, 9001), "24681357"


def is_seeded(house: House) -> bool:
    """Whether somebody is in the database already."""
    with house.read_sessions() as session:
        return bool(accounts.list_accounts(session))


def seed_demo(house: House, now: datetime, say: Say, plans: tuple[Plan, ...] = PLANS) -> None:
    """People, farms, cases over all states, crossings and lists; takes some seconds.

    All of it is one transaction: who stops it half-way finds an empty database again.
    """
    with house.sessions.begin() as session:
        stage = make_stage(house, session, now)
        say("Demonstration: officials, farms and vacancies …")
        cast = seed_officials(stage)
        seed_devices(stage, cast)
        market = seed_market(stage)
        seed_employers(stage, cast)
        seed_conditions(stage, market, cast.setrass[0], official("jefa.setrass"))
        name_visitor(stage, market)
        _seed_worker(stage)
        seed_cases(stage, cast, market, plans, say)
        seed_care(stage, cast)
        seed_crew(stage, market)
        seed_lately(stage, cast)
        seed_watch(stage)
        seed_recruiting(stage, cast)
        seed_costs(stage, cast)
        seed_complaints(stage)
        seed_during(stage)
        seed_children(stage, cast)
        seed_wages(stage)
        seed_abroad(stage, cast)
        seed_contracts(stage, market)
        answer_terms.lapse_returned(stage.work(now))
        stays.tell_stays(stage.work(now))
        run_past_effects(stage.work(now))
        status_lists.publish_status_list(stage.work(now), FIRST_LIST)
        run_past_effects(stage.work(now))  # the files of the list
    say("Demonstration: ready.")


def _seed_worker(stage: Stage) -> None:
    """A worker without an application, for the API and for /retomar/papel."""
    hashed = stage.ports.passwords.hash(PASSWORD)
    code = resume_codes.keep(stage.ports, WORKER_CODE)
    event = stage.work(stage.now).event(Act.ACCOUNT_ADDED, WORKER, {"role": Role.WORKER.value})
    worker = people.Worker(WORKER, WORKER_PHONE, code, "es")
    people.add_worker(stage.session, worker, stage.now, event=event)
    add_client(stage, Actor(WORKER, Role.WORKER), hashed)


def sign_in_lines() -> list[str]:
    """What is printed when the demonstration starts."""
    lines = [f"  {account.role:<20} {account.user}" for account in demo_accounts()]
    return [
        "Sign in at /entrar with the password " + PASSWORD,
        *lines,
        f"  A worker comes back at /retomar/papel with {WORKER_PHONE} and the code {WORKER_CODE}",
        f"  A farm has named the holder of the DPI {group(IdentityKind.GT_DPI, NAMED_CUI)}",
        f"  On an enrolled device of El Florido the agent comes in with the PIN {PIN}",
        "  A permit of Guatemala, to be scanned here too, is at /demo/permiso-de-guatemala.svg",
        f"  At /verificar-oferta {SCAMMER_PHONE} is reported, AEP-103 suspended, AEP-104 barred",
        f"  Handlers of complaints open cases at /quejas/llave with the phrase: {PHRASE}",
        f"  Who complained comes back at /consulta with the number {COMPLAINT_NUMBER}",
        "  Every SMS and e-mail of the demonstration is shown at /demo/mensajes",
    ]
