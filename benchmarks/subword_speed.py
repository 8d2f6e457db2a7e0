"""How fast Tensor2Tensor's subwords are applied; writes subword_speed.md.

    python benchmarks/subword_speed.py --vocab=FILE.subwords --tmp_dir=MULTI30K_FILES

`SubwordTextEncoder.encode`, line by line, in one thread of one process. It keeps the ids of the
last 65,536 different words, so there are three rows: nothing is kept, so that each word is cut
anew; a new encoder, which keeps what it meets; and the same text once more.
"""

from __future__ import annotations

import argparse
import pathlib
import time

import measuring

from t2t_lite import registry
from t2t_lite.data import text_files
from t2t_lite.text.subword_encoder import SubwordTextEncoder

LANGUAGES = ("en", "de", "cs")
PAGE = """# Speed of Tensor2Tensor's subwords

`python benchmarks/subword_speed.py --vocab={vocab} --tmp_dir=MULTI30K_FILES` wrote this page.
{setting}

`SubwordTextEncoder.encode`, line by line, in one thread. The text is Multi30k's training data;
Czech, which the vocabulary was not made for, falls apart into many more subwords. Tokens are
subwords; the target was 200,000 a second. The encoder keeps the ids of the last 65,536 different
words. "nothing kept": it does not, and cuts each word anew; "new": it begins with none; "again":
the same text a second time. {rounds} rounds: median [least to greatest].

| text | tokens | kept words | thousand tokens per second |
|---|---|---|---|
{rows}
"""


def seconds_for(encoder: SubwordTextEncoder, lines: list[str]) -> tuple[float, int]:
    """Seconds to encode all lines, and how many tokens that gave."""
    start = time.perf_counter()
    tokens = sum(len(encoder.encode(line)) for line in lines)
    return time.perf_counter() - start, tokens


def measure(vocab: str, lines: list[str], rounds: int) -> tuple[int, dict[str, list[float]]]:
    """The number of tokens, and for each row of the table the rates of all rounds."""
    rates: dict[str, list[float]] = {"nothing kept": [], "new": [], "again": []}
    for _ in range(rounds):
        for name, values in rates.items():
            if name != "again":
                encoder = SubwordTextEncoder.load(vocab)
            if name == "nothing kept":
                encoder._token_ids = encoder._encode_token
            seconds, tokens = seconds_for(encoder, lines)
            values.append(tokens / seconds / 1000)
    return tokens, rates


def main() -> None:
    """Measures each language, and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vocab", required=True, help="A .subwords file of Tensor2Tensor.")
    parser.add_argument("--tmp_dir", default="/tmp/t2t_datagen", help="Multi30k's files.")
    parser.add_argument("--rounds", type=int, default=5)
    args = parser.parse_args()
    problem = registry.problem(measuring.MULTI30K)
    rows = []
    for language in LANGUAGES:
        path = problem.source_file(args.tmp_dir, "train", language)
        tokens, rates = measure(args.vocab, list(text_files.lines(path)), args.rounds)
        rows += [
            f"| {language} | {tokens:,} | {name} | {measuring.spread(values, '{:,.0f}')} |"
            for name, values in rates.items()
        ]
    page = PAGE.format(
        setting=measuring.setting(),
        vocab=pathlib.Path(args.vocab).name,
        rounds=args.rounds,
        rows="\n".join(rows),
    )
    measuring.write_page(pathlib.Path(__file__), page)


if __name__ == "__main__":
    main()
