"""A shared tablet forgets whoever leaves it, sooner than a phone of one's own would."""

from datetime import timedelta

import pytest
from fastapi import FastAPI

from app.web.kiosk import LONGEST_IDLE_SECONDS
from tests.web.clients import Client
from tests.web.pages.conftest import StandingClock
from tests.web.pages.walking import CUI, Walker, title, words

REFRESH = (
    f'<noscript><meta http-equiv="refresh" content="{LONGEST_IDLE_SECONDS}; url=/quiosco/fin">'
)


@pytest.fixture
def kiosk(app: FastAPI) -> Walker:
    """A browser that was made a kiosk."""
    made = Walker(Client(app))
    made.open("/quiosco")
    made.send()
    return made


@pytest.mark.feature("W2")
def test_who_leaves_is_forgotten_after_five_minutes(
    app: FastAPI, kiosk: Walker, clock: StandingClock
) -> None:
    own = Walker(Client(app))
    for one in (kiosk, own):
        one.begin()
    paths = kiosk.path, own.path
    clock.now += timedelta(minutes=4)
    assert kiosk.open(paths[0]).url.path == paths[0]
    clock.now += timedelta(seconds=LONGEST_IDLE_SECONDS + 1)
    assert kiosk.open(paths[0]).url.path == "/retomar"
    assert own.open(paths[1]).url.path == paths[1]


@pytest.mark.feature("W2")
def test_the_end_of_a_turn_ends_the_session_and_keeps_the_kiosk(kiosk: Walker) -> None:
    kiosk.begin()
    kiosk.send(document_kind="gt-dpi", document_number=CUI)
    asked = kiosk.path
    assert REFRESH in kiosk.page.text
    assert 'id="kiosk-warning"' in kiosk.page.text
    token = kiosk.client.cookies["vereda"]
    ended = kiosk.open("/quiosco/fin")
    assert "Ya borramos sus datos de aquí" in title(ended)
    assert ended.headers["clear-site-data"] == '"cache", "storage"'
    assert "kiosk-warning" not in ended.text
    assert any(set_.startswith('retomar=""') for set_ in ended.headers.get_list("set-cookie"))
    assert "vereda" not in kiosk.client.cookies
    assert kiosk.client.cookies["quiosco"] == "si"
    kiosk.client.cookies.set("vereda", token)
    assert kiosk.open(asked).url.path == "/retomar"


def test_a_browser_of_ones_own_is_left_alone(app: FastAPI, kiosk: Walker) -> None:
    own = Walker(Client(app))
    own.begin()
    asked = own.path
    assert "kiosk" not in own.page.text
    assert own.open("/quiosco/fin").url.path == "/"
    assert own.open(asked).url.path == asked
    kiosk.open("/quiosco")
    assert "Este aparato está en modo quiosco." in words(kiosk.page)
    kiosk.send("/quiosco/quitar")
    assert "kiosk" not in kiosk.open("/").text
