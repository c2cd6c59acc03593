"""Groups of texts that are nearly the same: forms filled in, letters sent to several addressees, rows entered twice.

Decision: sixty-four smallest hashes of runs of five signs, compared in eight bands of eight (Broder 1997): texts nine
tenths alike meet in at least one band with 0.99, texts half alike with 0.03; the cost grows with the number of texts only.
"""

import numpy as np
from numpy.typing import NDArray

_RUN = 5
_BANDS, _IN_BAND = 8, 8
_PRIME = np.uint64(0x9E37_79B9_7F4A_7C15)


class NearCopies:
    """Takes texts as code points, one after the other; then names the group of each."""

    def __init__(self) -> None:
        random = np.random.default_rng(7)
        top = np.iinfo(np.uint64).max
        self._odd = random.integers(0, top, _BANDS * _IN_BAND, dtype=np.uint64) | np.uint64(1)
        self._bands = bytearray()

    def add(self, codes: NDArray[np.uint32]) -> None:
        """Keep the bands of one text."""
        self.keep(self.bands(codes))

    def keep(self, bands: bytes) -> None:
        """Keep the bands of one text, which another process may have made."""
        self._bands += bands

    def bands(self, codes: NDArray[np.uint32]) -> bytes:
        """Return the bands of one text (64 bytes)."""
        hashes = _runs(codes)
        smallest = (self._odd[:, None] * hashes).min(axis=1)
        mixed = smallest.reshape(_BANDS, _IN_BAND)
        keys = np.zeros(_BANDS, dtype=np.uint64)
        for column in range(_IN_BAND):
            keys = (keys ^ mixed[:, column]) * _PRIME
        return keys.tobytes()

    def groups(self) -> list[int]:
        """Return for each text the place of the first text of its group."""
        bands = np.frombuffer(self._bands, dtype=np.uint64).reshape(-1, _BANDS)
        leaders = list(range(len(bands)))
        for band in range(_BANDS):
            _, first, inverse = np.unique(bands[:, band], return_index=True, return_inverse=True)
            for place, other in enumerate(first[inverse.reshape(-1)].tolist()):
                one, two = _leader(leaders, place), _leader(leaders, other)
                leaders[max(one, two)] = min(one, two)
        return [_leader(leaders, place) for place in range(len(leaders))]


def _leader(leaders: list[int], place: int) -> int:
    while leaders[place] != place:
        leaders[place] = leaders[leaders[place]]
        place = leaders[place]
    return place


def _runs(codes: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """Return a hash for each run of signs; a text shorter than a run counts as one."""
    wide = np.concatenate([codes.astype(np.uint64), np.zeros(max(_RUN - len(codes), 0), dtype=np.uint64)])
    hashes = np.zeros(len(wide) - _RUN + 1, dtype=np.uint64)
    for step in range(_RUN):
        hashes = (hashes ^ wide[step : step + len(hashes)]) * _PRIME
        hashes ^= hashes >> np.uint64(29)
    return hashes
