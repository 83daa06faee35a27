"""What a person is searched by, as keys of one index: parts of words, and words with a slip.

PostgreSQL comes without its extensions for this (pg_trgm, unaccent): texts arrive folded (lower
case, no accents), and a GIN index over an array of short texts does the rest.

- every three letters in a row of a word, so that any part of it is found;
- `^` and the first one or two letters of a name, for what is shorter than that;
- `~` and a name with none or one of its letters left out: two words that share such a key differ
  by one letter more, less or other, or by two that changed places (symmetric deletion).
"""

from itertools import chain

from permits.folding import fold

SHORTEST = 3
"""Letters of a word that its parts are kept of."""

FORGIVEN = range(4, 21)
"""Letters of a word in which a slip is forgiven; shorter ones would all be alike."""


def keys_of(name: str, *others: str) -> list[str]:
    """The keys of a person's name, and of other texts to be found by."""
    names = fold(name).split()
    words = [*names, *fold(" ".join(others)).split()]
    keys = set(chain.from_iterable(_parts(word) for word in words))
    keys |= {f"^{word[:size]}" for word in names for size in (1, 2)}
    keys |= set(chain.from_iterable(slips_of(word) for word in names))
    return sorted(keys)


def parts_of(word: str) -> list[str]:
    """What a row has among its keys that has this in a word; a name must begin with a short one."""
    return sorted(_parts(word)) if len(word) >= SHORTEST else [f"^{word}"]


def slips_of(word: str) -> list[str]:
    """Of these a row has one whose name has such a word, but for one slip; none where too short."""
    if len(word) not in FORGIVEN or not word.isalpha():
        return []
    shorter = {word[:at] + word[at + 1 :] for at in range(len(word))}
    return sorted(f"~{one}" for one in {word, *shorter})


def _parts(word: str) -> set[str]:
    return {word[at : at + SHORTEST] for at in range(len(word) - SHORTEST + 1)}
