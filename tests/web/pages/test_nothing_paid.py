"""One press in the diary says that nothing was paid: in two languages, twice, and after a break."""

from uuid import uuid4

import pytest
from fastapi import FastAPI

from app.services import nothing_paid
from app.services.ports import Ports
from recruitment.costs import Asker
from tests.builders import Story
from tests.costs import note_fee
from tests.databases import Database
from tests.web.api.world import World
from tests.web.conftest import As, Lived
from tests.web.pages.test_costs import FEE, diary, typed
from tests.web.pages.walking import words

ASKED = {"es": "¿Hasta hoy no pagó nada?", "en": "Have you paid nothing so far?"}
NO_WAIVER = {
    "es": ("Si paga después, anótelo aquí. No pierde ningún derecho.", "Nadie puede pedirle"),
    "en": ("If you pay later, note it here. You lose no right.", "Nobody may ask you"),
}
TOLD = {"es": "Usted dijo que no pagó nada", "en": "You said that you paid nothing"}
STILL = {
    "es": "Si paga algo, anótelo aquí. Puede pedirlo de vuelta igual.",
    "en": "If you pay something, note it here. You can ask for it back all the same.",
}


@pytest.mark.feature("W19", "N9")
@pytest.mark.parametrize("code", ["es", "en"])
def test_one_press_says_it_and_a_payment_takes_it_back(as_: As, lived: Lived, code: str) -> None:
    story = lived(lambda one: one.start())
    worker, path = as_(story.worker), diary(story)
    worker.cookies.set("idioma", code)
    page = words(worker.get(path))
    assert ASKED[code] in page
    assert all(one in page for one in NO_WAIVER[code])
    assert TOLD[code] not in page
    for _ in range(2):  # pressed twice
        kept = worker.post(f"{path}/nada")
        assert (kept.status_code, kept.headers["location"]) == (303, f"{path}?hecho=nada")
    page = words(worker.get(path))
    assert page.count(TOLD[code]) == 1
    assert STILL[code] in page
    assert ASKED[code] not in page  # it was said of this phase
    new = typed(worker.get(path).text)
    assert worker.post(path, data={**new, **FEE}).status_code == 303
    after = words(worker.get(path))
    assert TOLD[code] not in after
    assert ASKED[code] not in after
    late = worker.post(f"{path}/nada")  # an old page, or a reply that was lost
    assert late.status_code == 409
    refused = {"es": "Ya anotó un pago.", "en": "You have noted a payment."}
    assert refused[code] in words(late)


@pytest.mark.feature("W19")
def test_it_is_taken_back_and_said_again(as_: As, lived: Lived) -> None:
    story = lived(lambda one: one.start())
    worker, path = as_(story.worker), diary(story)
    assert 'action="' + path + '/nada/quitar"' not in worker.get(path).text
    assert worker.post(f"{path}/nada").status_code == 303
    assert 'action="' + path + '/nada/quitar"' in worker.get(path).text
    for _ in range(2):
        assert worker.post(f"{path}/nada/quitar").status_code == 303
    assert TOLD["es"] not in words(worker.get(path))
    assert worker.post(f"{path}/nada").status_code == 303
    assert TOLD["es"] in words(worker.get(path))


@pytest.mark.feature("W19", "N9")
def test_a_program_says_it_once_whatever_replies_are_lost(
    app: FastAPI, database: Database, ports: Ports
) -> None:
    world = World(app, database, ports)
    story = world.live(lambda one: one.start())
    caller, at = world.caller(story.worker), f"/api/v1/applications/{story.id}/nothing-paid"
    assert caller.get(at).json() == {"items": [], "can_say": True}
    key = {"Idempotency-Key": uuid4().hex}
    first = caller.post(at, headers=key)
    assert (first.status_code, first.json()["can_say"]) == (200, False)
    assert [one["phase"] for one in first.json()["items"]] == ["before"]
    # The reply was lost: the same key, no key, and another one say no second time.
    for headers in (key, {}, {"Idempotency-Key": uuid4().hex}):
        again = caller.post(at, headers=headers)
        assert (again.status_code, again.json()) == (200, first.json())
    for _ in range(2):
        assert caller.post(f"{at}/take-back").json() == {"items": [], "can_say": True}
    # A repeated key is answered as then, and says nothing anew.
    assert caller.post(at, headers=key).json() == first.json()
    assert caller.get(at).json()["items"] == []
    with database.sessions.begin() as session:
        note_fee(world.again(session, story), Asker.EMPLOYER)
    refused = caller.post(at)
    assert (refused.status_code, refused.json()["code"]) == (409, "payment-noted")
    assert caller.get(at).json() == {"items": [], "can_say": False}


def free(story: Story) -> Story:
    """Somebody with a draft who paid nothing."""
    nothing_paid.say_nothing(story.start().work(story.worker), story.id)
    return story


def permitted(story: Story) -> Story:
    """Somebody with a permit who says nothing at all."""
    return story.start().submit().approve()


@pytest.mark.feature("A5", "A3")
@pytest.mark.parametrize(
    ("code", "nothing", "silent"),
    [
        ("es", "De ellas, dijeron que no pagaron nada: 5.", "Tienen permiso y no dijeron nada: 5."),
        ("en", "Of them, said that they paid nothing: 5.", "Have a permit and told nothing: 5."),
    ],
)
def test_the_desk_reads_how_many_said_it_and_how_many_said_nothing(
    as_: As, lived: Lived, code: str, nothing: str, silent: str
) -> None:
    for steps in (free, permitted):
        for _ in range(4):
            lived(steps)
    chief = as_(lived(lambda one: one.supervise()).supervisor)
    chief.cookies.set("idioma", code)
    few = words(chief.get("/pagos-por-devolver?cifras=si"))
    assert (nothing in few, silent in few) == (False, False)
    for steps in (free, permitted):
        lived(steps)
    told = words(chief.get("/pagos-por-devolver?cifras=si"))
    assert (told.count(nothing), told.count(silent)) == (2, 2)  # the programme and the corridor
