"""The same cases after their permits: suspended, given back, changed, replaced, renewed, ended."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from app.services import (
    applications,
    authorisations,
    credentials,
    employer_changes,
    leaving,
    renewals,
    replacements,
    return_surveys,
)
from app.services.work import Work
from app.storage.authorisations import find_of_application
from permits.answer_checks import CONSENT_VERSION
from permits.applications import Application, ApplicationId
from permits.authorisations import Authorisation
from permits.deadlines import legal_day
from permits.issuing import RevocationReason
from permits.people import SYSTEM
from tests.agreed import agree_to
from tests.builders import add_vacancy
from tests.properties.many_machine import SEATS, ManyMachine, anybody, mostly_own
from tests.properties.many_ways import ManyWays
from tests.rights import PAUSE


class ManyRights(ManyWays):
    """What may become of the rights; a renewal is one more case that everybody may act in."""

    def seat_more(self) -> None:
        """A third farm, and work that goes on for longer than anybody may stay."""
        super().seat_more()
        self.third = add_vacancy(self.session, self.story.ports, farm="Finca Tres")
        last = legal_day(self.story.now) + timedelta(days=300)
        self.longer = add_vacancy(self.session, self.story.ports, ends_on=last)

    def about(
        self,
        case: ApplicationId,
        seat: str,
        act: Callable[[Work, Authorisation], object],
        *,
        legal: bool | None = None,
    ) -> bool:
        """One request about the right of a case, where it has one."""
        right, self.told = find_of_application(self.session, case), set()
        if right is None:
            return False
        return self.ask(self.actor(seat, case), lambda work: act(work, right), legal=legal)

    @rule(
        case=ManyMachine.cases,
        seat=st.sampled_from(["head", "chief", *SEATS]),
        again=anybody,
    )
    def suspend_and_give_back(self, case: ApplicationId, seat: str, again: str) -> None:
        """A right is granted, if it may be, suspended, and perhaps given back."""
        self.go_on(case)
        self.suspend(case, seat)
        self.reinstate(case, again)

    def suspend(self, case: ApplicationId, seat: str) -> None:
        """By a supervisor of either agency."""
        may = None if seat in {"head", "chief"} else False

        def act(work: Work, right: Authorisation) -> object:
            return authorisations.suspend_authorisation(
                work, right.id, PAUSE, seen_version=right.version
            )

        if self.about(case, seat, act, legal=may):
            self.counted["suspensions"] += 1

    @rule(case=ManyMachine.cases, seat=anybody)
    def reinstate(self, case: ApplicationId, seat: str) -> None:
        """By another of the agency that suspended."""

        def act(work: Work, right: Authorisation) -> object:
            return authorisations.reinstate_authorisation(
                work, right.id, seen_version=right.version
            )

        self.about(case, seat, act)

    @rule(
        case=ManyMachine.cases,
        seat=st.sampled_from(["ana", "beto", "carla", "worker"]),
        granted=st.booleans(),
    )
    def change_employer(self, case: ApplicationId, seat: str, granted: bool) -> None:
        """The worker asks for another farm, and somebody decides."""
        self.about(
            case,
            "worker",
            lambda work, right: employer_changes.ask_change(work, right.id, self.third),
        )
        if granted:
            self.about(case, "worker", lambda work, right: agree_to(work, right.application))
        note = "" if granted else "No tiene plazas."

        def decide(work: Work, right: Authorisation) -> object:
            return employer_changes.decide_change(work, right.application, note, granted=granted)

        may = None if seat in {"ana", "beto"} else False
        if self.about(case, seat, decide, legal=may):
            self.counted["changes of employer"] += 1

    @rule(case=ManyMachine.cases, seat=mostly_own)
    def lose_card(self, case: ApplicationId, seat: str) -> None:
        """The card is replaced by the next one of the same right."""

        def act(work: Work, right: Authorisation) -> object:
            permit = credentials.find_permit_of(work, right.application)
            assert permit is not None
            card = permit.credential
            return replacements.replace_credential(
                work, card.id, RevocationReason.LOST, seen_version=card.version
            )

        self.about(case, seat, act)

    @rule(target=ManyMachine.cases, case=ManyMachine.cases, in_time=st.booleans())
    def renew(self, case: ApplicationId, in_time: bool) -> ApplicationId:
        """The renewal, once it may be begun; else the same case again."""
        return self.begin_renewal(case, in_time=in_time)

    def begin_renewal(self, case: ApplicationId, *, in_time: bool) -> ApplicationId:
        """The like, for a step of several acts."""
        begun, right = list[Application](), find_of_application(self.session, case)
        if in_time and right is not None:
            early = right.valid_until - timedelta(days=20) - legal_day(self.story.now)
            self.story.later(days=max(early.days, 0))
        self.about(
            case,
            "worker",
            lambda work, right: begun.append(renewals.begin_renewal(work, right.id)),
        )
        if not begun:
            return case
        renewal, worker = begun[0].id, self.workers[case]
        self.workers[renewal] = worker
        answers = {"vacancy": str(self.longer), "consent": CONSENT_VERSION}
        self.ask(worker, lambda work: applications.save_answers(work, renewal, answers))
        self.counted["renewals"] += 1
        return renewal

    @rule(case=ManyMachine.cases, seat=mostly_own, earnest=st.sampled_from([False, False, True]))
    def leave(self, case: ApplicationId, seat: str, earnest: bool) -> None:
        """Seldom, for most rights would end here."""
        if not earnest:
            return

        def act(work: Work, right: Authorisation) -> object:
            return leaving.end_own_right(work, right.id, seen_version=right.version)

        self.about(case, seat, act, legal=None if seat == "worker" else False)

    @rule()
    def season_ends(self) -> None:
        """So much time passes that permits and their suspensions are over."""
        self.story.later(days=40)
        for act in (
            authorisations.end_suspensions,
            return_surveys.ask_returned,
            return_surveys.close_returned,
        ):
            self.ask(SYSTEM, act, legal=True)
        self.time_passes(1)
