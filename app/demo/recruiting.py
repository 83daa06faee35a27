"""Employers who registered, recruiters of every standing, and warnings; all of it invented."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from app.demo.market import FARM
from app.demo.officials import Cast, official
from app.demo.stage import Stage, read_list
from app.services import offer_checks, registries, registry_checks, standings
from app.services.registries import Brought
from app.services.standings import Against
from app.services.work import Work
from app.storage import (
    assessments,
    employers,
    farms,
    housing_inspections,
    mandates,
    registrations,
)
from permits.audit import Act
from permits.deadlines import legal_day
from permits.people import Actor, PersonId, Role
from permits.wages import EmployerSize
from recruitment.assessments import Assessment, Audit, Criterion, audit, declare
from recruitment.ethics.words import HousingItem
from recruitment.housing import HousingInspection, Shortcoming
from recruitment.recruiters import LicenceKey, Mandate
from recruitment.registrations import (
    EmployerKind,
    Evidence,
    Farm,
    Registration,
    RegistrationStatus,
    Told,
)
from recruitment.registries import COLUMNS, Registry
from recruitment.scam_checks import Report, ReportKind, ReportState
from recruitment.standings import Measure, MeasureKind

CHIEF = PersonId(FARM)
KINDS = {"farm": EmployerKind.SMALL_GROWER, "cooperative": EmployerKind.COOPERATIVE}
CORNERS: Mapping[str, tuple[str, str]] = {
    "HN-CP": ("14.72", "-89.05"),
    "HN-OC": ("14.45", "-89.05"),
    "HN-LE": ("14.55", "-88.65"),
    "HN-CM": ("14.45", "-87.70"),
    "HN-SB": ("14.90", "-88.40"),
}
"""From where invented points of farms are counted, somewhere in each department."""

BEDS = 90
"""At least so many can sleep on a farm: the pickers of two vacancies and a draft at a time."""

LACKING, OLD = 4, 2
"""Farms of which one has something to mend, and the other was inspected long ago.

Neither has named a recruiter: what was set aside for such a warning holds on the next day too.
"""

BARRED, GOOD = "AEP104", "AEP101"
SCAMMER_PHONE = "+50499007777"
SCAMMER = "Trabajos Seguros Norte Inventada"


def seed_employers(stage: Stage, cast: Cast) -> None:
    """Bring the registries' lists and verify the employers, before their vacancies are judged."""
    officer, rows = cast.setrass[0], _at_home()
    _bring_lists(_chief(stage, cast), rows)
    inspector = stage.work(stage.now, official("inspector"))
    for number, row in enumerate(rows):
        farm = _verify(stage, officer, number, row)
        if farm is not None:
            _inspect(inspector, number, farm)


def _inspect(work: Work, number: int, farm: Farm) -> None:
    """Where people sleep was looked at: one farm lacks lockers, and another waits since long."""
    days = 260 if number == OLD else 30 + number
    on = legal_day(work.now) - timedelta(days=days)
    failed = (Shortcoming(HousingItem.LOCKABLE_STORAGE),) if number == LACKING else ()
    seen = HousingInspection(
        work.new_id(),
        farm.id,
        on,
        farm.housed,
        farm.housed // 12 + 1,
        farm.housed // 12 + 1,
        failed,
        on + timedelta(days=60) if failed else None,
        work.actor.person,
    )
    facts = {"farm": str(farm.id), "failed": ",".join(one.item.value for one in failed)}
    event = work.event(Act.HOUSING_INSPECTED, seen.id, {**facts, "capacity": seen.capacity})
    housing_inspections.add_inspection(work.session, seen, work.now, event=event)


def seed_recruiting(stage: Stage, cast: Cast) -> None:
    """Name recruiters, write measures and warnings down, and leave some work for SETRASS."""
    chief = _chief(stage, cast)
    _farm_of_the_demonstration(stage)
    _measures(chief)
    _warnings(chief)
    _waiting(stage)


def _at_home() -> list[dict[str, str]]:
    return [row for row in read_list("employers") if row["department"].startswith("HN-")]


def _chief(stage: Stage, cast: Cast) -> Work:
    officer = cast.setrass[0]
    return stage.work(stage.now, Actor(officer.person, Role.SETRASS_SUPERVISOR, officer.name))


def _bring_lists(chief: Work, rows: list[dict[str, str]]) -> None:
    today = legal_day(chief.now)
    taxes = [[_rtn(number), row["name"], "active", "", "", ""] for number, row in enumerate(rows)]
    _bring(chief, Registry.RTN, taxes)
    _bring(chief, Registry.RNSP, taxes)
    keys = [[_key(number), row["name"], "active", "", "", ""] for number, row in enumerate(rows)]
    _bring(chief, Registry.IHCAFE, keys[:15])
    listed = read_list("recruiters")
    for registry in (Registry.HN_RECRUITERS, Registry.GT_RECRUITERS):
        lines = [
            [one["number"], one["name"], one["state"], *_days(today, one), one["phone"]]
            for one in listed
            if one["registry"] == registry.value
        ]
        _bring(chief, registry, lines)


def _days(today: date, row: Mapping[str, str]) -> tuple[str, str]:
    ends = today + timedelta(days=int(row["ends_in_days"]))
    return (ends - timedelta(days=3 * 365)).isoformat(), ends.isoformat()


def _bring(chief: Work, registry: Registry, lines: list[list[str]]) -> None:
    text = "\n".join(",".join(line) for line in [list(COLUMNS), *lines])
    as_of = legal_day(chief.now) - timedelta(days=2)
    signer = f"{chief.ports.reference.registries[registry].holder} (demo)"
    registries.import_list(chief, registry, Brought(text.encode(), as_of, signer))


def _verify(stage: Stage, officer: Actor, number: int, row: Mapping[str, str]) -> Farm | None:
    known = employers.find_by_tax_number(stage.session, _rtn(number))
    if known is None:
        return None
    work, then = stage.work(stage.now), stage.now - timedelta(days=40)
    told = Told(
        KINDS.get(row["kind"], EmployerKind.COMPANY),
        row["name"],
        _rtn(number),
        EmployerSize(row["size"]),
        "Persona Ficticia",
        _key(number) if number < 15 else "",
    )
    made = Registration(
        work.new_id(),
        f"+5049900{number:04d}",
        RegistrationStatus.VERIFIED,
        told,
        1,
        then,
        then + timedelta(days=1),
        then + timedelta(days=3),
        officer.person,
        evidence=(Evidence.TAX_CERTIFICATE,),
        employer=known[0],
    )
    event = work.event(Act.REGISTRATION_STARTED, made.id)
    registrations.add_registration(stage.session, made, event=event)
    farm = _add_farm(work, made, number, row)
    registry_checks.ask_registries(work, {"id": str(made.id)})
    return farm


def _add_farm(work: Work, made: Registration, number: int, row: Mapping[str, str]) -> Farm:
    south, west = (Decimal(text) for text in CORNERS[row["department"]])
    farm = Farm(
        work.new_id(),
        row["name"],
        row["municipality"],
        BEDS + (number * 7) % 30,
        "Productora Ficticia" if row["kind"] == "cooperative" else "",
        south + Decimal(number % 7) / 30,
        west + Decimal(number % 5) / 20,
    )
    event = work.event(Act.FARM_SAVED, made.id)
    farms.add_farm(work.session, made.id, farm, work.now, event=event)
    return farm


def _farm_of_the_demonstration(stage: Stage) -> None:
    """The first farm has named a recruiter, and has said something of itself."""
    work, today = stage.work(stage.now), legal_day(stage.now)
    key = LicenceKey(Registry.HN_RECRUITERS, GOOD)
    mandate = Mandate(work.new_id(), key, today, today + timedelta(days=120))
    event = work.event(Act.MANDATE_GIVEN, mandate.id, {"registry": key.registry.value})
    mandates.add_mandate(work.session, FARM, mandate, CHIEF, work.now, event=event)
    for criterion, evidence in (
        (Criterion.FEES, "Recibos de pago, en la oficina de la finca"),
        (Criterion.CONTRACT, "Contratos firmados, en la oficina de la finca"),
        (Criterion.DOCUMENTS, ""),
    ):
        said = declare(Assessment(criterion), evidence, work.now)
        _assess(work, said)
        if criterion is Criterion.FEES:
            _assess(work, audit(said, Audit.CONFIRM, work.now))


def _assess(work: Work, said: Assessment) -> None:
    facts = {"criterion": said.criterion.value, "status": said.status.value}
    event = work.event(Act.EMPLOYER_ASSESSED, FARM, facts)
    assessments.save_assessment(work.session, FARM, said, CHIEF, event=event)


def _measures(chief: Work) -> None:
    today = legal_day(chief.now)
    barred = Against(licence=LicenceKey(Registry.HN_RECRUITERS, BARRED))
    bar = Measure(chief.new_id(), MeasureKind.BAR, "DGE-12-2026 (demo)", today - timedelta(days=20))
    standings.record_measure(chief, barred, bar)
    known = employers.find_by_tax_number(chief.session, _rtn(3))
    if known is not None:
        found = Measure(
            chief.new_id(),
            MeasureKind.SERIOUS_COMPLAINT,
            "DGIT-31-2026 (demo)",
            today - timedelta(days=9),
        )
        standings.record_measure(chief, Against(known[0]), found)


def _warnings(chief: Work) -> None:
    """Somebody without a licence who was reported, and a warning that nobody has read yet."""
    for name, phone, confirmed in (
        (SCAMMER, SCAMMER_PHONE, True),
        ("Empleos Rápidos Inventados", "+50499008888", False),
    ):
        report = Report(
            chief.new_id(),
            ReportKind.ASKED_MONEY,
            name,
            phone,
            "",
            "Pidió dinero por un puesto en Canadá.",
        )
        offer_checks.report_offer(chief, report)
        if confirmed:
            offer_checks.judge_report(chief, report.id, ReportState.CONFIRMED)


def _waiting(stage: Stage) -> None:
    """Two employers whom SETRASS has not looked at yet."""
    for number, (name, kind) in enumerate(
        (
            ("Finca Nueva Esperanza Ficticia", EmployerKind.SMALL_GROWER),
            ("Asociación Cafetalera de Ejemplo", EmployerKind.ASSOCIATION),
        )
    ):
        work = stage.work(stage.now)
        told = Told(
            kind, name, f"040419700099{number:02d}", EmployerSize.TO_10, "Persona Ficticia", ""
        )
        made = Registration(
            work.new_id(),
            f"+504990090{number:02d}",
            RegistrationStatus.UNDER_REVIEW,
            told,
            1,
            stage.now - timedelta(days=3 - number),
            stage.now - timedelta(days=2 - number),
        )
        event = work.event(Act.REGISTRATION_STARTED, made.id)
        registrations.add_registration(stage.session, made, event=event)
        row = {"name": name, "department": "HN-CP", "municipality": "0404", "kind": ""}
        row["kind"] = "cooperative" if kind is EmployerKind.ASSOCIATION else "farm"
        _add_farm(work, made, number + 40, row)
        registry_checks.ask_registries(work, {"id": str(made.id)})


def _rtn(number: int) -> str:
    """As the market gives them."""
    return f"0801999900{number:04d}"


def _key(number: int) -> str:
    return f"IHC{number:05d}"
