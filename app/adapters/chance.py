"""Randomness of the operating system."""

import secrets


class SystemChance:
    """Fit for secrets and for numbers that nobody may guess."""

    def token(self, size: int) -> bytes:
        """So many random bytes."""
        return secrets.token_bytes(size)

    def below(self, limit: int) -> int:
        """A uniform number from 0 to `limit` - 1."""
        return secrets.randbelow(limit)
