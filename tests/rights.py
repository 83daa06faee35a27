"""A right lived on after it was granted: suspended, given back, taken back, its card replaced."""

from dataclasses import replace

from app.services import (
    appeals,
    authorisations,
    codecisions,
    leaving,
    published,
    replacements,
    revocations,
)
from app.services.authorisations import Pause, Right
from app.services.credentials import Permit, find_permit_of
from app.services.effects import run_next_effect
from app.services.revocations import Proposal
from app.storage.authorisations import find_of_application
from permits import cose, status_list
from permits.appeals import Ruling
from permits.issuing import RevocationReason
from permits.people import SUPERVISOR_OF, SYSTEM, Actor, Agency, Role
from permits.retaliation import Origin, Wish
from permits.revocations import Hearing, RevocationGround
from permits.status_list import Status
from permits.suspensions import SuspensionReason
from tests.agreed import agree
from tests.builders import Story, add_official
from tests.outside import Letterbox

PAUSE = Pause(SuspensionReason.ALERT, 10, "Hay que confirmar un dato.", Origin.OWN)
PROPOSAL = Proposal(
    (RevocationGround.FRAUD,),
    Hearing.IN_PERSON,
    "Dijo que no sabía nada de eso.",
    "El documento que mostró es de otra persona.",
    Origin.OWN,
)
OFFICER_OF = {Agency.SETRASS: Role.SETRASS_OFFICER, Agency.INM: Role.INM_OFFICER}


class RightStory:
    """A story whose permit is signed, with more people of both agencies."""

    def __init__(self, story: Story) -> None:
        self.story = story
        session, ports = story.session, story.ports
        self.supervisors = {a: add_official(session, ports, r) for a, r in SUPERVISOR_OF.items()}
        self.officers = {a: add_official(session, ports, r) for a, r in OFFICER_OF.items()}

    @property
    def right(self) -> Right:
        """The right as it stands, with everything about it."""
        found = find_of_application(self.story.session, self.story.id)
        assert found is not None
        return authorisations.right_of(self.story.work(self.story.setrass), found)

    @property
    def permit(self) -> Permit:
        """The newest card, with its right."""
        found = find_permit_of(self.story.work(self.story.worker), self.story.id)
        assert found is not None
        return found

    def end(self) -> "RightStory":
        """Ended by its worker."""
        found, work = self.right.authorisation, self.story.work(self.story.worker)
        leaving.end_own_right(work, found.id, seen_version=found.version)
        return self

    def suspend(
        self, by: Actor | None = None, days: int = 10, origin: Origin = Origin.OWN
    ) -> "RightStory":
        """Suspended, by SETRASS's supervisor unless a test says otherwise."""
        found = self.right.authorisation
        authorisations.suspend_authorisation(
            self.story.work(by or self.supervisors[Agency.SETRASS]),
            found.id,
            replace(PAUSE, days=days, origin=origin),
            seen_version=found.version,
        )
        return self

    def reinstate(self, by: Actor | None = None) -> "RightStory":
        """Given back, by an officer of SETRASS."""
        found = self.right.authorisation
        authorisations.reinstate_authorisation(
            self.story.work(by or self.officers[Agency.SETRASS]),
            found.id,
            seen_version=found.version,
        )
        return self

    def propose(self, by: Actor | None = None, said: Proposal = PROPOSAL) -> "RightStory":
        """Proposed to be taken back, by an officer of INM."""
        found = self.right.authorisation
        revocations.propose_revocation(
            self.story.work(by or self.officers[Agency.INM]),
            found.id,
            said,
            seen_version=found.version,
        )
        return self

    def confirm(self, by: Actor | None = None) -> "RightStory":
        """Taken back, by INM's supervisor."""
        found = self.right.authorisation
        revocations.confirm_revocation(
            self.story.work(by or self.supervisors[Agency.INM]),
            found.id,
            seen_version=found.version,
        )
        return self

    def wish(self) -> "RightStory":
        """Wished to be suspended by the employer; the complaints office refused."""
        story, found = self.story, self.right.authorisation
        work = story.work(self.supervisors[Agency.SETRASS])
        asked = codecisions.ask_codecision(
            work, found.id, Wish.SUSPEND, "Ya no viene.", seen_version=found.version
        )
        office = story.work(add_official(story.session, story.ports, Role.COMPLAINT_HANDLER))
        codecisions.answer_codecision(office, asked.id, "Es represalia.", agreed=False)
        return self

    def contest(self) -> "RightStory":
        """Its worker asks that the revocation be looked at again."""
        work = self.story.work(self.story.worker)
        appeals.file_appeal(work, self.story.id, "Ese documento sí es mío.")
        return self

    def judge(self, ruling: Ruling, by: Actor | None = None) -> Story:
        """Judged by somebody new at INM; overturned, the story goes on with the case anew."""
        story = self.story
        by = by or add_official(story.session, story.ports, Role.INM_SUPERVISOR)
        (open_one,) = [one.appeal for one in appeals.list_open(story.work(by))]
        after = appeals.judge_appeal(story.work(by), open_one.id, ruling, "Se revisó otra vez.")
        story.id = after.id
        return agree(story)

    def drop(self, by: Actor | None = None) -> "RightStory":
        """Not taken back: who proposed it withdraws it, a colleague rejects it."""
        found = self.right.authorisation
        revocations.drop_revocation(
            self.story.work(by or self.supervisors[Agency.INM]),
            found.id,
            seen_version=found.version,
        )
        return self

    def lose_card(
        self, by: Actor | None = None, reason: RevocationReason = RevocationReason.LOST
    ) -> "RightStory":
        """The card replaced, by its worker; the next one is signed."""
        card = self.permit.credential
        replacements.replace_credential(
            self.story.work(by or self.story.worker), card.id, reason, seen_version=card.version
        )
        self.story.sign()
        return self


def signed(story: Story) -> RightStory:
    """A right with its card."""
    return RightStory(story.start().submit().approve().sign())


def work_off(lived: RightStory) -> None:
    """Do what waits for the worker process."""
    while run_next_effect(lived.story.work(SYSTEM)) is not None:
        pass


def listed(lived: RightStory, index: int) -> Status:
    """What the published list says of a place."""
    token = published.get_list(lived.story.work(SYSTEM), 1, published.CWT)
    claims = cose.read_sign1(token).payload
    return status_list.read_claims(claims).status(index)


def told(lived: RightStory) -> list[str]:
    """The subjects of what the worker was sent, in order."""
    letters = lived.story.ports.messenger
    assert isinstance(letters, Letterbox)
    return [key.split(":")[0] for key in letters.letters]
