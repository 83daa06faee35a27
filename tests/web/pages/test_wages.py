"""Payslips on their pages: written and uploaded by the farm, seen, contested and kept on paper."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.builders import Story
from tests.web.conftest import As
from tests.web.pages.conftest import StandingClock
from tests.web.pages.test_farms import Farmed, farmed
from tests.web.pages.walking import words

__all__ = ["farmed"]
pytestmark = pytest.mark.feature("E9", "W20")

DAY = "2026-11-23"
TODAY = {
    "first_day-day": "23",
    "first_day-month": "11",
    "first_day-year": "2026",
    "last_day-day": "23",
    "last_day-month": "11",
    "last_day-year": "2026",
}
SLIP = {
    **TODAY,
    "version": "0",
    "days": "1",
    "units": "1",
    "rate": "350.00",
    "food": "40",
    "paid_on-day": "23",
    "paid_on-month": "11",
    "paid_on-year": "2026",
}


def test_it_is_written_contested_by_line_answered_and_read_by_the_inspection(
    as_: As, farmed: Farmed, clock: StandingClock
) -> None:
    story: Story = farmed.story
    farmer, here = as_(farmed.owner), f"/mis-fincas/salarios/{farmed.story.id}"
    assert "María Ángela" in words(farmer.get("/mis-fincas/salarios"))
    wrong = farmer.post(here, data={**SLIP, "days": "9"})
    assert (wrong.status_code, 'value="350.00"' in wrong.text) == (422, True)
    typed = as_(farmed.owner).post(here, data={**SLIP, "idioma": "en"})
    assert (typed.status_code, "350.00" in typed.text) == (200, True)
    worker, own = as_(story.worker), f"/mi-solicitud/{story.id}/salarios"
    assert "todavía no anotó ningún pago" in words(worker.get(own))  # another language sends none
    for _ in range(2):
        kept = farmer.post(here, data=SLIP)
        assert kept.headers.get("location") == f"{here}?hecho=escrito", words(kept)
    seen = words(worker.get(f"{own}?periodo={DAY}"))
    for shown in ("310.00", "sin acuerdo por escrito", "R13"):
        assert shown in seen
    nothing = worker.post(f"{own}/{DAY}", data={"version": "1", "answer": "contested"})
    assert (nothing.status_code, "Marque lo que no está bien." in words(nothing)) == (422, True)
    said = {"version": "1", "answer": "contested", "lines": ["units"], "own_units": "2"}
    assert worker.post(f"{own}/{DAY}", data=said).headers["location"] == f"{own}?hecho=contested"
    assert "la persona cuenta 2" in words(farmer.get(here))
    assert farmer.post(f"{here}/{DAY}/responder", data={"reply": ""}).status_code == 422
    farmer.post(f"{here}/{DAY}/responder", data={"reply": "Fue un día."})
    assert "Fue un día." in words(worker.get(own))
    inspected = words(as_(farmed.inspector).get("/inspecciones/salarios"))
    assert "la persona cuenta 2" in inspected
    paper = PdfReader(BytesIO(worker.get(f"{own}/{DAY}.pdf?idioma=en").content))
    assert "Payslip" in paper.pages[0].extract_text()
    weighed = {**SLIP, "version": "1", "units": "12345.67", "rate": "1.00"}
    assert farmer.post(here, data=weighed).status_code == 303
    assert "12,345.67 a" in words(worker.get(own))
    clock.now += timedelta(days=90)  # the season is over
    farmer = as_(farmed.owner)
    assert "Ya no trabajan aquí" in words(farmer.get("/mis-fincas/salarios"))
    left = words(farmer.get(here))
    assert ("Trabajó para usted hasta el" in left, "Corregir este pago" in left) == (True, True)


def test_a_sheet_is_looked_through_first_and_then_written(as_: As, farmed: Farmed) -> None:
    story: Story = farmed.story
    farmer, here = as_(farmed.owner), f"/mis-vacantes/{farmed.vacancy}/planilla"
    head = "numero,primer dia,ultimo dia,dias,latas,fecha de pago\r\n"
    number = farmed.number

    def send(line: str) -> tuple[int, str, str]:
        files = {"list": ("pago.csv", f"{head}{line}".encode(), "text/csv")}
        answer = farmer.post(here, files=files)
        return answer.status_code, words(answer), answer.text

    status, told, _ = send(f"{number},{DAY},{DAY},3,1,\r\n")
    assert (status, "Fila 2, Días trabajados" in told) == (422, True)
    status, told, page = send(f"{number},{DAY},{DAY},1,1,{DAY}\r\n")
    assert (status, "Nada se guardó todavía." in told) == (200, True)
    rows = page.split('name="rows" value="')[1].split('"')[0].replace("&#34;", '"')
    for _ in range(2):
        sent = farmer.post(f"{here}/confirmar", data={"rows": rows})
        assert sent.headers.get("location") == "/mis-fincas/salarios", words(sent)
    own = words(as_(story.worker).get(f"/mi-solicitud/{story.id}/salarios"))
    assert (own.count("350.00 lempiras"), "versión 2" in own) == (4, False)
