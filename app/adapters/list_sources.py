"""Takes status lists of other countries' issuers from where they publish them, or from a file."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from app.adapters.outbound import Outbound
from permits.status_list import MAX_SIZE, TYPE


class ListSources:
    """Over https within the limits of `Outbound`; from a file where somebody brings the list."""

    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound

    def fetch(self, source: str) -> bytes:
        """The list as it stands there; OSError where there is none, or it is too long."""
        if source.startswith("file:///"):
            with Path(unquote(urlsplit(source).path)).open("rb") as file:
                data = file.read(MAX_SIZE + 1)
        else:
            reply = self._outbound.get(source, {"Accept": TYPE})
            if reply.status != 200:
                raise OSError(f"answered {reply.status}")
            data = reply.body
        if len(data) > MAX_SIZE:
            raise OSError("too long")
        return data
