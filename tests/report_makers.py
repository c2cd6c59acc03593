"""Makers of phrases for the later books: figures, dates and lists that hang together, and the slip that breaks them."""

import random
from collections.abc import Callable, Mapping, Sequence

from report_phrases import Pair, Phrase, off, off_percent, percent, split

FIGURES = "零一二三四五六七八九十"
Attached = tuple[str, str, str, str]


def full_width(phrase: Phrase) -> Phrase:
    """Print the percent signs of a phrase in full width."""

    def printed(rng: random.Random) -> Pair:
        right, wrong = phrase(rng)
        return right.replace("%", "％"), wrong.replace("%", "％")

    return printed


def in_hundredths(template: str, low: int, high: int, parts: int) -> Phrase:
    """Make a phrase of a total {t} and parts {a}, {b} … with two decimals, drawn in hundredths."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        values = dict(zip("abcdef", split(rng, whole, parts), strict=False), t=whole)
        key = rng.choice(sorted(values))
        wrong = values | {key: values[key] + rng.choice([-1, 1]) * rng.randint(20, 300)}
        return _hundredths(template, values), _hundredths(template, wrong)

    return phrase


def _hundredths(template: str, values: Mapping[str, int]) -> str:
    return template.format(**{name: f"{abs(value) / 100:.2f}" for name, value in values.items()})


def balanced(template: str, low: int, high: int, *, of_stock: bool = False) -> Phrase:
    """Make a phrase of what came {a}, {b} and what went {c}, {d}: a + b = c + d, or, of a stock, a + b - c = d."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        (a, b), (c, d) = split(rng, whole, 2), split(rng, whole, 2)
        if of_stock:
            b, c = max(b, c) // 9 + 3, c % 7 + 1
            d = a + b - c
        values = {"a": a, "b": b, "c": c, "d": d}
        key = rng.choice("abcd")
        return template.format(**values), template.format(**values | {key: off(rng, values[key])})

    return phrase


def share(template: str, low: int, high: int, decimals: int = 1, *, most: float = 0.99) -> Phrase:
    """Make a phrase of a whole {t}, a part {a}, the rest {r} and their shares {p}, {q}; the slip is in one share."""

    def phrase(rng: random.Random) -> Pair:
        whole = rng.randint(low, high)
        part = rng.randint(max(2, int(whole * most / 2)), max(3, int(whole * most) - 1))
        rest = whole - part
        values = {"t": whole, "a": part, "r": rest}
        shown = {"p": percent(part, whole, decimals), "q": percent(rest, whole, decimals)}
        key = rng.choice([name for name in shown if f"{{{name}}}" in template])
        slip = off_percent(rng, part if key == "p" else rest, whole, decimals)
        return template.format(**values, **shown), template.format(**values, **shown | {key: slip})

    return phrase


def change(template: str, low: int, high: int, *, down: bool = False, decimals: int = 1) -> Phrase:
    """Make a phrase of a figure then {o}, now {n}, the difference {d} and its percentage {p}; the slip is in the last."""

    def phrase(rng: random.Random) -> Pair:
        then = rng.randint(low, high)
        delta = rng.randint(then // 10 + 1, then // 2)
        values = {"n": then - delta if down else then + delta, "o": then, "d": delta}
        right, wrong = percent(delta, then, decimals), off_percent(rng, delta, then, decimals)
        return template.format(p=right, **values), template.format(p=wrong, **values)

    return phrase


def points(template: str, *, down: bool = False) -> Phrase:
    """Make a phrase of a rate then {o}, now {n} and the points between them {d}; the slip is in the points."""

    def phrase(rng: random.Random) -> Pair:
        low, delta = rng.randint(600, 850), rng.randint(11, 120)
        old, new = (low + delta, low) if down else (low, low + delta)
        slip = delta + rng.choice([-1, 1]) * rng.randint(10, 60)
        slip += slip == -delta
        values = {"o": f"{old / 10:.1f}%", "n": f"{new / 10:.1f}%"}
        return template.format(d=f"{delta / 10:.1f}", **values), template.format(d=f"{abs(slip) / 10:.1f}", **values)

    return phrase


def whole_shares(template: str, parts: int) -> Phrase:
    """Make a phrase of shares {a}, {b} … that make up the whole; the slip is in one of them."""

    def phrase(rng: random.Random) -> Pair:
        shares = split(rng, 1000, parts)
        at = rng.randrange(parts)
        slipped = [value + (rng.randint(20, 90) if here == at else 0) for here, value in enumerate(shares)]
        right, wrong = (
            {name: f"{value / 10:.1f}%" for name, value in zip("abcd", told, strict=False)}
            for told in (shares, slipped)
        )
        return template.format(**right), template.format(**wrong)

    return phrase


def times(template: str, low: int, high: int) -> Phrase:
    """Make a phrase of a figure then {o}, now {n}, and how many times as great it is {x}; the slip is in the last."""

    def phrase(rng: random.Random) -> Pair:
        then, factor = rng.randint(low, high), rng.randint(12, 38) / 10
        now = round(then * factor)
        wrong = f"{factor + rng.choice([-0.4, 0.5, 0.8]):.1f}"
        return template.format(o=then, n=now, x=f"{now / then:.1f}"), template.format(o=then, n=now, x=wrong)

    return phrase


def dated(right: str, wrong: str) -> Phrase:
    """Make a phrase of a month {m}, the one before {b} and after {n}, an early {e} and a late {l} day, in two orders."""

    def phrase(rng: random.Random) -> Pair:
        month, early, late = rng.randint(3, 10), rng.randint(1, 12), rng.randint(15, 28)
        values = {"m": month, "e": early, "l": late, "n": month + 1, "b": month - 1}
        return right.format(**values), wrong.format(**values)

    return phrase


def twice(first: str, second: str, low: int, high: int) -> Phrase:
    """Make two sentences that tell one count {v}; the slip is in the second."""

    def phrase(rng: random.Random) -> Pair:
        value = rng.randint(low, high)
        return first.format(v=value) + second.format(v=value), first.format(v=value) + second.format(v=off(rng, value))

    return phrase


def listed(
    template: str, names: Sequence[str], low: int, high: int, *, between: str = "、", figures: bool = False
) -> Phrase:
    """Make a phrase that names things {l} and says how many {v}; the slip is one more or less said."""

    def phrase(rng: random.Random) -> Pair:
        count = rng.randint(low, high)
        wrong = count + rng.choice([-1, 1])
        told = between.join(rng.sample(names, count))
        shown = [FIGURES[value] if figures else str(value) for value in (count, wrong)]
        return template.format(l=told, v=shown[0]), template.format(l=told, v=shown[1])

    return phrase


def numbered(template: str, mark: Callable[[int], str], things: Sequence[str], *, end: str = "；") -> Phrase:
    """Make a phrase that says how many {v} points follow and gives them {l}, each with its mark."""

    def phrase(rng: random.Random) -> Pair:
        count = rng.randint(3, min(5, len(things)))
        told = end.join(f"{mark(at)}{thing}" for at, thing in enumerate(things[:count], start=1))
        wrong = count + rng.choice([-1, 1])
        return template.format(v=FIGURES[count], l=told), template.format(v=FIGURES[wrong], l=told)

    return phrase


def attachments(
    names: Sequence[str],
    *,
    listing: Callable[[Sequence[str]], str],
    heading: Callable[[int], str],
    reference: str,
    body: str,
    between: str = "\n",
) -> Callable[[random.Random], Attached]:
    """Make a list of attachments and their bodies; the slip is one lacking, one too many or a reference to none."""

    def made(rng: random.Random) -> Attached:
        count = rng.randint(2, len(names) - 1)
        taken = list(names[:count])
        bodies = [f"{heading(at)}{between}{name}\n{body}" for at, name in enumerate(names, start=1)]
        right, shown = listing(taken), "\n".join(bodies[:count])
        slip = rng.choice(["absent", "unlisted", "reference", "unnamed"])
        if slip == "absent":
            gone = rng.randrange(count)
            return right, shown, right, "\n".join(one for at, one in enumerate(bodies[:count]) if at != gone)
        if slip == "unlisted":
            return right, shown, listing(taken[:-1]), shown
        if slip == "reference":
            return right, shown, f"{reference.format(v=count + 1)}\n{right}", shown
        return right, shown, right, "\n".join(bodies[: count + 1])

    return made
