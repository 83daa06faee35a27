"""The trust list of a house: drawn from its register, signed by a root here or elsewhere, served.

`trustlist.cwt` in the folder of the keys is what scanners are given.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from app.adapters.keys import KeyFolder
from app.adapters.whole_files import alone, write_whole
from permits import keys, trust_list
from permits.errors import Conflict, NotFound
from permits.keys import KeyState
from permits.list_checks import check_list
from permits.signing import NotTrusted
from permits.trust_list import TrustedKey, TrustList

RENEW_AFTER = timedelta(hours=24)
"""The list is signed anew so often where a root is at hand (the demonstration)."""

COUNTRY = "HND"


class TrustLists:
    """Draws, signs and takes lists; `partners` gives the keys of other issuers."""

    def __init__(
        self,
        folder: Path,
        house: KeyFolder,
        issuer: str,
        partners: Callable[[], Sequence[TrustedKey]],
    ) -> None:
        self._path = folder / "trustlist.cwt"
        self._house = house
        self._issuer = issuer
        self._partners = partners

    def served(self) -> bytes:
        """The list as scanners get it; NotFound("no-trust-list") before the first."""
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            raise NotFound("no-trust-list") from None

    def find_served(self) -> TrustList | None:
        """The same, read; None where there is none, or where none of our roots signed it."""
        try:
            return trust_list.read(self.served(), self._house.roots())
        except (NotFound, NotTrusted):
            return None

    def wanted(self, now: datetime) -> Mapping[bytes, TrustedKey]:
        """Every key that scanners have to know, as it stands now."""
        own = (
            trust_list.trusted(key, self._issuer, (COUNTRY,))
            for key in self._house.records()
            if trust_list.is_listed(key, now)
        )
        seconds = int(now.timestamp())
        others = (key for key in self._partners() if seconds < key.expires)
        return {key.kid: key for key in (*others, *own)}

    def draw(self, now: datetime) -> TrustList:
        """A list of all of them, not yet signed, of a version that no list ever had."""
        served = self.find_served()
        version = self._house.register.take_version(served.version if served else 0)
        issued_at = int(now.timestamp())
        return TrustList(
            issuer=self._issuer,
            version=version,
            issued_at=issued_at,
            expires=issued_at + trust_list.LIFETIME,
            keys=self.wanted(now),
        )

    def take(self, token: bytes, now: datetime) -> TrustList:
        """Serve a list that one of our roots signed; NotTrusted or Conflict with the reason.

        From now on the keys in it are published.
        """
        with alone(self._path.parent, ".list"):
            served = self.find_served()
            offered = trust_list.read(token, self._house.roots(), served)
            waiting = frozenset(k.kid for k in self._house.records() if k.state is KeyState.NEXT)
            wanted, seconds = self.wanted(now), int(now.timestamp())
            check_list(offered, served, wanted, waiting, self._issuer, seconds)
            write_whole(self._path, token)
        self.note_published(now)
        return offered

    def renew(self, now: datetime) -> TrustList | None:
        """Sign the list anew where it is missing, a day old or behind the register.

        None where nothing was due, or where the root is offline and an operator brings the list.
        """
        self.note_published(now)
        root = self._house.find_root() if self.is_due(now) else None
        if root is None:
            return None
        try:
            return self.take(trust_list.sign(self.draw(now), root), now)
        except Conflict:  # another process was faster, or the register has just changed
            return None

    def is_due(self, now: datetime) -> bool:
        """Whether the list that is served is missing, old, or not what the register says."""
        served = self.find_served()
        if served is None or self.is_behind(now):
            return True
        return now - datetime.fromtimestamp(served.issued_at, now.tzinfo) >= RENEW_AFTER

    def is_behind(self, now: datetime) -> bool:
        """Whether a list is served that tells otherwise than the register."""
        served = self.find_served()
        return served is not None and served.keys != self.wanted(now)

    def note_published(self, now: datetime) -> None:
        """Remember of each key when a list that names it was first served."""
        served = self.find_served()
        named = served.keys if served else {}
        self._house.register.change(
            lambda standing: [keys.publish(key, now) for key in standing if key.kid in named]
        )
