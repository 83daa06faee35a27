"""A programme in which an agency decides on a recommendation."""

from dataclasses import replace

from app.services.ports import Ports
from permits.people import Agency


def with_recommendation(ports: Ports) -> Ports:
    """The outside world with a coffee programme in which SETRASS decides on a recommendation."""
    coffee = replace(ports.reference.programmes["coffee-hn-gt"], recommended=(Agency.SETRASS,))
    programmes = {**ports.reference.programmes, coffee.code: coffee}
    return replace(ports, reference=replace(ports.reference, programmes=programmes))
