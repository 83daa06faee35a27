"""Questions said aloud: recorded or made, heard without JavaScript, and absent without any harm."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.web import assets
from app.web.i18n import BY_CODE, SPANISH, locale_for
from app.web.pages.steps import WIZARD
from app.web.pages.tablet_steps import LIST
from app.web.pages.voices import CHECK_IN, DEDUCTED_SLUG, NOTHING_SLUG, make, synthesiser, texts
from app.web.prompts import DIGITS, UNTRACED, heard, read_prompts, read_untraced
from app.web.templating import Site, environment
from permits.orientation import Topic
from recruitment.check_ins import QUESTIONS

SOUND = b"OggS" + bytes(24) + b"OpusHead" + bytes(200)
SLUGS = {
    *(step.slug for step in WIZARD.steps),
    LIST.slug,
    *(f"{CHECK_IN}-{name}" for name in QUESTIONS),
    *(f"leccion-{topic}" for topic in Topic),
    NOTHING_SLUG,
    DEDUCTED_SLUG,
    *UNTRACED,
}


def speak(text: str, voice: str, path: Path) -> None:
    """A voice for tests: the file says in which voice it was made, and of what."""
    path.write_bytes(f"{voice}: {text}".encode())


@pytest.mark.feature("W29")
@pytest.mark.parametrize("code", ["es", "en"])
def test_every_question_is_said_with_how_to_answer_it(code: str) -> None:
    said = texts(locale_for(code))
    assert said.keys() == SLUGS
    assert len({said[one] for one in DIGITS}) == 10
    for slug, text in said.items():
        if slug in DIGITS:
            continue
        assert len(re.findall(r"[.?](?: |$)", text)) >= 2, text
    assert (said["nombre"] == texts(locale_for("es"))["nombre"]) == (code == "es")


@pytest.mark.feature("W29", "N7")
def test_a_recorded_voice_wins_and_a_language_without_pages_has_its_place(tmp_path: Path) -> None:
    recorded, built = tmp_path / "voices", tmp_path / "audio"
    for code in ("es", "caa"):
        (recorded / code).mkdir(parents=True)
        (recorded / code / "nombre.ogg").write_bytes(SOUND + code.encode())
    assert make(speak, recorded, built) == 2 * len(SLUGS) + 1
    prompts = read_prompts(built)
    at = {code: built / prompts[code]["nombre"].rsplit("/")[-1] for code in ("es", "caa", "en")}
    assert at["es"].read_bytes() == SOUND + b"es"
    assert at["en"].read_bytes().startswith(b"en-us: What is your name?")
    assert [one.code for one, _ in heard(prompts, SPANISH, "nombre")] == ["es", "caa"]
    assert [one.code for one, _ in heard(prompts, SPANISH, "sexo")] == ["es"]
    # Made anew without a voice, only what people recorded is left.
    assert make(None, recorded, built) == 2
    assert read_prompts(built).keys() == BY_CODE.keys()
    assert heard(read_prompts(built), SPANISH, "sexo") == []


@pytest.mark.parametrize(
    ("name", "data"),
    [("nada.ogg", SOUND), ("nombre.ogg", b"RIFF" + SOUND), ("nombre.ogg", SOUND * 3000)],
)
def test_a_recording_that_is_none_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / "voices" / "es").mkdir(parents=True)
    (tmp_path / "voices" / "es" / name).write_bytes(data)
    with pytest.raises(ValueError, match=r"nada|nombre"):
        make(speak, tmp_path / "voices", tmp_path / "audio")
    assert not (tmp_path / "audio").exists()


@pytest.mark.feature("W29")
def test_a_page_offers_what_there_is_to_hear_and_loads_nothing(tmp_path: Path) -> None:
    source = '{% from "widgets/spoken.html" import spoken %}{{ spoken("nombre") }}'
    site = Site({}, {"es": {"nombre": "/static/audio/a.ogg"}, "caa": {"nombre": "/static/b.ogg"}})
    page = environment(site, locale_for("es")).from_string(source).render()
    assert page.count('<audio controls preload="none"') == 2
    assert 'aria-label="Escuchar esta pregunta"' in page
    assert 'lang="caa"><span>Ch’orti’</span>' in page
    silent = environment(Site({}), locale_for("es")).from_string(source).render()
    assert "audio" not in silent
    assert read_prompts(tmp_path / "nothing") == {}


@pytest.mark.feature("W26")
def test_a_number_is_said_where_all_ten_digits_have_a_sound_and_no_address_tells_it(
    tmp_path: Path,
) -> None:
    assert make(speak, tmp_path / "voices", tmp_path / "audio") == 2 * len(SLUGS)
    prompts = read_prompts(tmp_path / "audio")
    source = '{% from "widgets/said_number.html" import said_number %}{{ said_number(number) }}'
    pages = [
        environment(Site({}, prompts), locale_for(code)).from_string(source).render(number=number)
        for number in ("9042 1111 2222 3333", "1234 5678 9012 3456")
        for code in ("es", "en")
    ]
    asked = [re.findall(r'data-sounds="([^"]*)"', page)[0].split(" ") for page in pages]
    assert asked[0] == [f"/consulta/voz/es/cifra-{digit}" for digit in range(10)]
    assert asked[1] == [f"/consulta/voz/en/cifra-{digit}" for digit in range(10)]
    assert asked[:2] == asked[2:]  # whatever the number is
    assert set(asked[0]) < read_untraced(tmp_path / "audio").keys()
    assert "hidden" in pages[0]  # without JavaScript there is no button
    fewer = {"es": {slug: one for slug, one in prompts["es"].items() if slug != DIGITS[7]}}
    for silent in (Site({}, fewer), Site({})):
        page = environment(silent, locale_for("es")).from_string(source).render(number="1")
        assert "button" not in page


def test_a_sound_is_served_in_parts_and_kept_for_ever(tmp_path: Path) -> None:
    (tmp_path / "a.ogg").write_bytes(SOUND)
    app = FastAPI()
    app.mount("/static", assets.Fingerprinted(tmp_path))
    part = TestClient(app).get("/static/a.ogg", headers={"Range": "bytes=4-35"})
    assert (part.status_code, part.content) == (206, SOUND[4:36])
    assert part.headers["content-type"] == "audio/ogg"
    assert part.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.skipif(synthesiser() is None, reason="this machine has no espeak-ng and opusenc")
def test_the_machines_own_voice_speaks_opus(tmp_path: Path) -> None:
    say = synthesiser()
    assert say is not None
    say("¿Cómo se llama?", "es-419", tmp_path / "a.ogg")
    assert b"OpusHead" in (tmp_path / "a.ogg").read_bytes()[:100]
