"""The status across both agencies, and the permit as its holder keeps it."""

import base64
import gzip
import json
import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from PIL import Image

from app.services import credentials, effects, faces
from app.services.ports import Ports
from app.web import assets
from permits.applications import Status
from permits.approvals import Opinion
from permits.issuing import RevocationReason
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.programmes import Hiring
from tests.builders import Story, work_of
from tests.databases import Database
from tests.papers import read_symbols
from tests.services.test_faces import pictured
from tests.web.conftest import As, Lived
from tests.web.pages.walking import Walker, now, words


def permit_of(database: Database, ports: Ports, story: Story) -> credentials.Permit:
    """The permit as the services know it."""
    with database.sessions.begin() as session:
        found = credentials.find_permit_of(
            work_of(session, story.worker, ports), UUID(str(story.id))
        )
    assert found is not None
    return found


@pytest.mark.feature("W10", "N13")
def test_one_line_across_both_agencies(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.APPROVE))
    worker = Walker(as_(story.worker))
    worker.open("/mi-solicitud")
    assert worker.path == f"/mi-solicitud/{story.id}"
    said = words(worker.page)
    steps = [
        "Usted envió la solicitud 23 de noviembre de 2026",
        "(SETRASS): Aprobó 23 de noviembre de 2026",
        "(INM) La revisa ahora.",
        "Su permiso Después.",
        "Deben responder a más tardar el",
    ]
    places = [said.index(step) for step in steps]
    assert places == sorted(places)
    assert "Oficial" not in said  # who decided is not told


def test_the_employer_is_part_of_the_line_while_an_answer_is_awaited(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start(Hiring.ON_ACCEPTANCE).submit())
    client = as_(story.worker)
    assert "El empleador responde si le acepta Es el paso de ahora." in words(
        client.get(f"/mi-solicitud/{story.id}")
    )
    assert "El empleador dice si le acepta." in words(client.get(f"/solicitud/{story.id}/recibo"))


@pytest.mark.feature("W12")
def test_a_lapsed_case_is_taken_up_again_with_one_press(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.later(days=-45).reach(Status.LAPSED))
    worker = Walker(as_(story.worker))
    said = words(worker.open(f"/mi-solicitud/{story.id}"))
    assert re.search(r"Puede seguir con ella hasta el \d+ de \w+ de \d+, una sola vez\.", said)
    for _ in range(2):  # pressed twice, it is taken up once
        worker.send(f"/solicitud/{story.id}/retomar")
        assert "Responda a más tardar el" in words(worker.page)
    assert "Seguir con esta solicitud" not in words(worker.page)


def test_a_refusal_says_why(as_: As, lived: Lived) -> None:
    story = lived(lambda s: s.start().submit().decide(s.setrass, Opinion.REFUSE))
    said = words(as_(story.worker).get(f"/mi-solicitud/{story.id}"))
    assert "Por qué se rechazó La solicitud está repetida" in said
    assert "(INM)" not in said  # nothing is promised after an end


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_messages_of_another_person_of_the_household_stay_theirs(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    mine = lived(lambda s: s.start().submit())
    lived(lambda s: s.start().submit())
    while True:
        with database.sessions.begin() as session:
            if effects.run_next_effect(work_of(session, SYSTEM, ports, now())) is None:
                break
    page = as_(mine.worker).get(f"/mi-solicitud/{mine.id}").text
    assert page.count("application-submitted") == 1
    assert "draft-started" not in page


@pytest.mark.feature("W13")
def test_the_permit_is_a_symbol_that_reads_and_no_verdict(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: s.start().submit().approve().sign())
    permit = permit_of(database, ports, story)
    client = as_(story.worker)
    path = f"/mi-permiso/{permit.credential.id}"
    assert client.get("/mi-permiso").headers["location"] == path
    page = client.get(path)
    said = words(page)
    for fact in (
        "Sólo vale si se escanea",
        "Finca El Cedral",
        "1 de diciembre de 2026",
        "15 de febrero de 2027",
        "El permiso es gratis.",
        "Perdí mi permiso o me lo robaron",
    ):
        assert fact in said
    main = page.text.split("<main")[1].split("</main>")[0]
    for verdict in ("VÁLIDO", "Válido", "status--go", "notice--good"):
        assert verdict not in main
    picture = client.get(f"{path}/qr.png")
    assert "attachment" in picture.headers["content-disposition"]
    assert read_symbols(picture.content) == [permit.credential.text]
    drawn = client.get(f"{path}/qr.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    shape = re.search(r'd="(M[^"]{500,})"', drawn.text)
    assert shape is not None
    assert shape[1] in page.text  # the page carries the same symbol in itself
    assert client.get(f"{path}/foto.png").status_code == 404
    assert "El código de su foto" not in said


@pytest.mark.feature("B4", "W13")
def test_a_signed_photo_is_a_second_symbol_of_its_holder_alone(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(pictured)
    permit = permit_of(database, ports, story)
    path = f"/mi-permiso/{permit.credential.id}"
    client = as_(story.worker)
    with database.sessions.begin() as session:
        text = faces.face_of(work_of(session, story.worker, ports), permit.credential)
    page = client.get(path)
    drawn = re.search(r'src="data:image/png;base64,([^"]+)"', page.text)
    assert drawn is not None
    small = Image.open(BytesIO(base64.b64decode(drawn[1])))
    large = small.convert("L").resize((small.width * 4, small.height * 4), Image.Resampling.NEAREST)
    saved = client.get(f"{path}/foto.png")
    assert "attachment" in saved.headers["content-disposition"]
    enlarged = BytesIO()
    large.save(enlarged, "PNG")
    for picture in (enlarged.getvalue(), saved.content):
        assert read_symbols(picture) == [text]
    stranger = as_(Actor(PersonId(uuid4()), Role.WORKER))
    assert stranger.get(f"{path}/foto.png").status_code == 404


def test_a_permit_that_waits_for_its_signature_says_so(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: s.start().submit().approve())
    path = f"/mi-permiso/{permit_of(database, ports, story).credential.id}"
    client = as_(story.worker)
    assert "Su permiso se está preparando" in words(client.get(path))
    assert client.get(f"{path}/qr.svg").status_code == 404
    assert "Se está preparando." in words(client.get(f"/mi-solicitud/{story.id}"))


def test_a_revoked_permit_is_not_shown_as_one(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: s.start().submit().approve().sign())
    permit = permit_of(database, ports, story)
    with database.sessions.begin() as session:
        credentials.revoke_credential(
            work_of(session, story.setrass, ports),
            permit.credential.id,
            RevocationReason.LOST,
            seen_version=permit.credential.version,
        )
    client = as_(story.worker)
    page = client.get(f"/mi-permiso/{permit.credential.id}")
    assert "Este permiso ya no vale Se perdió" in words(page)
    assert "carrier" not in page.text
    assert client.get(f"/mi-permiso/{permit.credential.id}/qr.png").status_code == 404


@pytest.mark.promise("P15")
@pytest.mark.asvs("8.2.2")
def test_anothers_permit_is_not_there(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: s.start().submit().approve().sign())
    stranger = lived(lambda s: s.start())
    path = f"/mi-permiso/{permit_of(database, ports, story).credential.id}"
    for actor in (stranger.worker, story.setrass):
        for form in ("", "/qr.svg", "/qr.png"):
            assert as_(actor).get(f"{path}{form}").status_code == 404


def test_every_page_of_the_worker_is_light(
    as_: As, lived: Lived, database: Database, ports: Ports
) -> None:
    story = lived(lambda s: s.start().submit().approve().sign())
    draft = lived(lambda s: s.start())
    sizes = {
        f"/static/{entry['file']}": entry["gzip"]
        for entry in json.loads((assets.BUILT / "manifest.json").read_text("utf-8")).values()
    }
    base = f"/solicitud/{draft.id}"
    pages = {
        draft.worker: ["/", "/solicitud", "/solicitud/nueva", "/retomar", base, f"{base}/revisar"]
        + [f"{base}/{slug}" for slug in ("documento", "municipio", "trabajo", "papeles", "foto")],
        story.worker: [
            f"/mi-solicitud/{story.id}",
            f"/mi-permiso/{permit_of(database, ports, story).credential.id}",
        ],
    }
    for actor, paths in pages.items():
        client = as_(actor)
        for path in paths:
            page = client.get(path)
            assert page.status_code == 200, path
            asked_for = re.sub(r'<audio controls preload="none"[^>]*>', "", page.text)
            loaded = re.findall(r'(?:src|rel="[a-z]*" href)="(/[^"]+)"', asked_for)
            assert len(loaded) + 1 <= 4, path
            weight = len(gzip.compress(page.content)) + sum(sizes[name] for name in loaded)
            assert weight <= 30_000, (path, weight)
