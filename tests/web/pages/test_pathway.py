"""The whole way of a worker, from the terms to the way home, on one page (N13)."""

from datetime import UTC, datetime

import pytest

from app.services.ports import Ports
from app.web.i18n import COOKIE, locale_for
from permits.approvals import Opinion
from permits.crossings import Direction
from permits.deadlines import last_day
from tests.databases import Database
from tests.rights import signed
from tests.services.test_stays import Border
from tests.web.conftest import As, Lived
from tests.web.pages.conftest import StandingClock
from tests.web.pages.test_permits import permit_of
from tests.web.pages.walking import words

SPANISH_DAYS = locale_for("es")

WAY = (
    "Orientación: usted vio las condiciones del trabajo",
    "Usted envió la solicitud 23 de noviembre de 2026",
    "(SETRASS): Aprobó 23 de noviembre de 2026",
    "(INM): Aprobó 23 de noviembre de 2026",
    "Su permiso 23 de noviembre de 2026",
)


def in_order(said: str, *steps: str) -> bool:
    places = [said.find(step) for step in steps]
    assert -1 not in places, (steps[places.index(-1)], said)
    return places == sorted(places)


@pytest.mark.feature("N13", "W10")
def test_the_way_goes_on_after_the_permit_with_what_is_known_and_planned(
    as_: As, lived: Lived, database: Database, ports: Ports, clock: StandingClock
) -> None:
    story = lived(lambda s: s.start().submit().approve().sign())
    number = permit_of(database, ports, story).credential.number
    path = f"/mi-solicitud/{story.id}"

    def shown() -> str:
        return words(as_(story.worker).get(path))

    def cross(direction: Direction, at: datetime) -> None:
        with database.sessions.begin() as session:
            Border(session, ports).cross(number, direction, at)

    assert in_order(
        shown(),
        *WAY,
        "Entrada a Honduras Desde el 1 de diciembre de 2026.",
        "Trabajo Del 1 de diciembre de 2026 al 15 de febrero de 2027.",
        "Salida de Honduras A más tardar el 15 de febrero de 2027.",
    )
    clock.now = datetime(2026, 12, 2, 18, tzinfo=UTC)
    assert "Entrada a Honduras Es el paso de ahora. Desde el 1 de diciembre" in shown()
    cross(Direction.ENTRY, datetime(2026, 12, 2, 15, tzinfo=UTC))
    assert in_order(
        shown(),
        *WAY,
        "Entrada a Honduras 2 de diciembre de 2026",
        "Trabajo Es el paso de ahora. Del 1 de diciembre de 2026",
        "Salida de Honduras A más tardar el 15 de febrero de 2027.",
    )
    clock.now = datetime(2027, 2, 10, 18, tzinfo=UTC)
    cross(Direction.EXIT, datetime(2027, 2, 10, 15, tzinfo=UTC))
    assert in_order(
        shown(),
        "Entrada a Honduras 2 de diciembre de 2026",
        "Trabajo Del 1 de diciembre de 2026 al 15 de febrero de 2027.",
        "Salida de Honduras 10 de febrero de 2027",
    )


@pytest.mark.feature("N13")
def test_nobody_is_told_to_travel_before_the_permit_is_signed(
    as_: As, lived: Lived, clock: StandingClock
) -> None:
    story = lived(lambda s: s.start().submit().approve())
    clock.now = datetime(2026, 12, 2, 18, tzinfo=UTC)
    page = as_(story.worker).get(f"/mi-solicitud/{story.id}")
    assert page.text.count("path__step--now") == 1
    assert in_order(
        words(page),
        "Su permiso Se está preparando.",
        "Entrada a Honduras Desde el 1 de diciembre de 2026.",
    )


@pytest.mark.feature("N13")
def test_the_way_in_english(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit().approve().sign())
    client = as_(story.worker)
    client.cookies.set(COOKIE, "en")
    said = words(client.get(f"/mi-solicitud/{story.id}"))
    assert in_order(
        said,
        "Orientation: you saw the terms of the work",
        "Your permit",
        "Entry into Honduras From 1 December 2026 on.",
        "Exit from Honduras At the latest on 15 February 2027.",
    )


@pytest.mark.feature("N13")
def test_after_a_refusal_or_a_revoked_right_nothing_is_promised(as_: As, lived: Lived) -> None:
    refused = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.REFUSE))
    said = words(as_(refused.worker).get(f"/mi-solicitud/{refused.id}"))
    assert "Entrada a Honduras" not in said
    revoked = lived(lambda s: signed(s).propose().confirm().story)
    said = words(as_(revoked.worker).get(f"/mi-solicitud/{revoked.id}"))
    assert "(INM): Aprobó" in said
    assert "Entrada a Honduras" not in said


def test_before_the_permit_the_days_of_the_offer_stand(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    said = words(as_(story.worker).get(f"/mi-solicitud/{story.id}"))
    assert in_order(
        said,
        "Su permiso Después.",
        "Entrada a Honduras Desde el 1 de diciembre de 2026.",
        "Trabajo Del 1 de diciembre de 2026 al 15 de febrero de 2027.",
    )


@pytest.mark.feature("N13")
def test_a_draft_sees_the_whole_way_from_its_first_step(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start())
    client, path = as_(story.worker), f"/solicitud/{story.id}"
    ahead = (
        "(SETRASS) Después.",
        "(INM) Después.",
        "Su permiso Después.",
        "Entrada a Honduras",
        "Salida de Honduras",
    )
    page = client.get(path)
    seen = "Orientación: usted vio las condiciones del trabajo Usted responde y envía"
    assert in_order(words(page), seen, "Es el paso de ahora.", *ahead)
    assert page.text.count("path__step--now") == 1
    unchosen = lived(lambda s: s.start(vacancy=None))
    page = as_(unchosen.worker).get(f"/solicitud/{unchosen.id}")
    looks = "Orientación: usted mira las condiciones y elige un trabajo Es el paso de ahora."
    assert in_order(words(page), looks, "Usted responde y envía la solicitud Después.", *ahead)
    assert page.text.count("path__step--now") == 1


@pytest.mark.feature("N13")
def test_no_day_is_made_up_and_the_agencies_have_theirs(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    client, path = as_(story.worker), f"/mi-solicitud/{story.id}"
    due = story.application.due_at
    assert due is not None
    day = SPANISH_DAYS.day(last_day(due))
    assert in_order(
        words(client.get(path)),
        "usted vio las condiciones del trabajo Usted envió la solicitud 23 de noviembre",
        f"(SETRASS) La revisa ahora. A más tardar el {day}.",
        f"(INM) A más tardar el {day}.",
    )
    returned = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.RETURN))
    said = words(as_(returned.worker).get(f"/mi-solicitud/{returned.id}"))
    assert f"(INM) A más tardar el {day}" not in said  # its clock stands still
