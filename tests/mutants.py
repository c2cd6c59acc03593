"""Damaged copies of good files: bytes flipped, ends cut off, containers re-zipped with parts swapped or broken."""

import io
import random
import warnings
import zipfile
from collections.abc import Callable, Iterator

Damage = Callable[[bytes, random.Random], bytes]


def flipped(data: bytes, chance: random.Random) -> bytes:
    """Change a few bytes anywhere."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 4, 16, 64))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def truncated(data: bytes, chance: random.Random) -> bytes:
    """Cut the end off."""
    return data[: chance.randrange(len(data))]


def spliced(data: bytes, chance: random.Random) -> bytes:
    """Repeat a piece somewhere else."""
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randrange(1, 2000)]
    at = chance.randrange(len(data))
    return data[:at] + piece * chance.choice((1, 2, 50)) + data[at:]


def overwritten(data: bytes, chance: random.Random) -> bytes:
    """Put extreme numbers over four bytes, as counts and offsets that lie."""
    at = chance.randrange(len(data))
    number = chance.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x00\x00\x00\x00", b"\x00\x00\x00\x80"))
    return data[:at] + number + data[at + 4 :]


def rezipped(data: bytes, chance: random.Random) -> bytes:
    """Swap, double, rename, drop or damage the parts of a container; other files are flipped."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return flipped(data, chance)
    first, second = chance.randrange(len(parts)), chance.randrange(len(parts))
    act = chance.choice(("swap", "double", "rename", "drop", "damage", "damage", "damage"))
    if act == "swap":
        parts[first], parts[second] = (parts[first][0], parts[second][1]), (parts[second][0], parts[first][1])
    elif act == "double":
        parts.append((parts[first][0], parts[second][1]))
    elif act == "rename":
        parts[first] = ("../" + parts[first][0], parts[first][1])
    elif act == "drop":
        del parts[first]
    elif parts[first][1]:
        damage = chance.choice((flipped, truncated, spliced, overwritten))
        parts[first] = (parts[first][0], damage(parts[first][1], chance))
    return _packed(parts)


def _packed(parts: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore", UserWarning)  # the same name twice is meant
        for name, content in parts:
            archive.writestr(name, content)
    return buffer.getvalue()


DAMAGES: tuple[Damage, ...] = (flipped, truncated, spliced, overwritten, rezipped, rezipped)


def mutants(good: list[tuple[str, bytes]], count: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield `count` mutants as (name of the damage, file name, bytes), the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - no secret: the same mutants every time
    for number in range(count):
        name, data = good[number % len(good)]
        damage = DAMAGES[number // len(good) % len(DAMAGES)]
        yield damage.__name__, name, damage(data, chance) or b"x"
