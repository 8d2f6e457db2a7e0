"""The commands of Tensor2Tensor's walkthrough, as it has them, run by bash on a miniature.

Their text is unchanged but for three things: `pip install` is left out, TMP_DIR lies in the
temporary HOME, and the names of problems are put in. What verbatim is impossible in a test is
added by the t2t-trainer on the PATH: few steps, short evaluations, and a small model, the latter
by --gin_param, which leaves --hparams to the command line.
"""

import os
import pathlib
import random
import subprocess
import sys
import tarfile

import pytest

import t2t_lite

ROOT = pathlib.Path(t2t_lite.__file__).parents[1]
COMMANDS = ("t2t-datagen", "t2t-trainer", "t2t-decoder", "t2t-bleu")
SHORTER = (
    "--train_steps=${STEPS:-2} --local_eval_frequency=2 --eval_steps=1 --eval_decode_samples=0 "
    "--tmp_dir=~/t2t_datagen"
)
SMALLER = {
    "hidden_size": 16,
    "filter_size": 16,
    "num_heads": 2,
    "num_hidden_layers": 1,
    "batch_size": 2048,
}

WALKTHROUGH = r"""
# See what problems, models, and hyperparameter sets are available.
# You can easily swap between them (and add new ones).
t2t-trainer --registry_help

PROBLEM=translate_ende_wmt32k
MODEL=transformer
HPARAMS=transformer_base_single_gpu

DATA_DIR=$HOME/t2t_data
TMP_DIR=/tmp/t2t_datagen
TRAIN_DIR=$HOME/t2t_train/$PROBLEM/$MODEL-$HPARAMS

mkdir -p $DATA_DIR $TMP_DIR $TRAIN_DIR

# Generate data
t2t-datagen \
  --data_dir=$DATA_DIR \
  --tmp_dir=$TMP_DIR \
  --problem=$PROBLEM

# Train
# *  If you run out of memory, add --hparams='batch_size=1024'.
t2t-trainer \
  --data_dir=$DATA_DIR \
  --problem=$PROBLEM \
  --model=$MODEL \
  --hparams_set=$HPARAMS \
  --output_dir=$TRAIN_DIR

# Decode

DECODE_FILE=$DATA_DIR/decode_this.txt
echo "Hello world" >> $DECODE_FILE
echo "Goodbye world" >> $DECODE_FILE
echo -e 'Hallo Welt\nAuf Wiedersehen Welt' > ref-translation.de

BEAM_SIZE=4
ALPHA=0.6

t2t-decoder \
  --data_dir=$DATA_DIR \
  --problem=$PROBLEM \
  --model=$MODEL \
  --hparams_set=$HPARAMS \
  --output_dir=$TRAIN_DIR \
  --decode_hparams="beam_size=$BEAM_SIZE,alpha=$ALPHA" \
  --decode_from_file=$DECODE_FILE \
  --decode_to_file=translation.en

# See the translations
cat translation.en

# Evaluate the BLEU score
# Note: Report this BLEU score in papers, not the internal approx_bleu metric.
t2t-bleu --translation=translation.en --reference=ref-translation.de
"""

QUICK_START = r"""
t2t-trainer \
  --generate_data \
  --data_dir=~/t2t_data \
  --problems=translate_ende_wmt32k \
  --model=transformer \
  --hparams_set=transformer_base_single_gpu \
  --output_dir=~/t2t_train/base

t2t-trainer \
  --generate_data \
  --data_dir=~/t2t_data \
  --problems=translate_ende_wmt32k \
  --model=transformer \
  --hparams_set=transformer_base_single_gpu \
  --output_dir=~/t2t_train/base --hparams='batch_size=1024'

t2t-decoder \
  --data_dir=~/t2t_data \
  --problems=translate_ende_wmt32k \
  --model=transformer \
  --hparams_set=transformer_base_single_gpu \
  --output_dir=~/t2t_train/base \
  --decode_interactive
"""

PLUG_IN = '''
from t2t_lite import registry
from t2t_lite.problems import text_problems


@registry.register_problem
class TranslateEndeMiniature(text_problems.Text2TextProblem):
    """A few sentences."""

    approx_vocab_size = 2**9
    dataset_splits = ({"split": "train", "shards": 2}, {"split": "dev", "shards": 1})

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        names = (f"{dataset_split}.{language}" for language in ("en", "de"))
        for english, german in text_problems.parallel_lines(tmp_dir, *names):
            yield {"inputs": english, "targets": german}
'''

# Archive of Tensor2Tensor's English to German problems -> the parallel files in it.
WMT = {
    "training-parallel-nc-v13.tgz": "training-parallel-nc-v13/news-commentary-v13.de-en",
    "training-parallel-nc-v12.tgz": "training/news-commentary-v12.de-en",
    "training-parallel-commoncrawl.tgz": "commoncrawl.de-en",
    "training-parallel-europarl-v7.tgz": "training/europarl-v7.de-en",
    "dev.tgz": "dev/newstest2013",
}
TEST = {"en": "dev/newstest2014-deen-ref.en.sgm", "de": "dev/newstest2014-deen-src.de.sgm"}
"""The test split, which Tensor2Tensor did not have: in dev.tgz, too."""

WORDS = [
    ("hello", "hallo"),
    ("world", "Welt"),
    ("goodbye", "auf Wiedersehen"),
    ("house", "Haus"),
    ("green", "grün"),
    ("and", "und"),
]


def write_pairs(stem: pathlib.Path, count: int) -> None:
    """STEM.en and STEM.de, word by word."""
    rng = random.Random(str(stem.name))
    stem.parent.mkdir(parents=True, exist_ok=True)
    pairs = [rng.choices(WORDS, k=rng.randint(1, 6)) for _ in range(count)]
    for column, language in enumerate(("en", "de")):
        lines = [" ".join(pair[column] for pair in sentence) for sentence in pairs]
        stem.with_name(f"{stem.name}.{language}").write_text("\n".join(lines) + "\n")


@pytest.fixture
def home(tmp_path):
    """A HOME with an installed plug-in, and the original files of both problems."""
    plug_in, sources = tmp_path / "plug_in", tmp_path / "t2t_datagen"
    metadata = plug_in / "miniature-1.0.dist-info"
    metadata.mkdir(parents=True)
    (plug_in / "miniature.py").write_text(PLUG_IN)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: miniature\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[t2t_lite.plugins]\nminiature = miniature\n")
    write_pairs(sources / "train", 120)
    write_pairs(sources / "dev", 12)
    for archive, stem in WMT.items():
        write_pairs(sources / stem, 12 if archive == "dev.tgz" else 60)
        with tarfile.open(sources / archive, "w:gz") as tar:
            for language in ("en", "de"):
                path = sources / f"{stem}.{language}"
                tar.add(path, f"{stem}.{language}")
                if archive == "dev.tgz":
                    segments = [f'<seg id="1">{x}</seg>' for x in path.read_text().splitlines()]
                    path.write_text("\n".join(segments))
                    tar.add(path, TEST[language])
    return tmp_path


@pytest.fixture
def bash(home):
    """Runs a script, with the commands on the PATH."""
    folder = home / "bin"
    folder.mkdir()
    for name in COMMANDS:
        module = name.replace("-", "_")
        gin = [f"--gin_param='hparams.{key} = {value}'" for key, value in SMALLER.items()]
        more = " ".join([SHORTER, *gin]) if name == "t2t-trainer" else ""
        path = folder / name
        program = f"{sys.executable} -m t2t_lite.bin.{module}"
        path.write_text(f'#!/bin/bash\nexec {program} "$@" {more}\n')
        path.chmod(0o755)

    def run(script: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess:
        environment = {
            **os.environ,
            "HOME": str(home),
            "PATH": f"{folder}:{os.environ['PATH']}",
            "PYTHONPATH": f"{ROOT}:{home / 'plug_in'}",
            **environment,
        }
        result = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=home,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
        )
        assert result.returncode == 0, result.stderr
        return result

    return run


def test_walkthrough(home, bash):
    problem = "translate_ende_wmt32k"
    result = bash(WALKTHROUGH.replace("/tmp/t2t_datagen", "$HOME/t2t_datagen"))
    assert all(name in result.stdout for name in (problem, "transformer_base_single_gpu"))
    assert "BLEU_uncased = " in result.stdout and "BLEU_cased = " in result.stdout
    assert len((home / "translation.en").read_text().splitlines()) == 2
    run = home / "t2t_train" / problem / "transformer-transformer_base_single_gpu"
    assert (run / "model.ckpt-2.index").exists()


def test_quick_start_and_the_advice_for_too_little_memory(home, bash):
    """Data and run in `~`; the second command goes on with smaller batches."""
    script = QUICK_START.replace("translate_ende_wmt32k", "translate_ende_miniature")
    first, again, decode = script.strip().split("\n\n")
    bash(first)
    assert "batch_size: 2048 -> 1024" in bash(again, STEPS="4").stderr
    assert (home / "t2t_train/base/model.ckpt-4.index").exists()
    assert "\t" in bash(decode, stdin="Hello world\nq\n").stdout
