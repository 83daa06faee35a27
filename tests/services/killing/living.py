"""Several lives at the same time, each in a thread of its own, on one site."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from tests.services.killing.cast import Cast
from tests.services.killing.ledger import Ledger
from tests.services.killing.lines import Gate
from tests.services.killing.mixed import Life


@contextmanager
def living(
    port: int, casts: Sequence[Cast], gate: Gate, ledger: Ledger
) -> Iterator[list[Future[None]]]:
    """One life for each cast; they act while the gate is open, and end with this."""
    with ThreadPoolExecutor(len(casts)) as pool:
        try:
            yield [
                pool.submit(Life(port, number, cast, gate, ledger).run)
                for number, cast in enumerate(casts)
            ]
        finally:
            gate.end()
