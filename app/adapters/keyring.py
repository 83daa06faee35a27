"""The keys as one process holds them: read once, read again when the register changes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Lock

from cryptography.hazmat.primitives.asymmetric import ec

from app.adapters.key_register import Change
from app.adapters.keys import KeyFolder, KeyModule, Noting
from app.adapters.partners import PartnerFile
from app.adapters.trust_lists import TrustLists
from app.adapters.whole_files import alone
from permits import keys
from permits.errors import Conflict
from permits.keys import Key, KeyState
from permits.partners import Partner
from permits.signing import KeyUse, Signer
from permits.trust_list import TrustList

USES = tuple(KeyUse)


class KeyRing:
    """Signers by use and by name; a change of the register by the CLI is seen at once."""

    def __init__(
        self, folder: Path, passphrase: str, issuer: str, module: KeyModule | None = None
    ) -> None:
        """Use the keys in `folder`; nothing is made before `prepare`."""
        self.house = KeyFolder(folder, passphrase, module)
        self.partners = PartnerFile(folder)
        self.lists = TrustLists(folder, self.house, issuer, self.partners.keys)
        self._folder = folder
        self._lock = Lock()
        self._seen_as: object = None
        self._signers: dict[bytes, Signer] = {}

    def prepare(self, now: datetime, since: datetime | None = None) -> None:
        """Make the keys of every use that has none, and the first trust list.

        New keys vouch for what is signed at or after `since` (`now` where it is not given).
        """
        with alone(self._folder, ".prepare"):
            have = {key.use for key in self.house.records()}
            for use in USES:
                if use not in have:
                    self.house.create(use, since or now)
            self.renew_trust_list(now)

    def renew_trust_list(self, now: datetime) -> TrustList | None:
        """Sign the trust list anew where it is due and a root is at hand."""
        return self.lists.renew(now)

    def is_list_due(self, now: datetime) -> bool:
        """Whether the list that is served is missing, old, or not what the register says."""
        return self.lists.is_due(now)

    def signer(self, use: KeyUse) -> Signer:
        """The active signer of a use; Conflict("no-active-key") where there is none."""
        signing = keys.find_signing(self.house.records(), use)
        if signing is None:
            raise Conflict("no-active-key", use=use.value)
        return self.signer_of(signing.kid)

    def signer_of(self, kid: bytes) -> Signer:
        """The signer of one key, also of a retired one that still owes a signature."""
        with self._lock:
            seen_as = self.house.register.seen_as
            if seen_as != self._seen_as:
                self._signers.clear()
                self._seen_as = seen_as
            if kid not in self._signers:
                self._signers[kid] = self.house.signer_of(kid)
            return self._signers[kid]

    def find(self, kid: bytes) -> Key | None:
        """A key of the register, by its name."""
        return self.house.find(kid)

    def list_keys(self) -> Sequence[Key]:
        """Every key of the register."""
        return self.house.records()

    def create(self, use: KeyUse, now: datetime, noting: Noting) -> Key:
        """Make a key; `noting` is told of it before it counts."""
        return self.house.create(use, now, noting)

    def change(self, act: Change) -> Sequence[Key]:
        """Write what `act` makes of all keys; nobody else changes them meanwhile."""
        return self.house.change(act)

    def trust_list(self) -> bytes:
        """The signed list as it is served."""
        return self.lists.served()

    def roots(self) -> Sequence[ec.EllipticCurvePublicKey]:
        """The roots that scanners pin."""
        return self.house.roots()

    def pinned(self) -> Sequence[Key]:
        """The same roots as the register has them."""
        return [key for key in self.list_keys() if keys.is_pinned(key)]

    def list_partners(self) -> Sequence[Partner]:
        """The issuers of other countries whose permits count here."""
        return self.partners.all()

    def put_partner(self, partner: Partner) -> None:
        """Add a partner, or put it in the place of what was known of the same issuer."""
        self.partners.put(partner)

    def remove_partner(self, issuer: str) -> None:
        """Forget a partner; one that is not there is no error."""
        self.partners.remove(issuer)

    def verifying(self, use: KeyUse) -> dict[bytes, ec.EllipticCurvePublicKey]:
        """Public keys of a use that verify and do not sign: those to come, and the retired."""
        states = (KeyState.NEXT, KeyState.RETIRED)
        return {k.kid: k.public for k in self.list_keys() if k.use is use and k.state in states}

    def publics(self, use: KeyUse) -> Sequence[ec.EllipticCurvePublicKey]:
        """Every public key that a use ever had, whatever its state."""
        return [key.public for key in self.list_keys() if key.use is use]
