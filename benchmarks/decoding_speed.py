"""How fast beam search is; writes decoding_speed.md.

    python benchmarks/decoding_speed.py --tmp_dir=MULTI30K_FILES

1,000 sentences of Multi30k, exactly 15 tokens each (the end is suppressed), beam 4, in batches of
32. The clock runs from the loaded model to the lines: encoding, tracing, search, decoding.
The model's weights are random, for no output ends before its time whatever they are.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import tempfile
import time

import keras
import measuring
import numpy as np

TOKENS, SENTENCES = 15, 1000
PAGE = """# Speed of beam search

`python benchmarks/decoding_speed.py --tmp_dir=MULTI30K_FILES` wrote this page. {setting}

{sentences:,} sentences of Multi30k, exactly {tokens} tokens each (the end is suppressed), in
batches of 32; 3+3 layers, 256/1024/4 heads, 8k vocabulary. From the loaded model to the lines,
tracing included; {rounds} rounds, every row in turn, each with a decoder of its own: median [least
to greatest].

| | seconds |
|---|---|
{rows}
"""


def forced(decoder):
    """Makes a decoder write exactly TOKENS ids for every sentence."""
    generate = decoder._generator.generate

    def generate_all(features, limits, **options):
        limits = np.where(limits > 0, TOKENS, 0)
        return generate(features, limits, eos_from=limits, **options)

    decoder._generator.generate = generate_all
    return decoder


def measure(data_dir: str, tmp_dir: str, rounds: int) -> None:
    """Decodes in turn with beam 4 and greedily, and writes the page."""
    from t2t_lite import registry
    from t2t_lite.data import text_files
    from t2t_lite.decoding.decoder import Decoder
    from t2t_lite.decoding.hparams import DecodeHParams
    from t2t_lite.models.base import build_model

    problem, hparams = (
        registry.problem(measuring.MULTI30K),
        registry.hparams("transformer_multi30k"),
    )
    keras.utils.set_random_seed(1)
    model = build_model("transformer", hparams.freeze(), problem.get_hparams(hparams, data_dir))
    encoders = problem.get_feature_encoders(data_dir)
    source = problem.source_file(tmp_dir, "test", "en")
    lines = list(text_files.lines(source))
    seconds: dict[int, list[float]] = {4: [], 1: []}
    for _ in range(rounds):
        for beam_size, values in seconds.items():
            settings = DecodeHParams(beam_size=beam_size, batch_size=32)
            decoder = Decoder(model, encoders["inputs"], encoders["targets"], settings)
            forced(decoder)
            start = time.perf_counter()
            outputs = decoder.decode_lines(lines[:SENTENCES])
            values.append(time.perf_counter() - start)
            assert len(outputs) == SENTENCES
    rows = [f"| beam {beam} | {measuring.spread(v, '{:.1f}')} |" for beam, v in seconds.items()]
    page = PAGE.format(
        setting=measuring.setting(),
        sentences=SENTENCES,
        tokens=TOKENS,
        rounds=rounds,
        rows="\n".join(rows),
    )
    measuring.write_page(pathlib.Path(__file__), page)


def main() -> None:
    """Generates the data and measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_datagen", help="Multi30k's files.")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as data_dir:
        measuring.generate_multi30k(data_dir, args.tmp_dir)
        measure(data_dir, args.tmp_dir, args.rounds)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    main()
