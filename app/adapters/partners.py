"""The partners of a house: `partners.json`, beside the register of our own keys; all public."""

import json
from pathlib import Path

from app.adapters.whole_files import alone, write_whole
from permits.partners import Partner, read_partner, write_partner
from permits.trust_list import TrustedKey


class PartnerFile:
    """Issuers of other countries whose keys our trust list names."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made with the first partner."""
        self._folder = folder
        self._path = folder / "partners.json"
        self._read: tuple[object, list[Partner]] = (None, [])

    def all(self) -> list[Partner]:
        """Every partner, in the order of their coming; read again only once the file changed."""
        try:
            stat = self._path.stat()
        except FileNotFoundError:
            return []
        seen_as = stat.st_mtime_ns, stat.st_ino, stat.st_size
        if seen_as != self._read[0]:
            entries = json.loads(self._path.read_text(encoding="utf-8"))
            self._read = (seen_as, [read_partner(entry) for entry in entries])
        return self._read[1]

    def keys(self) -> list[TrustedKey]:
        """The keys of all of them."""
        return [key for partner in self.all() for key in partner.keys]

    def put(self, partner: Partner) -> None:
        """Add a partner, or put it in the place of what was known of the same issuer."""
        with alone(self._folder, ".partners"):
            by_issuer = {one.issuer: one for one in self.all()} | {partner.issuer: partner}
            self._write(list(by_issuer.values()))

    def remove(self, issuer: str) -> None:
        """Forget a partner; one that is not there is no error."""
        with alone(self._folder, ".partners"):
            self._write([one for one in self.all() if one.issuer != issuer])

    def _write(self, partners: list[Partner]) -> None:
        text = json.dumps([write_partner(one) for one in partners], ensure_ascii=False, indent=1)
        write_whole(self._path, text.encode())
