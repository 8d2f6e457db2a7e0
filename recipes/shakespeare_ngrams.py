"""What counting gives on Shakespeare: bits per character of n-grams, beside which models stand.

    python recipes/shakespeare_ngrams.py --tmp_dir=~/t2t/tmp

Interpolated Kneser-Ney (Kneser and Ney 1995; Chen and Goodman 1998, section 2.7) over characters,
counted on the training split of `languagemodel_shakespeare`, on the text of another split. The
n-grams see the text before a row's beginning; a model of that problem does not.
"""

from __future__ import annotations

import argparse
import collections
import math
from collections.abc import Iterator


class KneserNey:
    """An interpolated n-gram model of characters.

    Let N be the count of an n-gram, or below the highest order the number of different characters
    that stand before it, and D the discount of its order, n1 / (n1 + 2 n2) for n1 n-grams of count
    1 and n2 of 2. Then

        p(c | h) = (max(N(hc) - D, 0) + D |{x: N(hx) > 0}| p(c | h')) / sum over x of N(hx)

    with h' the context h without its first character; below the first order, p(c) = 1 / alphabet.
    """

    def __init__(self, text: str, order: int, alphabet_size: int | None = None):
        """
        Args:
          order: length of the longest n-grams, the context being one shorter.
          alphabet_size: how many characters there are, known or not; None: those of `text`.
        """
        self.order = order
        self.alphabet_size = alphabet_size or len(set(text))
        self._counts = _counts(text, order)
        self._discounts = [_discount(counts) for counts in self._counts]

    def probability(self, context: str, character: str) -> float:
        """Of a character after a context, of which the last `order - 1` characters count."""
        probability = 1.0 / self.alphabet_size
        for length in range(min(self.order - 1, len(context)) + 1):
            followers = self._counts[length].get(context[len(context) - length :])
            if followers is None:
                break  # nor is there a longer one
            discount = self._discounts[length]
            count = followers.get(character, 0)
            mass = max(count - discount, 0.0) + discount * len(followers) * probability
            probability = mass / followers.total()
        return probability

    def bits_per_character(self, text: str) -> float:
        """The mean of -log2 p over a text, each character after all those before it."""
        bits = 0.0
        for place, character in enumerate(text):
            context = text[max(0, place - self.order + 1) : place]
            bits -= math.log2(self.probability(context, character))
        return bits / len(text)


Followers = dict[str, collections.Counter[str]]
"""Context -> how often each character follows it."""


def _counts(text: str, order: int) -> list[Followers]:
    """For each length of the context, from 0, what follows: at the greatest, how often; else,
    after how many different characters before the context."""
    counts: list[Followers] = [{} for _ in range(order)]
    for place in range(len(text)):
        context = text[max(0, place - order + 1) : place]
        counts[-1].setdefault(context, collections.Counter())[text[place]] += 1
    # Contexts at the text's beginning are too short; they count where they belong.
    short = {c: f for c, f in counts[-1].items() if len(c) < order - 1}
    for context in short:
        del counts[-1][context]
    for length in range(order - 2, -1, -1):
        for context, followers in counts[length + 1].items():
            lower = counts[length].setdefault(context[1:], collections.Counter())
            lower.update(followers.keys())
        for context, followers in short.items():
            if len(context) == length:
                counts[length].setdefault(context, collections.Counter()).update(followers)
    return counts


def _discount(followers: Followers) -> float:
    """Ney's, Essen's and Kneser's (1994) estimate; a half if there are too few n-grams for it."""
    counts = collections.Counter(n for found in followers.values() for n in found.values())
    once, twice = counts[1], counts[2]
    return once / (once + 2 * twice) if once and twice else 0.5


def table(training: str, text: str, orders: range) -> Iterator[tuple[int, float]]:
    """(order, bits per character of the text)."""
    alphabet_size = len(set(training) | set(text))
    for order in orders:
        yield order, KneserNey(training, order, alphabet_size).bits_per_character(text)


def main() -> None:
    """Reads the flags, counts, prints."""
    from t2t_lite import registry

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_tmp")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--max_order", type=int, default=8)
    args = parser.parse_args()
    problem = registry.problem("languagemodel_shakespeare")
    training, text = (problem.text(args.tmp_dir, split) for split in ("train", args.split))
    print(f"{len(training):,} characters for training, {len(text):,} of '{args.split}'")
    print("| order | bits per character |\n|---|---|")
    for order, bits in table(training, text, range(1, args.max_order + 1)):
        print(f"| {order} | {bits:.3f} |", flush=True)


if __name__ == "__main__":
    main()
