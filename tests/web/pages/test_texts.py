"""Two administrators change a text: what is typed is kept, and what waits is shown."""

import pytest

from app.services.ports import Ports
from permits.people import Role
from permits.texts import slot_id
from tests.databases import Database
from tests.web.conftest import As
from tests.web.pages.walking import words
from tests.web.signing import add_person

PATH = "/administracion/textos"
HOUSE = "Cerramos su solicitud %(receipt)s. El plazo para responder pasó y no llegó su respuesta."
ONE = f"{PATH}/{slot_id(HOUSE)}"
TYPED = {
    "es": "Cerramos su solicitud %(receipt)s. No llegó su respuesta.",
    "en": "We closed your application %(receipt)s. No answer came.",
    "valid_from-day": "1",
    "valid_from-month": "12",
    "valid_from-year": "2026",
    "source": "Acta 12",
}


@pytest.mark.feature("D6")
def test_one_proposes_another_approves_and_nobody_else_sees_it(
    as_: As, database: Database, ports: Ports
) -> None:
    one, other = (
        as_(add_person(database, ports, Role.ADMINISTRATOR, email=f"{name}@demo.example"))
        for name in ("ada", "eva")
    )
    officer = as_(add_person(database, ports, Role.SETRASS_OFFICER))
    assert officer.get(PATH).status_code == officer.post(ONE, data=TYPED).status_code == 403
    assert ONE in one.get(PATH, params={"q": "application-lapsed"}).text
    assert f">{HOUSE}</textarea>" in one.get(ONE).text
    lost = one.post(ONE, data={**TYPED, "es": "Cerramos su solicitud."})
    assert lost.status_code == 422
    assert "Falta un lugar del texto: %(receipt)s." in words(lost)
    assert "Acta 12" in lost.text
    shown = one.post(ONE, data={**TYPED, "mirar": "1"})
    assert "Cerramos su solicitud 2026-1234-5678. No llegó su respuesta." in words(shown)
    assert "BORRADOR" in shown.text
    assert one.post(ONE, data=TYPED).headers["location"] == f"{ONE}?hecho=propuesto"
    assert ONE in other.get(PATH, params={"q": "nada así"}).text  # it waits, whatever is searched
    own, theirs = one.get(ONE).text, other.get(ONE).text
    assert ("/retirar" in own, "/aprobar" in own) == (True, False)
    approve = theirs.split('/aprobar"')[0].rsplit('"', 1)[1] + "/aprobar"
    assert one.post(approve).status_code == 403
    assert other.post(approve).headers["location"] == f"{ONE}?hecho=aprobar"
    assert other.post(approve).status_code == 409
    assert "Aprobado" in words(one.get(ONE))
