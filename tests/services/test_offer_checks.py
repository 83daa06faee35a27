"""The public scam check: lists of registries, measures and confirmed warnings give one verdict."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.services import credentials, offer_checks, recruiters, registries, standings
from app.services.ports import Ports
from app.services.standings import Against
from app.storage.database import Session
from app.storage.offer_reports import offer_reports
from app.storage.vacancies import Employer, add_employer
from permits.audit import Act
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people import NOBODY, Role
from permits.wages import EmployerSize
from recruitment.recruiters import LicenceKey, LicenceState
from recruitment.registries import Registry
from recruitment.scam_checks import Report, ReportKind, ReportState
from recruitment.standings import Measure, MeasureKind, Standing
from tests.builders import NOW, Story, add_official, work_of
from tests.registered import AGENCIES, HEADER, RECRUITERS, bring, bring_all, some_phone, verified

STRANGER = "+50499001122"


@pytest.mark.feature("N15")
def test_one_verdict_for_a_name_a_phone_a_licence_and_a_whole_offer(
    session: Session, ports: Ports
) -> None:
    anyone = work_of(session, NOBODY, ports)
    chief = add_official(session, ports, Role.SETRASS_SUPERVISOR)

    def verdict(text: str, *phones: str) -> str:
        return offer_checks.check_offer(anyone, text, phones).verdict.value

    assert verdict("Agencia Buen Camino (demo)") == "unknown"
    bring(session, ports, chief, Registry.HN_RECRUITERS, AGENCIES)
    assert verdict("Nadie de Ninguna Parte") == "unknown"
    bring(session, ports, chief, Registry.GT_RECRUITERS, RECRUITERS)
    assert verdict("Nadie de Ninguna Parte") == "not-registered"
    assert verdict("agencia buen camino demo") == "registered"
    assert verdict("hn 001") == "not-registered"
    assert verdict("Licencia HN-001") == "registered"
    assert verdict("llame al 2222-0001", "+50222220001") == "registered"
    local = ("+50422220001", "+50222220001")  # without its country it may be of either
    assert verdict("Agencia Buen Camino (demo), 2222-0001", *local) == "registered"
    # Somebody writes in the name of who is registered: the name is right, the phone is not theirs.
    posing = ("+50422220001", STRANGER, STRANGER.replace("+504", "+502"))
    assert verdict("Agencia Buen Camino (demo), 9900-1122", *posing) == "other-phone"
    assert verdict("Licencia HN-004") == verdict("Licencia HN-002") == "not-valid"
    offer = "Trabajo inmediato en el extranjero.\nAgencia Dos Orillas (demo)"
    checked = offer_checks.check_offer(anyone, offer, ())
    assert (checked.verdict.value, len(checked.signs)) == ("not-valid", 1)
    third = LicenceKey(Registry.HN_RECRUITERS, "HN003")
    bar = Measure(uuid4(), MeasureKind.BAR, "R-9-2026", date(2026, 11, 1))
    standings.record_measure(work_of(session, chief, ports), Against(licence=third), bar)
    assert verdict("Licencia HN-003") == "reported"
    for text in ("  ", "x" * 4001):
        with pytest.raises(Invalid):
            verdict(text)


@pytest.mark.feature("N15")
def test_only_what_an_official_confirmed_is_told_and_nobody_learns_who_warned(
    session: Session, ports: Ports
) -> None:
    anyone = work_of(session, NOBODY, ports)
    chief = work_of(session, add_official(session, ports, Role.SETRASS_SUPERVISOR), ports)
    said = Report(
        uuid4(), ReportKind.ASKED_MONEY, "Juan Inventado Paz", STRANGER, "", "Pidió L2000"
    )
    offer_checks.report_offer(anyone, said)
    assert offer_checks.check_offer(anyone, "9900-1122", [STRANGER]).verdict.value == "unknown"
    with pytest.raises(Forbidden):
        offer_checks.list_reports(anyone)
    assert said in offer_checks.list_reports(chief).items
    offer_checks.judge_report(chief, said.id, ReportState.CONFIRMED)
    assert offer_checks.check_offer(anyone, "9900-1122", [STRANGER]).verdict.value == "reported"
    # Many people have one name: it is shown as such, and marks nobody.
    named = offer_checks.check_offer(anyone, "paz, juan inventado", [])
    assert (named.verdict.value, named.of_this_name) == ("unknown", 1)
    both = offer_checks.check_offer(anyone, "paz, juan inventado", [STRANGER])
    assert (both.verdict.value, both.of_this_name) == ("reported", 0)
    with pytest.raises(Conflict, match="report-judged"):
        offer_checks.judge_report(chief, said.id, ReportState.DISMISSED)
    # Confirmed by mistake: it is taken back, once, and nobody is told any more.
    assert said.id in {one.id for one in offer_checks.list_confirmed(chief).items}
    seen = ReportState.CONFIRMED
    offer_checks.judge_report(chief, said.id, ReportState.DISMISSED, seen)
    assert offer_checks.check_offer(anyone, "9900-1122", [STRANGER]).verdict.value == "unknown"
    with pytest.raises(Conflict, match="report-judged"):
        offer_checks.judge_report(chief, said.id, ReportState.CONFIRMED, seen)
    row = session.execute(select(offer_reports).where(offer_reports.c.id == said.id)).one()
    assert b"Inventado" not in row.told
    assert "person" not in offer_reports.c
    with pytest.raises(Invalid):
        offer_checks.report_offer(anyone, Report(uuid4(), ReportKind.FALSE_NAME))


@pytest.mark.feature("N15")
def test_a_verified_farm_is_an_employer_by_name_number_phone_or_farm_and_tells_no_more(
    session: Session, ports: Ports
) -> None:
    anyone = work_of(session, NOBODY, ports)
    chief = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    phone = some_phone()
    mine, employer = verified(session, ports, phone)
    name, number = mine.registration.told.name or "", mine.registration.told.tax_number or ""
    written = f"{number[:4]}-{number[4:8]}-{number[8:]}"
    for text, phones in (
        (name.upper(), ()),
        (f"RTN {written}", ()),
        ("llame ya", (phone,)),
        ("Me llevan a la finca La Peña el lunes", ()),
    ):
        checked = offer_checks.check_offer(anyone, text, phones)
        assert checked.verdict.value == "employer", text
        assert [one.id for one in checked.employers] == [employer]
        assert phone not in repr(checked)
        assert number not in repr(checked)
        assert "14.84" not in repr(checked)
    assert [one.name for one in checked.employers[0].farms] == ["La Peña"]
    posing = offer_checks.check_offer(anyone, name, (STRANGER,))
    assert posing.verdict.value == "other-phone"
    assert offer_checks.check_offer(anyone, "trabajo en La Peña, hoy", ()).employers == ()
    bar = Measure(uuid4(), MeasureKind.BAR, "R-10-2026", date(2026, 11, 1))
    standings.record_measure(work_of(session, chief, ports), Against(employer), bar)
    assert offer_checks.check_offer(anyone, written, ()).verdict.value == "employer-stopped"
    # Who has vacancies and was never looked at is told as such.
    other = Employer(uuid4(), "Cooperativa Sin Mirar", None, EmployerSize.TO_10, "HN-CP", "0401")
    event = work_of(session, chief, ports).event(Act.EMPLOYER_ADDED, other.id)
    add_employer(session, other, NOW, event=event)
    unseen = offer_checks.check_offer(anyone, "cooperativa sin mirar", ())
    assert unseen.verdict.value == "employer-unverified"


@pytest.mark.feature("N15")
def test_an_address_of_ours_means_its_page_and_one_elsewhere_nobody(
    session: Session, ports: Ports
) -> None:
    anyone, site = work_of(session, NOBODY, ports), ports.public_url
    bring_all(session, ports)
    mine, employer = verified(session, ports, some_phone())
    recruiter = "/reclutadores/hn-recruiters/HN001"

    def told(text: str) -> tuple[str, tuple[str, ...]]:
        checked = offer_checks.check_offer(anyone, text, ())
        return checked.verdict.value, checked.elsewhere

    assert told(f"{site}{recruiter}") == ("registered", ())
    assert told(f"{site}/empleador/{employer}") == ("employer", ())
    assert told(f"{site}/empleador/{uuid4()}") == ("not-registered", ())
    assert told(f"https://evil.example{recruiter}") == ("not-registered", ("evil.example",))
    name = mine.registration.told.name or ""
    assert told(f"{name} https://evil.example/") == ("employer", ("evil.example",))
    story = Story(session, ports).start().submit().approve().sign()
    permit = credentials.find_permit_of(story.work(story.worker), story.id)
    assert permit is not None
    assert told(f" {permit.credential.text} ") == told(f"{site}/v#6BF") == ("permit", ())
    assert told(f"{site}/v#ABC Agencia Buen Camino (demo)") == ("registered", ())
    assert told(f"{site}/v#ABC https://evil.example/")[0] == "not-registered"


@pytest.mark.feature("E2")
def test_recruiters_are_looked_up_and_an_old_list_verifies_nobody(
    session: Session, ports: Ports
) -> None:
    anyone = work_of(session, NOBODY, ports)
    chief = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    bring(session, ports, chief, Registry.HN_RECRUITERS, AGENCIES, date(2026, 10, 1))
    found = recruiters.search(anyone, "agencia camino")
    assert [(one.name, one.state) for one in found.found] == [
        ("Agencia Buen Camino (demo)", LicenceState.UNKNOWN)
    ]
    assert not found.answered
    (suspended,) = recruiters.search(anyone, "HN-002").found
    assert (suspended.state, suspended.standing.standing) == (
        LicenceState.SUSPENDED,
        Standing.SUSPENDED,
    )
    bring(session, ports, chief, Registry.HN_RECRUITERS, AGENCIES)
    one = recruiters.read_recruiter(anyone, Registry.HN_RECRUITERS, "hn-001")
    assert (one.state, one.standing.standing) == (LicenceState.VALID, Standing.GOOD)
    assert recruiters.search(anyone, "").found == ()
    for registry, number in ((Registry.HN_RECRUITERS, "HN-999"), (Registry.RTN, "HN001")):
        with pytest.raises(NotFound):
            recruiters.read_recruiter(anyone, registry, number)


def test_a_list_is_taken_whole_or_not_at_all(session: Session, ports: Ports) -> None:
    chief = add_official(session, ports, Role.SETRASS_SUPERVISOR)
    work = work_of(session, chief, ports)
    kept = bring(session, ports, chief, Registry.HN_RECRUITERS, AGENCIES)
    today = NOW.date()
    for text, as_of, signer, digest, code in (
        ("", today, "X", "", "file-empty"),
        (HEADER, today, "X", "", "registry-empty"),
        (AGENCIES + "HN-009,,active,,,\n", today, "X", "", "registry-line"),
        ("number,name\nA1,B\n", today, "X", "", "registry-columns"),
        (AGENCIES, today, " ", "", "missing"),
        (AGENCIES, today, "X", "0" * 64, "registry-digest-differs"),
        (AGENCIES, date(2026, 12, 24), "X", "", "date-in-future"),
        (AGENCIES, date(2026, 1, 1), "X", "", "registry-older"),
    ):
        brought = registries.Brought(text.encode(), as_of, signer, digest)
        with pytest.raises(Invalid) as refused:
            registries.import_list(work, Registry.HN_RECRUITERS, brought)
        assert [fault.code for fault in refused.value.faults] == [code]
    states = {one.info.registry: one for one in registries.list_states(work)}
    assert states[Registry.HN_RECRUITERS].newest == kept
    again = registries.Brought(AGENCIES.encode(), today, "X", kept.sha256.upper())
    assert registries.import_list(work, Registry.HN_RECRUITERS, again).rows == 4
