"""A programme's own question is heard as every other, as soon as the worker gave it a voice."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from app import worker
from app.main import build_app
from app.services.ports import Ports
from app.settings import Settings
from app.storage.grants import APP
from app.web.clock import Clock
from app.web.i18n import SPANISH
from app.web.pages.own_voices import make_own
from app.web.pages.voices import synthesiser
from app.web.prompts import OWN, VOICES, heard_own, own_text
from app.wiring import House
from permits.programme_questions import Option, QuestionKind
from tests.databases import Database
from tests.web.clients import browser, opened
from tests.web.pages.test_own_questions import LICENCE, SINCE
from tests.web.pages.test_own_questions import ports as ports
from tests.web.pages.walking import Walker

pytestmark = pytest.mark.feature("W29", "D5")


@pytest.fixture
def house(database: Database, ports: Ports, tmp_path: Path) -> House:
    own = database.of(APP)
    settings = Settings(database_url=SecretStr(own.url), data_dir=tmp_path)
    return House(settings, own.engine, own.sessions, own.read_sessions, ports)


@pytest.fixture
def app(house: House, clock: Clock) -> Iterator[FastAPI]:
    app = build_app(house, clock)
    with opened(app):
        yield app


def speak(text: str, voice: str, path: Path) -> None:
    path.write_bytes(f"{voice}: {text}".encode())


def test_a_question_gets_a_voice_in_its_own_words_and_an_old_one_is_forgotten(
    ports: Ports, tmp_path: Path
) -> None:
    coffee = ports.reference.programmes["coffee-hn-gt"]
    every = ports.reference.programmes.values()
    assert make_own(None, tmp_path, every) == 0
    assert heard_own(tmp_path, SPANISH, LICENCE) == []
    assert make_own(speak, tmp_path, every) == 4  # two questions in two languages
    assert make_own(speak, tmp_path, every) == 0
    ((_, address),) = heard_own(tmp_path, SPANISH, SINCE)
    sound = (tmp_path / OWN / address.rsplit("/")[-1]).read_text()
    assert sound == "es-419: ¿Desde qué día conduce? Si no lo sabe, siga."
    changed = replace(LICENCE, label_es="¿Conduce?")
    assert heard_own(tmp_path, SPANISH, changed) == []  # never another question's words
    versions = replace(coffee.versions, questions=(changed,))
    assert make_own(speak, tmp_path, [replace(coffee, versions=versions)]) == 1
    assert len(list((tmp_path / OWN).iterdir())) == 2
    choice = replace(
        LICENCE,
        kind=QuestionKind.CHOICE,
        options=(Option("a", "Moto", "Motorcycle"), Option("b", "Carro", "Car")),
    )
    assert own_text(choice, "es") == "¿Tiene licencia de conducir? Moto. Carro."


def test_the_wizard_and_the_tablet_let_it_be_heard(app: FastAPI, house: House) -> None:
    walker = Walker(browser(app))
    walker.begin()
    asked = f"/solicitud/{walker.application}/pregunta-{LICENCE.id}"
    assert "<audio" not in walker.open(asked).text  # no voice, no button
    folder = house.settings.data_dir / VOICES
    assert make_own(speak, folder, house.ports.reference.programmes.values()) == 4
    (sound,) = re.findall(r'<audio [^>]*src="([^"]+)"', walker.open(asked).text)
    heard = walker.client.get(sound)
    assert (heard.status_code, heard.headers["content-type"]) == (200, "audio/ogg")
    assert heard.text == "es-419: ¿Tiene licencia de conducir?"
    assert sound in walker.client.get("/brigada/paginas.json").json()
    assert sound in walker.client.get("/brigada/preguntas/coffee-hn-gt?idioma=es").text
    (house.settings.data_dir / "secret.key").write_text("no")
    for beside in ("secret.key", "../secret.key", f"{OWN}/../../secret.key", "%2e%2e/secret.key"):
        assert walker.client.get(f"/static/{beside}").status_code == 404


def test_the_worker_gives_the_voices(house: House) -> None:
    made = worker.keep_voices(house)
    assert made == (0 if synthesiser() is None else 4)
