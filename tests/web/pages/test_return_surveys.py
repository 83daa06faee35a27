"""After the season the worker answers on one page; SETRASS reads who asks for what, and counts."""

import re
from datetime import timedelta

import pytest

from app.services import return_surveys
from app.web.clock import utc_now
from permits.deadlines import legal_day
from permits.people import SYSTEM
from tests.builders import Story
from tests.rights import signed
from tests.web.conftest import As, Lived
from tests.web.pages.walking import Walker, words


def returned(story: Story) -> Story:
    """The worker ended the right, and was asked how it went."""
    signed(story.supervise()).end()
    return_surveys.ask_returned(story.later(days=1).work(SYSTEM))
    story.now -= timedelta(days=1)
    return story


@pytest.mark.feature("W27")
def test_six_questions_on_one_page_and_where_to_complain(as_: As, lived: Lived) -> None:
    story = lived(returned)
    worker, path = as_(story.worker), f"/mi-solicitud/{story.id}/retorno"
    assert f'href="{path}"' in worker.get(f"/mi-solicitud/{story.id}").text
    page = worker.get(path)
    names = re.findall(r'type="radio" name="(\w+)"|name="(\w+)" type="radio"', page.text)
    assert len({one or other for one, other in names}) == 6
    assert "Su empleador no ve lo que usted contesta." in words(page)
    empty = worker.post(path, data={})
    assert (empty.status_code, "Conteste al menos una pregunta." in empty.text) == (422, True)
    said = {"treated_well": "no", "come_back": "no", "call_me": "yes"}
    sent = worker.post(path, data=said)
    assert (sent.status_code, sent.headers["location"]) == (303, path)
    thanks = words(worker.get(path))
    assert "Gracias. Guardamos sus respuestas." in thanks
    assert "llame al 145" in thanks
    assert "SETRASS le llamará" in thanks
    assert worker.post(path, data=said).status_code == 409
    assert "Contar cómo me fue" not in worker.get(f"/mi-solicitud/{story.id}").text


@pytest.mark.feature("W27")
def test_the_desk_reads_who_asks_and_no_answer(as_: As, lived: Lived) -> None:
    story = lived(returned)
    answers = {"treated_well": "no", "wants_help": "yes"}
    as_(story.worker).post(f"/mi-solicitud/{story.id}/retorno", data=answers)
    chief = as_(story.supervisor)
    desk = chief.get("/retornos")
    assert "Ayuda al volver a casa" in words(desk)
    assert "Nadie contestó todavía." in words(desk)  # counted from five on, by the worker process
    assert "No: 1" not in words(desk)
    done = chief.post(f"/retornos/{story.id}")
    assert "Nadie espera una llamada." in words(chief.get(done.headers["location"]))
    assert chief.post(f"/retornos/{story.id}").status_code == 409
    for actor in (story.setrass, story.inm, story.worker):
        assert as_(actor).get("/retornos").status_code == 403
    for actor in (story.setrass, story.supervisor):
        assert as_(actor).get(f"/mi-solicitud/{story.id}/retorno").status_code == 404


@pytest.mark.feature("W27")
def test_the_desk_names_an_office_and_the_worker_reads_it_and_may_say_no(
    as_: As, lived: Lived
) -> None:
    story = lived(returned)
    worker, chief = Walker(as_(story.worker)), Walker(as_(story.supervisor))
    own, here = f"/mi-solicitud/{story.id}/retorno", f"/retornos/{story.id}/ayuda"
    worker.open(own)
    worker.send(wants_help="yes")
    assert f'href="{here}"' in chief.open("/retornos").text
    chief.open(here)
    said = {"kind": "training", "office": "mintrab", "place": "MINTRAB Zacapa"}
    without = words(chief.send(here, **said))
    assert (chief.page.status_code, "Sin el sí de la persona no se anota." in without) == (
        422,
        True,
    )
    assert "MINTRAB Zacapa" in chief.page.text  # nothing typed is lost
    assert "Quedó anotado." in words(chief.send(here, **said, agreed="yes"))
    (seen,) = re.findall(r'name="seen" value="([0-9a-f-]{36})"', chief.page.text)[:1]
    day = legal_day(utc_now()) + timedelta(days=5)
    when = {f"day__{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    assert "Elija la hora." in words(chief.send(f"{here}/cita", seen=seen, **when))
    assert "a las 09:30" in words(chief.send(f"{here}/cita", seen=seen, hour="09:30", **when))
    assert "MINTRAB Zacapa" in words(worker.open(own))
    assert "a las 09:30" in words(worker.page)
    assert f'name="seen" value="{seen}"' in worker.page.text
    for _ in range(2):
        worker.send(f"{own}/ayuda", seen=seen)
    assert "La persona ya no quiere" in words(worker.open(own))
    late = chief.send(f"{here}/fin", seen=seen, outcome="helped")
    assert (late.status_code, "Esta ayuda ya terminó." in words(late)) == (409, True)
