"""What becomes of rights in the demonstration, so that the border shows every verdict on them."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from app.demo.officials import official
from app.demo.plans import Step
from app.demo.player import Player
from app.services import authorisations, credentials, issuing, replacements, revocations
from app.services.authorisations import Pause
from app.services.revocations import Proposal
from permits.issuing import RevocationReason
from permits.people import SYSTEM
from permits.retaliation import Origin
from permits.revocations import Hearing, RevocationGround
from permits.suspensions import SuspensionReason

LONGEST = 15
"""Days of a suspension: as many as there are, so that a demonstration shows it for two weeks."""

PAUSE = Pause(
    SuspensionReason.IDENTITY_DOUBTFUL,
    LONGEST,
    "Hay que confirmar su fecha de nacimiento.",
    Origin.OWN,
)
PROPOSAL = Proposal(
    (RevocationGround.DOCUMENT_FALSE_OR_EXPIRED,),
    Hearing.IN_PERSON,
    "Dijo que un tramitador le consiguió el documento.",
    "El documento que mostró es de otra persona.",
    Origin.OWN,
)


def _revoke_card(player: Player) -> None:
    reasons = (RevocationReason.LOST, RevocationReason.STOLEN)
    card = player.permit.credential
    credentials.revoke_credential(
        player.work(player.cast.inm[0]),
        card.id,
        player.stage.random.choice(reasons),
        seen_version=card.version,
    )


def _replace_card(player: Player) -> None:
    """The worker lost the card and asks for the next one, which is signed."""
    card = player.permit.credential
    replacements.replace_credential(
        player.work(player.worker), card.id, RevocationReason.LOST, seen_version=card.version
    )
    issuing.sign_pending(player.work(SYSTEM))


def _suspend(player: Player) -> None:
    """A supervisor holds the right back, since yesterday, so that it is still held back today."""
    player.now = player.stage.now - timedelta(days=1)
    right = player.permit.authorisation
    authorisations.suspend_authorisation(
        player.work(official("jefa.setrass")), right.id, PAUSE, seen_version=right.version
    )


def _propose(player: Player) -> None:
    right = player.permit.authorisation
    revocations.propose_revocation(
        player.work(player.cast.inm[1]), right.id, PROPOSAL, seen_version=right.version
    )


def _confirm(player: Player) -> None:
    right = player.permit.authorisation
    revocations.confirm_revocation(
        player.work(official("jefe.inm")), right.id, seen_version=right.version
    )


RIGHT_STEPS: Mapping[Step, Callable[[Player], None]] = {
    Step.REVOKE: _revoke_card,
    Step.LOSE_CARD: _replace_card,
    Step.SUSPEND: _suspend,
    Step.PROPOSE_REVOCATION: _propose,
    Step.CONFIRM_REVOCATION: _confirm,
}
"""The steps of a permit that was issued, but for its crossings."""
