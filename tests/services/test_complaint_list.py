"""The list of the complaints office: looked through by what stands in clear, page by page."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from app.services import complaint_acts, complaint_list
from app.services.complaint_list import AT_ONCE, Wanted, list_desk
from app.storage import complaints
from app.storage.vacancies import find_vacancy
from permits.deadlines import legal_day
from permits.errors import Invalid
from permits.people import SYSTEM
from recruitment.complaints.filed import ComplaintId, Filed
from recruitment.complaints.handling import reference_of
from recruitment.complaints.words import Category, Filing, Severity, Status
from tests.builders import NOW, Story, add_vacancy
from tests.complained import Office
from tests.farmed import add_farm

pytestmark = pytest.mark.feature("H1", "H3")


def filed(office: Office, number: int = 0, **other: object) -> Filed:
    """A case as it stands in clear; its first eight digits are its number."""
    one = Filed(
        ComplaintId(UUID(int=(number << 96) + uuid4().int % 2**96)),
        Filing.OFFICIAL,
        (Category.HOURS,),
        Severity.S3,
        "HN-CP",
        legal_day(NOW),
    )
    one = replace(one, **other)  # type: ignore[arg-type]
    assert complaints.add_complaint(office.session, one)
    return one


def test_a_case_is_found_by_its_number_its_farm_its_employer_and_its_category(
    story: Story,
) -> None:
    office = Office(story.session, story.ports).ready()
    work = office.work(office.handlers[0])
    vacancy = find_vacancy(story.session, add_vacancy(story.session, story.ports))
    assert vacancy is not None
    owner, name = UUID(vacancy.offer.employer), f"Él Cafetal {uuid4().hex[:6]}"
    farm = add_farm(office.work(SYSTEM), owner, name, 30)
    numbered = filed(office, 0xCAFE0123)
    farmed = filed(office, farm=farm, employer=owner)
    owned = filed(office, categories=(Category.DEBT, Category.THREATS), employer=owner)
    over = filed(office, status=Status.CLOSED_RESOLVED, closed_on=legal_day(NOW))

    def found(typed: str = "", **more: object) -> set[UUID]:
        wanted = replace(Wanted(typed=typed), **more)  # type: ignore[arg-type]
        return {one.filed.id for one in list_desk(work, wanted).rows}

    assert found() >= {numbered.id, farmed.id, owned.id}
    for typed in (reference_of(numbered.id), "q-cafe 0123", " CAFE01"):
        assert found(typed) == {numbered.id}
    assert found(name.lower().replace("é", "e")) == {farmed.id}  # not all that its owner has
    assert found(vacancy.offer.employer_name) >= {farmed.id, owned.id}
    assert numbered.id not in found(vacancy.offer.employer_name)
    assert found(category=Category.THREATS) == {owned.id}
    assert found(name, category=Category.THREATS) == set()
    assert found(over=True) == {over.id}
    with pytest.raises(Invalid):
        found("la")


def test_a_long_list_is_counted_and_read_page_by_page_without_what_one_has_a_part_in(
    story: Story,
) -> None:
    office = Office(story.session, story.ports).ready()
    work = office.work(office.handlers[0])
    many = [
        filed(office, due_on=legal_day(NOW) + timedelta(days=n // 9)) for n in range(AT_ONCE + 3)
    ]
    complaint_acts.recuse(work, many[0].id, seen=1)
    pages = [list_desk(work, Wanted(page=page)) for page in (1, 2, 99)]
    assert [(one.total, one.pages, one.page) for one in pages] == [
        (AT_ONCE + 2, 2, 1),
        (AT_ONCE + 2, 2, 2),
        (AT_ONCE + 2, 2, 2),
    ]
    assert [(one.first, one.last) for one in pages[:2]] == [
        (1, AT_ONCE),
        (AT_ONCE + 1, AT_ONCE + 2),
    ]
    shown = [one.filed for page in pages[:2] for one in page.rows]
    assert {one.id for one in shown} == {one.id for one in many[1:]}
    assert [one.due_on for one in shown] == sorted(one.due_on for one in many[1:])  # type: ignore[type-var]
    assert complaint_list.list_desk(work, Wanted(over=True)).pages == 1
