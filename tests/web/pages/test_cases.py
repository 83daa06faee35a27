"""The case page: what it tells, and exactly the acts that it offers."""

import re

import pytest
from fastapi.testclient import TestClient

from app.services import documents
from app.services.ports import Ports
from permits import worker_numbers
from permits.approvals import Opinion
from permits.people import Role
from permits.submissions import OWN_FILES
from tests.builders import Story
from tests.databases import Database
from tests.web.conftest import As, Lived
from tests.web.pages.officers import Desk, forms_of, opinions_of
from tests.web.pages.pictures import jpeg

ROWS = re.compile(
    r'<dt class="govuk-summary-list__key">\s*(.*?)\s*</dt>\s*'
    r'<dd class="govuk-summary-list__value">\s*(.*?)\s*</dd>',
    re.S,
)
EVERY_OPINION = ["approve", "return", "refuse"]


@pytest.fixture
def desk(database: Database, ports: Ports) -> Desk:
    return Desk(database, ports)


def with_files(story: Story) -> Story:
    """A case handed in with its three files."""
    story.start(brings_documents=False, brings_photo=False)
    for kind in OWN_FILES:
        documents.attach_document(story.work(story.worker), story.id, kind, jpeg())
    return story.submit()


def page_of(client: TestClient, story: Story) -> str:
    reply = client.get(f"/casos/{story.id}")
    assert reply.status_code == 200
    return reply.text


def test_the_page_tells_everything_that_a_decision_rests_on(as_: As, lived: Lived) -> None:
    story = lived(with_files)
    page = page_of(as_(story.setrass), story)
    told = dict(ROWS.findall(page))
    assert worker_numbers.read(told.pop("Número de la persona"))
    assert told == {
        "Nombres": "María Ángela",
        "Apellidos": "Gutiérrez Ñamendí",
        "DPI de Guatemala": "1234 56789 2004",
        "Fecha de nacimiento": "27 de marzo de 1994",
        "Sexo": "Mujer",
        "Nacionalidad": "Guatemala",
        "Municipio": "Jocotán",
        "Teléfono": "+502 5551 2345",
        "Habla": "Español, Ch’orti’",
        "Lee": "No lee",
        "Empleador": "Finca El Cedral",
        "Trabajo": "Corte de café",
        "Ocupación": "Peones de explotaciones agrícolas",
        "Lugar": "Copán Ruinas, Copán",
        "Fechas": "Del 1 de diciembre de 2026 al 15 de febrero de 2027 (77 días)",
        "Salario": "350.00 lempiras hondureños (HNL) por día",
        "Jornada": "8 horas al día, 6 días a la semana",
        "Vivienda": "Sí",
        "Transporte": "Sí",
        "Comida": "Sí",
        "Contratación": "El empleador elige de la lista",
        "El empleador": "23 de noviembre de 2026, 09:00, al publicar la vacante para quien cumple",
        "Quien trabaja": "23 de noviembre de 2026, 09:00, desde su teléfono",
    }
    messages = page[page.index('id="mensajes"') : page.index('id="notas"')]
    assert "Recibimos la solicitud" in messages
    assert " ".join(story.application.receipt or "")[:7] in messages


def test_findings_say_how_grave_they_are_their_source_and_what_counsel_has_not_confirmed(
    as_: As, lived: Lived
) -> None:
    story = lived(lambda s: s.start().submit())
    page = page_of(as_(story.setrass), story)
    found = re.findall(
        r'<li class="finding finding--(\w+)">.*?<strong>([^<]+):</strong> ([^<]+)</p>\s*'
        r'<p class="finding__source">Fuente: ([^<]+?)</p>',
        page,
        re.S,
    )
    told = {(severity, word, text) for severity, word, text, _ in found}
    assert told == {
        ("warn", "Para revisar", "El salario no se puede comparar con el mínimo."),
        ("info", "Para saber", "No lee. Hay que leerle el contrato en voz alta."),
        ("info", "Para saber", "Mostrará en la oficina: frente del documento."),
        ("info", "Para saber", "Mostrará en la oficina: reverso del documento."),
        ("info", "Para saber", "La foto se tomará en la oficina."),
    }
    sources = {text: source for _, _, text, source in found}
    assert sources["El salario no se puede comparar con el mínimo."] == "R06 · por confirmar"


@pytest.mark.feature("O5")
def test_a_case_that_is_late_says_what_may_follow_and_by_which_clause(
    as_: As, lived: Lived
) -> None:
    late = lived(lambda s: s.later(days=-90).start().submit())
    page = page_of(as_(late.setrass), late)
    told = re.search(r"Riesgo de afirmativa ficta.*?finding__source.>([^<]+)<", page, re.S)
    assert told is not None
    source = "Fuente: Ley de Procedimiento Administrativo, art. 29 (afirmativa ficta)"
    assert told[1] == f"{source} · por confirmar"
    asked = lived(lambda s: s.later(days=-90).start().submit().decide(s.setrass, Opinion.RETURN))
    assert "afirmativa ficta" not in page_of(as_(asked.setrass), asked)


def test_a_returned_case_shows_the_offer_as_it_stands_in_the_same_words(
    as_: As, lived: Lived
) -> None:
    story = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.RETURN))
    page = page_of(as_(story.setrass), story)
    assert "La persona tiene 10 días hábiles" in page
    told = dict(ROWS.findall(page))
    assert told["Jornada"] == "8 horas al día, 6 días a la semana"


@pytest.mark.parametrize(
    ("steps", "who", "acts", "opinions"),
    [
        ("submitted", "setrass", {"decidir", "preguntar", "tomar"}, EVERY_OPINION),
        ("submitted", "inm", {"tomar"}, []),
        ("first approved", "setrass", {"tomar"}, []),
        ("first approved", "inm", {"decidir", "preguntar", "tomar"}, EVERY_OPINION),
        ("returned", "setrass", set(), []),
        ("refused", "inm", set(), []),
        ("issued", "setrass", {"consultar", "proponer", "reemplazar", "revocar"}, []),
        ("issued", "inm", {"consultar", "proponer", "reemplazar", "revocar"}, []),
    ],
)
@pytest.mark.feature("O2")
def test_it_offers_the_allowed_acts_and_no_others(
    as_: As, lived: Lived, steps: str, who: str, acts: set[str], opinions: list[str]
) -> None:
    def live(story: Story) -> Story:
        story.start().submit()
        return {
            "submitted": lambda: story,
            "first approved": lambda: story.decide(story.setrass, Opinion.APPROVE),
            "returned": lambda: story.decide(story.setrass, Opinion.RETURN),
            "refused": lambda: story.decide(story.setrass, Opinion.REFUSE),
            "issued": lambda: story.approve().sign(),
        }[steps]()

    story = lived(live)
    page = page_of(as_(story.setrass if who == "setrass" else story.inm), story)
    beside = {"notas", "documento"} if steps in {"submitted", "first approved"} else {"notas"}
    beside |= {"papeles"} if steps in {"submitted", "first approved", "returned"} else set()
    assert (forms_of(page), opinions_of(page)) == (acts | beside, opinions)


def test_an_agency_chooses_among_its_own_grounds(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    ground = re.compile(r'name="grounds" type="checkbox" value="(\w+)"')
    labour = ground.findall(page_of(as_(story.setrass), story))
    assert labour == ["L1", "L2", "L3", "L4", "L6", "L7"]
    other = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.APPROVE))
    migration = ground.findall(page_of(as_(other.inm), other))
    assert migration == ["M1", "M2", "M3", "M4", "M5"]


def test_who_may_not_decide_reads_why(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    assert "Todavía no le toca a su institución." in page_of(as_(story.inm), story)


def test_decisions_of_earlier_rounds_stay_readable_and_count_no_more(as_: As, lived: Lived) -> None:
    story = lived(
        lambda s: (
            s.start()
            .submit()
            .decide(s.setrass, Opinion.RETURN, "¿Cuál es su segundo apellido?")
            .submit()
            .decide(s.setrass, Opinion.APPROVE)
        )
    )
    page = page_of(as_(story.inm), story)
    earlier, _, now = page.partition('class="case__decision"')
    assert "¿Cuál es su segundo apellido?" in earlier[earlier.index("Rondas anteriores") :]
    assert re.findall(r"Ronda \d", earlier) == ["Ronda 1"]
    assert re.findall(r"Ronda \d", now) == ["Ronda 2"]
    assert story.setrass.name in now


@pytest.mark.feature("D2")
def test_the_history_tells_who_did_what_the_newest_first_and_gathers_looks(
    as_: As, lived: Lived
) -> None:
    story = lived(lambda s: with_files(s).decide(s.setrass, Opinion.APPROVE))
    client = as_(story.inm)
    page_of(client, story)
    page = page_of(client, story)
    history = page[page.index('<ol class="timeline"') :]
    sifted = re.findall(r'<li class="(decides|looks quiet)">\s*<p>(?:<strong>)?([^<]+?)<', history)
    assert sifted == [
        ("looks quiet", "Se abrió el expediente (2 veces)"),
        ("decides", "Secretaría de Trabajo y Seguridad Social (SETRASS): Aprobó"),
    ]
    lines = re.findall(r"<li[^>]*>\s*<p>(?:<strong>)?([^<]+?)(?:</strong>)?</p>", history)
    assert lines == [
        "Se abrió el expediente (2 veces)",
        "Secretaría de Trabajo y Seguridad Social (SETRASS): Aprobó",
        "Una de las partes aceptó el contrato",
        "Se redactó una versión del contrato",
        "Se envió la solicitud",
        "Se agregó un documento: foto",
        "Se agregó un documento: reverso del documento",
        "Se agregó un documento: frente del documento",
        "Se guardó una respuesta",
        "Se empezó la solicitud",
    ]
    assert f"{story.setrass.name} · Oficial de SETRASS" in history


@pytest.mark.promise("P21")
@pytest.mark.asvs("3.2.1")
def test_a_file_is_shown_and_never_run(as_: As, lived: Lived, desk: Desk) -> None:
    story = lived(with_files)
    client = as_(story.setrass)
    address = re.findall(r'<img src="([^"]+)"', page_of(client, story))
    assert len(address) == 3
    reply = client.get(address[0])
    assert reply.content.startswith(b"\xff\xd8\xff")
    assert {name: reply.headers[name] for name in FILE_HEADERS} == FILE_HEADERS
    assert client.get(f"{address[0][:-1]}x").status_code in {404, 422}
    for stranger in (desk.official(Role.BORDER_AGENT), desk.official(Role.ADMINISTRATOR)):
        assert as_(stranger).get(address[0]).status_code == 404


FILE_HEADERS = {
    "content-type": "image/jpeg",
    "content-disposition": "inline",
    "content-security-policy": "default-src 'none'; img-src 'self'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, no-store",
}


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
@pytest.mark.feature("D1")
@pytest.mark.parametrize("role", [Role.BORDER_AGENT, Role.ADMINISTRATOR])
def test_other_roles_do_not_open_a_case(as_: As, lived: Lived, desk: Desk, role: Role) -> None:
    story = lived(lambda s: s.start().submit())
    reply = as_(desk.official(role)).get(f"/casos/{story.id}")
    assert reply.status_code == 403
    assert "Gutiérrez" not in reply.text
    own = as_(story.worker).get(f"/casos/{story.id}")  # the worker has a page of their own
    assert own.status_code == 403


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_a_draft_is_nobodys_business(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start())
    reply = as_(story.setrass).get(f"/casos/{story.id}")
    assert reply.status_code == 404
    assert "Gutiérrez" not in reply.text


def test_the_page_speaks_english(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit())
    client = as_(story.setrass)
    client.cookies.set("idioma", "en")
    told = dict(ROWS.findall(page_of(client, story)))
    assert told["Wage"] == "350.00 Honduran lempiras (HNL) a day"
    assert told["Dates"] == "From 1 December 2026 to 15 February 2027 (77 days)"
    assert told["Speaks"] == "Spanish, Ch’orti’"
