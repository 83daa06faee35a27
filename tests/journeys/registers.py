"""An older register in the database of the site, with permits that may be of somebody."""

from uuid import uuid4

from app.services import register_imports
from app.services.work import Work
from permits.people import Actor
from tests.journeys.lives import Lives
from tests.registers import permit, register


def take_in(lives: Lives, chief: Actor) -> str:
    """A register of two permits; the worker process compares them afterwards."""
    ports, import_ = lives.site.house.ports, uuid4()
    work = Work(lives.session, chief, lives.site.now(), ports, "test")
    slip = permit(document_number="", given_names="Maria Anjela", starts_on="01/11/2023")
    rows = ports.sheets.read(register(permit(), slip))
    register_imports.import_register(work, import_, "coffee-hn-gt", "Copán 2024", rows)
    return str(import_)
