"""The scam check: one word for all that was found, and what is looked up in a text."""

from dataclasses import replace
from uuid import UUID

import pytest

from permits.errors import Conflict, Invalid
from recruitment.recruiters import LicenceState
from recruitment.registries import name_key
from recruitment.scam_checks import (
    Found,
    Known,
    KnownEmployer,
    Report,
    ReportKind,
    ReportState,
    check_report,
    farm_key,
    farm_keys_in,
    judged,
    licences_in,
    name_keys_in,
    signs_in,
    verdict_of,
)
from recruitment.standings import Standing

GOOD = Known(LicenceState.VALID, Standing.GOOD)
FARM = KnownEmployer(verified=True, standing=Standing.GOOD)
NEW = replace(FARM, verified=False)


@pytest.mark.feature("N15")
@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (Found((GOOD,), (), 0, True), "registered"),
        (Found((), (FARM,), 0, True), "employer"),
        (Found((), (NEW, FARM)), "employer"),
        (Found((), (NEW,), 0, True), "employer-unverified"),
        (Found((GOOD,), (FARM,), 0, True), "registered"),
        (Found((), (FARM,), 0, True, other_phone=True), "other-phone"),
        (Found((), (FARM,), 1, True), "reported"),
        (Found((GOOD,), (replace(FARM, standing=Standing.BARRED),)), "employer-stopped"),
        (Found((), (FARM, replace(NEW, standing=Standing.SUSPENDED))), "employer-stopped"),
        (Found((), (replace(FARM, standing=Standing.WATCHED),)), "employer"),
        (Found((replace(GOOD, licence=LicenceState.UNKNOWN),), (FARM,)), "unknown"),
        (Found((GOOD,), (), 0, False), "registered"),
        (Found((GOOD,), (), 0, True, other_phone=True), "other-phone"),
        (Found((GOOD,), (), 1, True, other_phone=True), "reported"),
        (Found((), (), 0, True, other_phone=True), "not-registered"),
        (Found((), (), 0, True), "not-registered"),
        (Found((), (), 0, False), "unknown"),
        (Found((), (), 1, True), "reported"),
        (Found((GOOD,), (), 1, True), "reported"),
        (Found((replace(GOOD, standing=Standing.BARRED),), (), 0, True), "reported"),
        (Found((replace(GOOD, standing=Standing.SUSPENDED),), (), 0, True), "not-valid"),
        (Found((replace(GOOD, standing=Standing.WATCHED),), (), 0, True), "registered"),
        (Found((GOOD, replace(GOOD, licence=LicenceState.EXPIRED)), (), 0, True), "not-valid"),
        (Found((replace(GOOD, licence=LicenceState.UNKNOWN),), (), 0, False), "unknown"),
        (Found((GOOD, replace(GOOD, licence=LicenceState.UNKNOWN)), (), 0, False), "unknown"),
        (
            Found((Known(LicenceState.UNKNOWN, Standing.SUSPENDED),), (), 0, False),
            "not-valid",
        ),
    ],
)
def test_a_verdict(found: Found, verdict: str) -> None:
    assert verdict_of(found).value == verdict


OFFER = """TRABAJO en Canadá, ¡Visa GARANTIZADA!
Agencia Cuatro Vientos del Norte, S.A.
Licencia HN-REC-0007/2026, escriba al 9999-0000. Pague L 5000."""


def test_what_is_looked_up_in_an_offer() -> None:
    assert {"HNREC00072026", "99990000"} <= set(licences_in(OFFER))
    assert name_key("agencia cuatro vientos del norte sa") in name_keys_in(OFFER)
    assert name_key("Cuatro Vientos") in name_keys_in(
        "Me escribió Cuatro Vientos ayer por la tarde, dijo eso."
    )
    assert name_key("del norte SA") in name_keys_in(OFFER)
    assert name_key("Me ayer") not in name_keys_in("Me escribió Cuatro Vientos ayer")
    assert name_keys_in("") == licences_in("Agencia") == []
    assert len(name_keys_in("palabra otra " * 2000)) < 20
    padded = "palabra otra cosa " * 150 + "Juan Inventado Paz"
    assert name_key("Inventado Paz Juan") in name_keys_in(padded)
    assert signs_in(OFFER, ("visa garantizada", "sin entrevista")) == ("visa garantizada",)


@pytest.mark.feature("N15")
def test_a_farm_counts_inside_a_sentence_only_behind_the_word_for_one() -> None:
    """Farms have the names of towns: an offer of work in La Esperanza names no farm."""
    key = farm_key("Finca La Esperanza")
    assert key == farm_key("La Esperanza") == farm_key("Hacienda la esperanza")
    for text in ("La Esperanza", "finca la esperanza", "Hola. Vamos a la Finca La Esperanza hoy"):
        assert key in farm_keys_in(text)
    assert key not in farm_keys_in("Hay trabajo cerca de La Esperanza, Intibucá, con buena paga")
    assert farm_keys_in("Finca") == farm_keys_in("") == []


REPORT = Report(UUID(int=1), ReportKind.ASKED_MONEY, name="Cuatro Vientos")


@pytest.mark.parametrize(
    ("report", "codes"),
    [
        (replace(REPORT, name="  "), ["report-names-nobody"]),
        (replace(REPORT, name=" ", licence="--"), ["report-names-nobody"]),
        (replace(REPORT, name="x" * 121, words="x" * 601), ["too-long", "too-long"]),
    ],
)
def test_a_warning_that_is_refused(report: Report, codes: list[str]) -> None:
    check_report(REPORT)
    check_report(replace(REPORT, name="", phone="+50499990000"))
    with pytest.raises(Invalid) as refused:
        check_report(report)
    assert [fault.code for fault in refused.value.faults] == codes


def test_a_warning_is_judged_once() -> None:
    assert judged(REPORT, ReportState.CONFIRMED) is ReportState.CONFIRMED
    for report, state in (
        (replace(REPORT, state=ReportState.DISMISSED), ReportState.CONFIRMED),
        (REPORT, ReportState.RECEIVED),
    ):
        with pytest.raises(Conflict, match="report-judged"):
            judged(report, state)
