"""A programme that no code knows: Salvadoran pickers, by its file alone, to a signed permit."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.adapters.programme_shelf import ProgrammeShelf, check_file
from app.adapters.reference import read_reference
from app.services import applications, credentials, programmes
from app.services.case import load_case
from app.services.seen_cases import waiting_as_seen
from permits.applications import Status
from permits.errors import Invalid
from permits.issuing import CredentialState
from permits.people import NOBODY, SYSTEM, Agency
from permits.permit_claims import read_claims
from permits.programmes import Programme
from tests import outside
from tests.builders import ANSWERS, Story, add_vacancy
from tests.databases import Database

FILE = Path("tests/programmes/coffee-hn-sv.toml")
CODE = "coffee-hn-sv"
DATA = read_reference()
SAID: dict[str, object] = {
    **ANSWERS,
    "document_number": "000162975",
    "municipality": "0401",
    "languages_spoken": ("spa",),
    "languages_read": ("spa",),
    "extra": {"picked-before": False, "seasons-worked": None},
}
PHONE = "+50370001234"


@pytest.fixture
def harvest(database: Database, tmp_path: Path) -> Story:
    """The people of a story in a house whose operator has loaded the file."""
    shelf = ProgrammeShelf(tmp_path / "programmes")
    world = outside.ports()
    known = replace(
        world.reference,
        programmes=shelf,
        municipalities=DATA.municipalities,
        departments=DATA.departments,
    )
    story = Story(database.sessions(), replace(world, reference=known))
    programme: Programme = check_file(FILE, DATA)
    assert CODE not in shelf
    loaded = programmes.load_programme(
        story.work(SYSTEM), shelf, programme, FILE.read_text("utf-8")
    )
    assert loaded.changes
    assert shelf[CODE] == programme
    return story


def begin(story: Story, **answers: object) -> None:
    vacancy = add_vacancy(story.session, story.ports, programme=CODE, now=story.now)
    started = applications.start_application(story.work(NOBODY), CODE, PHONE, "es")
    story.worker, story.id = started.actor, started.application.id
    changes = {**SAID, "vacancy": str(vacancy), **answers}
    applications.save_answers(story.work(story.worker), story.id, changes)


@pytest.mark.feature("D4", "D5", "W1", "O2")
def test_from_the_file_to_the_signed_permit_through_both_agencies(harvest: Story) -> None:
    with harvest.session:
        begin(harvest)
        harvest.submit()
        case = load_case(harvest.work(harvest.setrass), harvest.id)
        assert case.answers.nationality == "SLV"
        assert case.answers.document_kind == "sv-dui"
        assert case.answers.extra == {"picked-before": False, "seasons-worked": None}
        assert [f.code for f in case.findings if f.severity == "block"] == []
        # SETRASS first, then INM, as the file says.
        assert waiting_as_seen(harvest.setrass, case) == (Agency.SETRASS,)
        harvest.approve().sign()
        assert harvest.application.status is Status.APPROVED
        permit = credentials.find_permit_of(harvest.work(harvest.worker), harvest.id)
        assert permit is not None
        assert permit.programme.code == CODE
        assert permit.credential.state is CredentialState.ISSUED
        claims = read_claims(permit.credential.payload)
        assert (claims.kind, claims.nationality, claims.document_country) == (CODE, "SLV", "SLV")
        assert (claims.document_number, claims.agencies) == ("000162975", ("setrass", "inm"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"document_number": "000162976"},  # the check digit of the DUI
        {"nationality": "GTM"},
        {"document_kind": "gt-dpi"},
        {"date_of_birth": date(2010, 1, 1)},
        {"extra": {"seasons-worked": 61}},
    ],
)
def test_its_rules_are_those_of_its_file(harvest: Story, wrong: dict[str, object]) -> None:
    with harvest.session, pytest.raises(Invalid) as refused:
        begin(harvest, **wrong)
    assert {fault.field.split(".")[0] for fault in refused.value.faults} == {*wrong}


def test_no_part_of_the_house_knows_its_code() -> None:
    for folder in ("app", "permits", "recruitment", "templates"):
        for path in Path(folder).rglob("*"):
            if path.suffix in {".py", ".html", ".toml", ".typ", ".js", ".csv"}:
                assert CODE not in path.read_text("utf-8"), path
