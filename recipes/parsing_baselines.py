"""What parsing without a parser gives: F1 of brackets set by rule, beside which models stand.

    python recipes/parsing_baselines.py --tmp_dir=~/t2t/tmp

On the trees of `parsing_wsj_sample`: a bracket around each sentence; brackets from each word to
the sentence's end (right-branching), or from its beginning to each word. All inner brackets have
the one label that is best on the training trees.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

from t2t_lite import registry
from t2t_lite.metrics import parsing
from t2t_lite.text import trees

Rule = Callable[[list[str], str], str]
"""The tags of a sentence and a label -> a line of labels."""


def flat(tags: list[str], label: str) -> str:
    """Only the sentence is a phrase."""
    return " ".join(["S", *tags, "/S"])


def right_branching(tags: list[str], label: str) -> str:
    """(S w1 (X w2 (X w3 w4))); a last sign of punctuation belongs to S."""
    words, end = _without_end(tags)
    inner = " ".join(f"{label} {tag}" for tag in words[1:-1])
    closed = f" /{label}" * len(words[1:-1])
    return " ".join(f"S {words[0]} {inner} {' '.join(words[1:][-1:])}{closed} {end} /S".split())


def left_branching(tags: list[str], label: str) -> str:
    """(S (X (X w1 w2) w3) w4); a last sign of punctuation belongs to S."""
    words, end = _without_end(tags)
    inner = f"{label} " * len(words[1:-1])
    closed = "".join(f" {tag} /{label}" for tag in words[1:-1])
    return " ".join(f"S {inner}{words[0]}{closed} {' '.join(words[1:][-1:])} {end} /S".split())


def _without_end(tags: list[str]) -> tuple[list[str], str]:
    is_end = len(tags) > 1 and tags[-1] in parsing.PUNCTUATION
    return (tags[:-1], tags[-1]) if is_end else (tags, "")


RULES: dict[str, Rule] = {
    "one bracket": flat,
    "left-branching": left_branching,
    "right-branching": right_branching,
}


def tags_of(line: str) -> list[str]:
    """The tags in a line of labels."""
    tree, _ = trees.from_linear(line, trees.phrase_labels([line]))
    return [leaf.label for leaf in tree.leaves()]


def score(rule: Rule, label: str, lines: list[str]) -> parsing.ParseCounts:
    """The counts of a rule with one label."""
    return parsing.count([rule(tags_of(line), label) for line in lines], lines)


def main() -> None:
    """Reads the flags; prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_tmp")
    parser.add_argument("--split", default="dev")
    args = parser.parse_args()
    problem = registry.problem("parsing_wsj_sample")
    training, lines = (
        [sample["targets"] for sample in problem.generate_samples("", args.tmp_dir, split)]
        for split in ("train", args.split)
    )
    print(f"{len(training):,} trees for the choice of a label, {len(lines):,} of '{args.split}'")
    print("| rule | label | F1 | precision | recall |\n|---|---|---|---|---|")
    for name, rule in RULES.items():
        labels = ("NP", "S", "VP") if rule is not flat else ("S",)
        scores = {label: score(rule, label, training).f1 for label in labels}
        label = max(scores, key=lambda label: scores[label])
        found = score(rule, label, lines)
        numbers = (100 * found.f1, 100 * found.precision, 100 * found.recall)
        print(f"| {name} | {label} | " + " | ".join(f"{number:.1f}" for number in numbers) + " |")


if __name__ == "__main__":
    main()
