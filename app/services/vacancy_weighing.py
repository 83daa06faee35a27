"""What an exception or an attestation was given for; with anything else it counts no more."""

from datetime import date

from app.storage.vacancies import ListedVacancy
from permits.wages import find_minimum
from recruitment.ethics.parameters import Parameters
from recruitment.ethics.written import digest
from recruitment.hirers import Hirer
from recruitment.terms import Terms


def weigh(
    vacancy: ListedVacancy, terms: Terms, hirer: Hirer, parameters: Parameters, today: date
) -> bytes:
    """The digest of what the employer tells, for how many people, and the minimum that counts.

    An exception for twenty people is none for a thousand, and one below a minimum none below a
    higher one.
    """
    offer, sector = vacancy.offer, parameters.programme.on(today).wage_sector
    size, table = offer.employer_size, parameters.minimum_wages
    minimum = find_minimum(table, sector, size, offer.starts_on) if sector else None
    per_day = minimum.per_day_hnl if minimum else None
    return digest(offer, terms, vacancy.places, per_day, *hirer.weighing)
