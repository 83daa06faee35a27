"""Officials of SETRASS look at vacancies: what stands, exceptions, steps and waivers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import Field, StringConstraints

from app.services import judging_runs, minimum_wages, refusals, vacancy_overrides, wage_runs
from app.services.judging_runs import Report
from app.services.vacancies import ListedVacancy
from app.services.vacancy_overrides import VacancyFile
from app.services.wage_runs import WageReport
from app.services.work import Work
from app.web import forms
from app.web.answers import WrittenDate
from app.web.dependencies import Posted, SignedInReading, SignedInWork
from app.web.forms import Form
from app.web.i18n import N_, locale_of
from app.web.pages.ethics import ToldFinding, tell
from app.web.pages.searches import Typed, searched
from app.web.pages.vacancy_forms import Amount
from app.web.problems import status_of
from app.web.templating import render
from permits.deadlines import legal_day
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.people import Permission, Role
from permits.policies import check_permission
from permits.programmes import Threshold
from permits.wages import MinimumWage
from recruitment.day_wages import DayWage, tell_day_wage
from recruitment.ethics.facts import Waiver
from recruitment.ethics.overrides import Override, Plea, is_set_aside
from recruitment.ethics.rules import RuleFinding, RuleId
from recruitment.labour_market import Step, StepKind, asked_days, attested_minimum

router = APIRouter(include_in_schema=False)

PATH = "/revision-de-vacantes"
ONE = PATH + "/{vacancy:uuid}"
WAGES = "/salarios-minimos"
BLANK = Form()


class ExceptionForm(forms.Answers):
    """One finding set aside: why, until when, and of which terms (`told`, what was shown)."""

    wording: ClassVar[Mapping[str, str]] = {
        "reason.missing": N_("Escriba por qué hace la excepción."),
        "ends_on.missing": N_("Escriba el día, el mes y el año."),
    }
    rule: RuleId
    code: Annotated[str, StringConstraints(max_length=40)]
    reason: Annotated[str, StringConstraints(max_length=600)]
    ends_on: WrittenDate
    told: str = ""


class StepForm(forms.Answers):
    """A step with its evidence."""

    wording: ClassVar[Mapping[str, str]] = {
        "kind.missing": N_("Elija qué anota."),
        "evidence.missing": N_("Escriba qué lo prueba y dónde está."),
        "first_day.missing": N_("Escriba el día, el mes y el año."),
        "last_day.missing": N_("Escriba el día, el mes y el año."),
        "came_forward.missing": N_("Escriba cuántas personas del país se presentaron."),
        "per_day.missing": N_("Escriba el salario mínimo de un día."),
    }
    kind: StepKind
    first_day: WrittenDate
    last_day: WrittenDate
    evidence: Annotated[str, StringConstraints(max_length=300)]
    came_forward: Annotated[int, Field(ge=0, le=100_000)] | None = None
    per_day: Amount | None = None

    @property
    def step(self) -> Step:
        """What is written down; a number of the other kind is not."""
        nationals = self.kind is StepKind.NATIONALS_FIRST
        return Step(
            self.kind,
            self.first_day,
            self.last_day,
            self.evidence,
            self.came_forward if nationals else None,
            None if nationals else self.per_day,
        )


class WaiverForm(forms.Answers):
    """By how many points the executive moved the shares of Art. 11."""

    wording: ClassVar[Mapping[str, str]] = {
        "points.missing": N_("Escriba cuántos puntos."),
        "until.missing": N_("Escriba el día, el mes y el año."),
        "act.missing": N_("Escriba el acuerdo y su número."),
    }
    points: Annotated[int, Field(ge=1, le=90)]
    until: WrittenDate
    act: Annotated[str, StringConstraints(max_length=200)]


@dataclass(frozen=True)
class WaitingPage:
    """Vacancies that wait for an official."""

    vacancies: Sequence[ListedVacancy]
    form: Form


@dataclass(frozen=True)
class ShownFinding:
    """A finding with its code; `open`: this official has a button to set it aside."""

    told: ToldFinding
    code: str
    open: bool
    aside: bool


@dataclass(frozen=True)
class ReviewPage:
    """One vacancy; `done` names what was done just now, `sent` which form was refused.

    `at_home` are the days that its programme has it offered to people of the country first.
    """

    file: VacancyFile
    findings: Sequence[ShownFinding]
    overrides: Sequence[Override]
    day_wage: DayWage | None
    kinds: tuple[StepKind, ...]
    supervises: bool
    form: Form
    sent: str = ""
    done: str = ""
    refusal: Conflict | Forbidden | NotFound | None = None
    blank: Form = BLANK
    at_home: Threshold | None = None


@dataclass(frozen=True)
class WagesPage:
    """The table of minimum wages as it counts today, all rows, and the last runs."""

    today: Sequence[MinimumWage]
    rows: Sequence[MinimumWage]
    reports: Sequence[Report]
    at_work: Sequence[WageReport]


@router.get(PATH)
def list_waiting(request: Request, work: SignedInReading, q: Typed = "") -> Response:
    """What employers asked to be looked at, and what is held."""
    page = WaitingPage(vacancy_overrides.list_waiting(work, q), searched(q))
    return render(request, "vacancy_reviews/list.html", page)


@router.get(ONE)
def show_file(request: Request, work: SignedInReading, vacancy: UUID, hecho: str = "") -> Response:
    """One vacancy with everything that is found in it."""
    return _show(request, work, vacancy, Form(), done=hecho)


@router.post(ONE + "/excepcion")
def set_aside(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Set one finding aside until a day."""
    given = forms.check(ExceptionForm, posted)
    if isinstance(given, Form):
        return _show(request, work, vacancy, given, 422, sent=_sent(posted))
    plea = Plea(given.reason, given.ends_on)
    return _act(
        request,
        work,
        vacancy,
        posted,
        ExceptionForm,
        lambda: vacancy_overrides.set_aside(
            work, vacancy, given.rule, given.code, plea, given.told
        ),
    )


@router.post(ONE + "/paso")
def record_step(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Write a step down with its evidence."""
    given = forms.check(StepForm, posted)
    if isinstance(given, Form):
        return _show(request, work, vacancy, given, 422, sent="paso")
    return _act(
        request,
        work,
        vacancy,
        posted,
        StepForm,
        lambda: vacancy_overrides.record_step(work, vacancy, given.step),
    )


@router.post(ONE + "/dispensa")
def record_waiver(request: Request, work: SignedInWork, vacancy: UUID, posted: Posted) -> Response:
    """Write down a waiver of Art. 11 for the vacancy's employer."""
    given = forms.check(WaiverForm, posted)
    if isinstance(given, Form):
        return _show(request, work, vacancy, given, 422, sent="dispensa")
    waiver = Waiver(given.points, given.until)
    return _act(
        request,
        work,
        vacancy,
        posted,
        WaiverForm,
        lambda: vacancy_overrides.record_waiver(work, vacancy, waiver, given.act),
    )


@router.get(WAGES)
def show_wages(request: Request, work: SignedInReading) -> Response:
    """The minimum wages that count, and what fails since they changed."""
    check_permission(work.actor, Permission.VACANCY_REVIEW)
    page = WagesPage(
        minimum_wages.list_wages(work, legal_day(work.now)),
        minimum_wages.list_wages(work),
        judging_runs.list_reports(work),
        wage_runs.list_reports(work),
    )
    return render(request, "vacancy_reviews/wages.html", page)


def _act(
    request: Request,
    work: Work,
    vacancy: UUID,
    posted: Posted,
    model: type[forms.Answers],
    act: Callable[[], object],
) -> Response:
    try:
        with work.attempt():
            act()
    except Invalid as invalid:
        form = forms.refused(model, posted, invalid)
        return _show(request, work, vacancy, form, 422, sent=_sent(posted))
    except (Conflict, Forbidden) as refusal:
        refusals.record_refusal(work, refusal.code, "review-vacancy")
        typed = Form(forms.typed(posted))
        status = status_of(refusal)
        return _show(request, work, vacancy, typed, status, sent=_sent(posted), refusal=refusal)
    return RedirectResponse(f"{PATH}/{vacancy}?hecho=si", 303)


def _sent(posted: Posted) -> str:
    """Which of the page's forms it was: a finding's by rule and code, else the other two."""
    if "rule" in posted:
        return f"{posted.get('rule')}-{posted.get('code')}"
    return "dispensa" if "points" in posted else "paso"


def _show(
    request: Request,
    work: Work,
    vacancy: UUID,
    form: Form,
    status: int = 200,
    *,
    sent: str = "",
    done: str = "",
    refusal: Conflict | Forbidden | NotFound | None = None,
) -> Response:
    file = vacancy_overrides.read_file(work, vacancy)
    found, today, locale = file.looked.vacancy, legal_day(work.now), locale_of(request)
    shown = [
        ShownFinding(
            tell(locale, one),
            one.code,
            vacancy_overrides.may_set_aside(work, file, one),
            isinstance(one, RuleFinding) and is_set_aside(one, file.looked.overrides, today),
        )
        for one in file.looked.findings
    ]
    programme = work.ports.reference.programmes[found.programme].on(today)
    attested = attested_minimum(file.looked.steps, found.offer.currency)
    page = ReviewPage(
        file,
        shown,
        [one for one in file.looked.overrides if one.ends_on >= today],
        tell_day_wage(found.offer, programme, work.ports.reference.minimum_wages, attested),
        tuple(StepKind),
        work.actor.role is Role.SETRASS_SUPERVISOR,
        form,
        sent,
        done,
        refusal,
        at_home=asked_days(programme, today),
    )
    return render(request, "vacancy_reviews/file.html", page, status)
