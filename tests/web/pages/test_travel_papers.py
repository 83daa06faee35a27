"""The pages of the papers of the way abroad: the worker's, and the case's without who paid."""

import pytest

from tests.web.conftest import As, Lived
from tests.web.pages.walking import words

DAY = {"got_on-day": "20", "got_on-month": "11", "got_on-year": "2026"}
VISA = {"kind": "visa", "payer": "family", "amount": "3900", "currency": "HNL", **DAY}
INSURED = {
    **DAY,
    "kind": "insurance",
    "payer": "employer",
    "insurer": "Seguros del Norte",
    "policy": "PN-77",
    **{f"covers_{end}-{part}": "1" for end in ("from", "until") for part in ("day", "month")},
    "covers_from-year": "2026",
    "covers_until-year": "2028",
}


@pytest.mark.feature("W19", "W25")
def test_a_paper_is_noted_with_who_paid_and_the_case_sees_it_without(as_: As, lived: Lived) -> None:
    story = lived(lambda story: story.start().submit().approve().sign())
    worker, officer = as_(story.worker), as_(story.setrass)
    mine, case = (f"/{one}/{story.id}/papeles-del-viaje" for one in ("mi-solicitud", "casos"))
    assert mine in worker.get(f"/mi-solicitud/{story.id}/viaje").text
    assert case in officer.get(f"/casos/{story.id}/viaje").text
    wrong = worker.post(mine, data={**VISA, "amount": ""})
    assert (wrong.status_code, "Escriba cuánto se pagó." in words(wrong)) == (422, True)
    assert worker.post(mine, data={**VISA, "version": "0"}).status_code == 303
    shown = words(worker.get(mine))
    assert "Mi familia · 3,900.00 lempiras hondureños (HNL)" in shown
    assert 'value="3900"' in worker.get(f"{mine}?cambiar=visa").text
    assert "3,900.00" in words(worker.get(f"/mi-solicitud/{story.id}/pagos"))
    seen = words(officer.get(case))
    assert ("Visa" in seen, "Lo sabe la persona" in seen, "3,900" in seen) == (True, True, False)
    assert officer.post(case, data=VISA).status_code == 409
    assert officer.post(case, data={**INSURED, "policy": ""}).status_code == 422
    assert officer.post(case, data=INSURED).status_code == 303
    assert "Seguros del Norte" in words(worker.get(mine))
    assert worker.post(f"{mine}/insurance/quitar", data={"version": "1"}).status_code == 404
    for _ in range(2):  # pressed twice
        assert worker.post(f"{mine}/visa/quitar", data={"version": "1"}).status_code == 303
    assert "3,900.00" not in words(worker.get(f"/mi-solicitud/{story.id}/pagos"))
