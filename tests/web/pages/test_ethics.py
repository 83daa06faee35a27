"""The ethical rules are told to everybody: what each asks, stops and stands on."""

import re

import pytest
from fastapi.testclient import TestClient

from app.web.i18n import COOKIE, locale_for
from app.web.pages.ethics import tell
from recruitment.ethics.catalogue import CATALOGUE
from recruitment.vacancy_checks import NOT_YET
from tests.recruitment.ethics.table import judge
from tests.recruitment.ethics.test_rules import CASES, NEVER
from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

PATH = "/reglas-eticas"


@pytest.mark.feature("E4")
def test_every_rule_says_what_it_asks_why_and_where_it_stands(visitor: TestClient) -> None:
    page = visitor.get(PATH)
    assert page.status_code == 200
    assert set(re.findall(r'<h3[^>]* id="(R[0-9]{2})"', page.text)) == set(CATALOGUE)
    said = words(page)
    assert "R06 · El salario llega al mínimo Detiene Ocho horas pagan al menos" in said
    assert "R08 · Trabajo garantizado Avisa La mayor parte de los días" in said
    assert said.count("Nadie puede hacer una excepción.") == len(NEVER)
    assert said.count("No hay excepción. Se atiende en el caso") == len(NOT_YET.keys() - NEVER)
    assert [rule.id for rule in CATALOGUE.values() if rule.source not in said] == []
    assert "En Trabajo temporal en Canadá, Trabajo temporal en España: Detiene" in said
    assert "85 : Parte de los días de trabajo que se paga aunque no haya cosecha." in said
    assert "SETRASS lo comprueba; si es así, el reclutador queda suspendido." in said


def test_in_english_the_rules_are_english(visitor: TestClient) -> None:
    visitor.cookies.set(COOKIE, "en")
    said = words(visitor.get(PATH))
    assert "R06 · The wage reaches the minimum Stops Eight hours pay at least" in said
    assert said.count("Nobody can make an exception.") == len(NEVER)


def test_visitors_and_officials_are_led_to_the_rules(
    visitor: TestClient, as_: As, lived: Lived
) -> None:
    story = lived(lambda s: s.start())
    assert f'href="{PATH}"' in visitor.get("/").text
    assert f'href="{PATH}"' in as_(story.setrass).get("/reglas-y-plazos").text


def test_every_finding_can_be_told_also_of_what_is_missing() -> None:
    """Each case of each rule, as officials read it; what is missing is named, never a code."""
    spanish = locale_for("es")
    for rule, table in CASES.items():
        for case in table.cases:
            found = judge(CATALOGUE[rule], table.base, case)
            text = tell(spanish, found).text if found else ""
            assert not [one for one in case.missing if "_" in one and one in text], (rule, text)
