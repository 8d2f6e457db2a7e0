"""Decodes a file, a split of a problem, or what you type, with a trained model.

    t2t-decoder --output_dir=runs/first --decode_from_file=in.en --decode_to_file=out.de
    t2t-decoder --output_dir=runs/first --eval_use_test_set
    t2t-decoder --output_dir=runs/first --decode_interactive
    t2t-decoder --output_dir=runs/first --score_file=pairs.tsv

Pictures: --decode_from_file is a picture or a folder of them; for each are written its name and the
most probable classes with their probabilities, tab-separated, or its caption. Of a split with
classes, also a confusion matrix.

Sounds: --decode_from_file is a WAV file or a folder of them; for each are written its name and what
is said in it, or its classes as those of pictures.

The run folder knows its problem, model, hparams set and data. It may be a training directory of
Tensor2Tensor's, too; then add what it does not know.
"""

from __future__ import annotations

import pathlib
import sys

from t2t_lite.bin import command
from t2t_lite.errors import T2TError

IDENTITY = ("problem", "model", "hparams_set")


def new_flags() -> command.Flags:
    """The flags of this command."""
    flags = command.new_flags()
    define = command.define
    define(flags, "output_dir", "", "Run folder of the training.")
    define(flags, "checkpoint_path", "", "Checkpoint or folder; several, with commas: all at once.")
    define(flags, "decode_hparams", "", "How to decode: 'beam_size=4,alpha=0.6'.")
    define(
        flags,
        "decode_from_file",
        "",
        "One input per line; a picture, a WAV, a folder.",
    )
    define(flags, "decode_to_file", "", "Where to write the outputs; default: beside the input.")
    define(flags, "decode_interactive", False, "Decode what you type.")
    define(flags, "score_file", "", "Instead of decoding: score each 'input TAB output' of a file.")
    define(flags, "top_classes", 5, "Of a picture: how many classes to name.")
    define(flags, "eval_use_test_set", False, "Without a file: decode the test split, not dev.")
    define(flags, "split", "", "Without a file: decode this split, e.g. test_2017.")
    define(flags, "data_dir", "", "Where the vocabularies are; default: as while training.")
    define(flags, "t2t_usr_dir", "", "Where the run's plug-ins are; default: as while training.")
    define(flags, "problem", "", "Which problem to decode, where the run has several.")
    for name in IDENTITY[1:]:
        define(flags, name, "", "Checked against the run folder, which knows it.")
    return flags


def main(flags: command.Flags, arguments: list[str]) -> None:
    """Reads the flags; decodes."""
    if not flags.output_dir:
        raise T2TError("--output_dir is missing: the run folder of a t2t-trainer run.")
    from t2t_lite.training.loading import load

    translator = load(
        flags.output_dir,
        flags.decode_hparams,
        checkpoint_path=flags.checkpoint_path,
        data_dir=flags.data_dir,
        t2t_usr_dir=flags.t2t_usr_dir,
        show_progress=not flags.decode_interactive,
        **{name: getattr(flags, name) for name in IDENTITY},
    )
    print(f"Decoding with {translator.checkpoint}", file=sys.stderr)
    from t2t_lite.decoding import decoders, picture_classes, sound_classes

    if picture_classes.is_for(translator.model) or sound_classes.is_for(translator.model):
        decode_classes(translator, flags)
    elif decoders.perceives(translator.model) and not wants_split(flags):
        describe_files(translator, flags)
    elif flags.score_file:
        score_file(translator, flags)
    elif flags.decode_interactive:
        translator.decoder.interactive()
    elif flags.decode_from_file:
        decode_file(translator, flags)
    else:
        decode_split(translator, flags)


def score_file(translator, flags: command.Flags) -> None:
    """Writes the loss of each line of --score_file to --decode_to_file, or prints them."""
    from t2t_lite.decoding import decode_files
    from t2t_lite.decoding.likelihood import Likelihood

    encoders = translator.encoders
    likelihood = Likelihood(translator.model, encoders.get("inputs"), encoders["targets"])
    if flags.decode_to_file:
        decode_files.check_writable(flags.decode_to_file)
    write_lines(flags, [f"{loss:.6f}" for loss in likelihood.score_file(flags.score_file)])


def decode_file(translator, flags: command.Flags) -> None:
    """Decodes --decode_from_file."""
    from t2t_lite.decoding import decode_files

    run, decode_hparams = translator.run, translator.decoder.hparams
    path = flags.decode_to_file or decode_files.output_path(
        flags.decode_from_file, decode_hparams, run.model, run.hparams_set, run.problem
    )
    translator.decoder.decode_file(flags.decode_from_file, path)
    print(f"Wrote {path}", file=sys.stderr)


def wants_split(flags: command.Flags) -> bool:
    """Whether a split of the problem is to be decoded."""
    return not (flags.decode_from_file or flags.score_file or flags.decode_interactive)


def describe_files(translator, flags: command.Flags) -> None:
    """Writes name and transcript of each sound, or name and caption of each picture."""
    from t2t_lite.decoding import decode_files

    if not flags.decode_from_file:
        raise T2TError(
            "With pictures and sounds there are --decode_from_file and splits of the problem only."
        )
    decoder = translator.decoder
    found = decoder.of_files(flags.decode_from_file, translator.problem, translator.model.hparams)
    lines = [
        f"{name}\t{decode_files.format_hypotheses(hypotheses, decoder.hparams)}"
        for name, hypotheses in found
    ]
    write_lines(flags, lines)


def write_lines(flags: command.Flags, lines: list[str]) -> None:
    """To --decode_to_file, or prints them."""
    from t2t_lite.decoding import decode_files

    if flags.decode_to_file:
        decode_files.check_writable(flags.decode_to_file)
        decode_files.write_sentences(flags.decode_to_file, lines, "\n")
        print(f"Wrote {flags.decode_to_file}", file=sys.stderr)
    else:
        print(*lines, sep="\n")


def decode_classes(translator, flags: command.Flags) -> None:
    """Writes the classes of pictures or sounds; of a split also the confusion matrix, and prints
    scores."""
    from t2t_lite.decoding import sound_classes
    from t2t_lite.decoding.picture_classes import PictureClasses

    hears = sound_classes.is_for(translator.model)
    if flags.score_file or flags.decode_interactive:
        raise T2TError(
            f"With {'sounds' if hears else 'pictures'} there are --decode_from_file and splits of "
            "the problem only."
        )
    labels = translator.problem.labels(flags.data_dir or translator.run.data_dir)
    kind = sound_classes.SoundClasses if hears else PictureClasses
    classes = kind(translator.model, translator.problem, labels)
    if not flags.decode_from_file:
        decode_classes_of_split(translator, flags, classes)
        return
    found = classes.of_files(flags.decode_from_file)
    write_lines(flags, [classes.line(prediction, flags.top_classes) for prediction in found])


def decode_classes_of_split(translator, flags: command.Flags, classes) -> None:
    """Writes predictions and confusion matrix of a split, and prints the accuracy."""
    from t2t_lite.analysis import confusion
    from t2t_lite.decoding import decode_files

    split = chosen_split(translator, flags)
    path = pathlib.Path(flags.decode_to_file or translator.decodes / f"{split}.classes.tsv")
    decode_files.check_writable(path)
    found = list(classes.of_split(flags.data_dir or translator.run.data_dir, split))
    lines = [classes.line(prediction, flags.top_classes) for prediction in found]
    decode_files.write_sentences(path, lines, "\n")
    print(f"Wrote {path}", file=sys.stderr)
    if translator.model.problem_hparams.modality["targets"] != "class_label":
        return  # With several labels nothing is taken for another one.
    targets = [classes.right(prediction)[0] for prediction in found]
    orders = [prediction.probabilities.argsort()[::-1].tolist() for prediction in found]
    for name, most in (("accuracy", 1), ("accuracy_top5", 5)):
        hits = sum(t in order[:most] for t, order in zip(targets, orders, strict=True))
        print(f"{split} {name} {hits / len(targets):.4f}")
    best = [order[0] for order in orders]
    counts = confusion.matrix(targets, best, len(classes.labels))
    for ending, write in (("csv", confusion.write_csv), ("png", confusion.write_png)):
        drawn = path.with_name(f"{path.name.removesuffix('.classes.tsv')}.confusion.{ending}")
        try:
            write(drawn, counts, classes.labels)
            print(f"Wrote {drawn}", file=sys.stderr)
        except T2TError as error:  # no matplotlib: the rest is worth having without it
            print(error, file=sys.stderr)


def chosen_split(translator, flags: command.Flags) -> str:
    """The split that the flags name; T2TError if the problem has none of that name."""
    problem = translator.problem
    split = flags.split or ("test" if flags.eval_use_test_set else problem.validation_split)
    if split not in problem.split_names():
        raise T2TError(
            f"{translator.run.problem} has no split '{split}'; it has "
            f"{', '.join(problem.split_names())}."
        )
    return split


def decode_split(translator, flags: command.Flags) -> None:
    """Decodes a split of the problem, and prints its scores."""
    from t2t_lite.decoding import scoring, splits

    run, problem, decoder = translator.run, translator.problem, translator.decoder
    split = chosen_split(translator, flags)
    data_dir = flags.data_dir or run.data_dir
    path = flags.decode_to_file or translator.decodes / splits.file_name(split, decoder)
    result = splits.decode_to_file(
        decoder, problem, data_dir, split, translator.model.hparams, path
    )
    for written in result.paths:
        print(f"Wrote {written}", file=sys.stderr)
    for name, score in result.scores.items():
        print(scoring.format_score(f"{split} {name}", score))


def run(argv=None) -> int:
    """The console command; returns the exit code."""
    return command.run(main, new_flags(), __doc__, argv)


if __name__ == "__main__":
    sys.exit(run())
