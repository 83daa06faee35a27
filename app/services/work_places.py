"""Where work is, as officials choose it: the departments of Honduras and their municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.services.work import Work
from permits.folding import fold

HOME, COUNTRY = "HN-", "HND"
_INDENT = "\N{EM SPACE}"


@dataclass(frozen=True)
class WorkPlaces:
    """Names by code: ISO 3166-2 of a department, the civil registry's of a municipality.

    `departments` stand in the order of the registry: the first two digits of a municipality count
    them from one.
    """

    departments: Mapping[str, str]
    towns: Mapping[str, str]

    @property
    def known(self) -> frozenset[str]:
        """Every code; those of the two kinds never look alike."""
        return frozenset(self.departments) | frozenset(self.towns)

    def name_of(self, code: str) -> str:
        """The name of either kind; "" of none."""
        return self.departments.get(code) or self.towns.get(code, "")

    def choices(self, chosen: str = "") -> list[tuple[str, str]]:
        """The departments by name, and below the chosen one its municipalities by name."""
        opened, found = self._department_of(chosen), list[tuple[str, str]]()
        for code, name in _by_name(self.departments):
            found.append((code, name))
            if code == opened:
                towns = {town: name for town, name in self.towns.items() if self._is_in(town, code)}
                found += [(town, f"{_INDENT}{name}") for town, name in _by_name(towns)]
        return found

    def _department_of(self, code: str) -> str:
        return next((one for one in self.departments if self._is_in(code, one)), code)

    def _is_in(self, town: str, department: str) -> bool:
        return town in self.towns and int(town[:2]) == [*self.departments].index(department) + 1


def work_places(work: Work) -> WorkPlaces:
    """What may be chosen; work abroad is found by its programme."""
    reference = work.ports.reference
    departments = {c: name for c, name in reference.departments.items() if c.startswith(HOME)}
    return WorkPlaces(departments, reference.municipalities[COUNTRY])


def _by_name(names: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    return sorted(names.items(), key=lambda pair: fold(pair[1]))
