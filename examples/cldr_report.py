"""What a CLDR model can do: BLEU per category beside copying the source, and ten translations.

    python examples/cldr_report.py PREFIX

reads PREFIX.translations, PREFIX.targets and PREFIX.inputs, as t2t-decoder writes them.
"""

import pathlib
import sys

from t2t_lite import registry
from t2t_lite.metrics.bleu import bleu, exact_match


def read(path: str) -> list[str]:
    """The lines of a file."""
    return pathlib.Path(path).read_text(encoding="utf-8").split("\n")[:-1]


def row(name: str, translations: list[str], references: list[str], inputs: list[str]) -> str:
    """One line of the table."""
    scores = (
        bleu(translations, references),
        exact_match(translations, references),
        bleu(inputs, references),
    )
    columns = "".join(f"{score.value:>16.1f}" for score in scores)
    return f"{name:<22}{len(inputs):>9}{columns}"


def main(prefix: str, problem_name: str = "translate_ende_cldr") -> None:
    """Prints the report."""
    problem = registry.problem(problem_name)
    names = ("translations", "targets", "inputs")
    examples = list(zip(*(read(f"{prefix}.{name}") for name in names), strict=True))
    groups: dict[str, list] = {}
    for example in examples:
        groups.setdefault(problem.category_of(example[2]), []).append(example)
    print(f"\n{'category':<22}{'sentences':>9}{'BLEU':>16}{'exact, %':>16}{'BLEU of copying':>16}")
    for name, members in sorted(groups.items()):
        print(row(name, *map(list, zip(*members, strict=True))))
    print(row("all", *map(list, zip(*examples, strict=True))))
    print("\nTen translations (input, translation, and the reference where it differs):\n")
    for translation, reference, source in examples[:: max(1, len(examples) // 10)][:10]:
        print(f"  {source}\n    {translation}")
        if translation != reference:
            print(f"    (reference: {reference})")


if __name__ == "__main__":
    main(*sys.argv[1:])
