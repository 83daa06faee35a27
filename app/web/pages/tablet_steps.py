"""The questions of the brigade's tablet: the wizard's, and for some programmes the roster's."""

from collections.abc import Mapping
from typing import Any, ClassVar

from app.web.answers import WrittenDate
from app.web.forms import Step
from app.web.i18n import N_
from app.web.pages.questions import Question
from app.web.pages.roster import Years
from app.web.pages.steps import wizard_of
from permits.programmes import Programme
from permits.submissions import Answers
from recruitment.roster import WORK_LANGUAGES, Profile, Proof, Trade

KNOWN_WORK = "roster"
"""The name of what the roster's step answers, beside the law's names of the others."""


class KnownWork(Question):
    """What an employer chooses by: the work that somebody knows, and from when they are free.

    What the roster asks beyond that may be left open there, and is on the tablet too.
    """

    wording: ClassVar[Mapping[str, str]] = {
        "occupation.missing": N_("Elija el trabajo que mejor conoce."),
        "years.missing": N_("Escriba cuántos años. Escriba 0 si es menos de uno."),
        "proof.missing": N_("Elija cómo puede mostrarlo."),
        "free_from.missing": N_("Escriba el día, el mes y el año."),
    }
    occupation: str
    years: Years
    proof: Proof
    free_from: WrittenDate

    def changes(self, before: Answers) -> Mapping[str, object]:
        """Itself: it is no answer of the application."""
        return {KNOWN_WORK: self}

    def profile(self, programme: str, spoken: object) -> Profile:
        """As the roster keeps it: for this programme, with the languages that they speak."""
        known = frozenset(spoken) if isinstance(spoken, list | tuple) else frozenset()
        trade = Trade(self.occupation, self.years, self.proof)
        languages, nothing = known & frozenset(WORK_LANGUAGES), frozenset[Any]()
        destinations = frozenset({programme})
        return Profile((trade,), languages, None, nothing, self.free_from, None, destinations)


LIST: Step[Any] = Step(
    "lista",
    KnownWork,
    N_("¿Qué trabajo conoce?"),
    {
        "occupation": N_("¿Qué trabajo conoce mejor?"),
        "years": N_("¿Cuántos años lo hizo?"),
        "proof": N_("¿Cómo puede mostrarlo?"),
        "free_from": N_("¿Desde qué día puede viajar?"),
    },
    "people",
    N_("Con esto queda en la lista. El empleador elige de ahí. Es gratis."),
)
"""Asked instead of which work one wants, which nobody can know before an employer chose."""


def tablet_steps(programme: Programme, *, joins_first: bool) -> tuple[Step[Any], ...]:
    """The wizard's steps in their order; with `joins_first` the roster's instead of the work."""
    steps = wizard_of(programme).steps
    return tuple(LIST if joins_first and one.slug == "trabajo" else one for one in steps)
