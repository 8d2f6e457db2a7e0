"""Problems made of text: from pairs of strings, single strings, or strings with labels.

A problem of one's own says where its strings come from:

    @registry.register_problem
    class TranslateMine(text_problems.Text2TextProblem):
      approx_vocab_size = 2**13

      def generate_samples(self, data_dir, tmp_dir, dataset_split):
        for en, tlh in text_problems.parallel_lines(tmp_dir, "train.en", "train.tlh"):
          yield {"inputs": en, "targets": tlh}
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from typing import Any

from t2t_lite.data import text_files
from t2t_lite.data.text_files import parallel_lines
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import Problem
from t2t_lite.text import vocabulary
from t2t_lite.text.encoder import EOS, TextEncoder
from t2t_lite.text.label_encoder import ClassLabelEncoder
from t2t_lite.text.vocabulary import VocabType

__all__ = [
    "QuestionAndContext2TextProblem",
    "Text2ClassProblem",
    "Text2SelfProblem",
    "Text2TextProblem",
    "TextConcat2ClassProblem",
    "VocabType",
    "parallel_lines",
    "text2class_txt_iterator",
    "text2text_txt_iterator",
    "text2text_txt_tab_iterator",
    "txt_line_iterator",
]


class Text2TextProblem(Problem):
    """Text to text; `generate_samples` yields {"inputs": str, "targets": str}.

    In the training data pairs with an empty side are left out.
    """

    vocab_type: Any = VocabType.SUBWORD
    approx_vocab_size: Any = 2**15
    """Number of ids; None, for VocabType.TOKEN and UNICODE, is as many as there are."""
    joint_vocab: Any = True
    """One vocabulary for inputs and targets, or one for each."""
    oov_token: Any = "<unk>"
    """What unknown tokens become; for VocabType.TOKEN only."""
    max_samples_for_vocab: Any = None
    """Build vocabularies from the first so many training samples; None: from all of them."""
    use_vocab_from_other_problem: Any = None
    """A problem object (such as `registry.problem("...")`) whose vocabulary is used."""
    has_inputs: Any = True

    @property
    def vocab_filename(self) -> str:
        """Tensor2Tensor's name of the vocabulary file; see `vocabulary.path_of`."""
        if self.use_vocab_from_other_problem:
            return self.use_vocab_from_other_problem.vocab_filename
        if self.vocab_type == VocabType.SUBWORD:
            return f"vocab.{self.dataset_filename()}.{self.approx_vocab_size}.{self.vocab_type}"
        return f"vocab.{self.dataset_filename()}.{self.vocab_type}"

    def vocab_filenames(self) -> dict[str, str]:
        """Feature -> name of its vocabulary file."""
        if not self.has_inputs:
            return {"targets": self.vocab_filename}
        if self.joint_vocab:
            return dict.fromkeys(("inputs", "targets"), self.vocab_filename)
        return {name: f"{self.vocab_filename}.{name}" for name in ("inputs", "targets")}

    def vocab_type_of(self, filename: str) -> str:
        """The kind of vocabulary in one of the `vocab_filenames`."""
        return self.vocab_type

    def vocab_filepaths(self, data_dir: str) -> list[str]:
        filenames = dict.fromkeys(self.vocab_filenames().values())
        paths = [vocabulary.path_of(data_dir, n, self.vocab_type_of(n)) for n in filenames]
        return [str(path) for path in paths if path]

    def missing_vocabularies(self, data_dir: str) -> list[str]:
        """The names of the vocabulary files that are still to be built."""
        filenames = dict.fromkeys(self.vocab_filenames().values())
        return [name for name in filenames if not self._has_vocabulary(data_dir, name)]

    def build_vocabularies(self, data_dir: str, tmp_dir: str) -> None:
        if self.use_vocab_from_other_problem:
            self.use_vocab_from_other_problem.build_vocabularies(data_dir, tmp_dir)
            return
        for filename in self.missing_vocabularies(data_dir):
            texts = self.vocabulary_texts(data_dir, tmp_dir, [filename])
            first = list(itertools.islice(texts, 1))
            # As in Tensor2Tensor, generate_samples may bring the file along when it begins.
            if self._has_vocabulary(data_dir, filename):
                continue
            texts = itertools.chain(first, texts)
            kind = self.vocab_type_of(filename)
            vocabulary.build(
                data_dir, filename, kind, texts, self.approx_vocab_size, self.oov_token
            )
            path = vocabulary.path_of(data_dir, filename, kind)
            print(f"Built the vocabulary {path}", flush=True)

    def _has_vocabulary(self, data_dir: str, filename: str) -> bool:
        """Whether the file is there, or the kind of vocabulary needs none."""
        path = vocabulary.path_of(data_dir, filename, self.vocab_type_of(filename))
        return path is None or path.exists()

    def subword_filenames(self) -> list[str]:
        """Those of the `vocab_filenames` that hold subwords."""
        filenames = dict.fromkeys(self.vocab_filenames().values())
        return [name for name in filenames if self.vocab_type_of(name) == VocabType.SUBWORD]

    def vocabulary_texts(
        self, data_dir: str, tmp_dir: str, filenames: Sequence[str]
    ) -> Iterator[str]:
        """The texts of the features that have these vocabularies."""
        of_features = self.vocab_filenames().items()
        features = [feature for feature, filename in of_features if filename in filenames]
        if len(features) == len(of_features):
            return iter(self.generate_text_for_vocab(data_dir, tmp_dir))
        return self._training_texts(data_dir, tmp_dir, features)

    def generate_text_for_vocab(self, data_dir: str, tmp_dir: str) -> Iterator[str]:
        """A hook: the text that a joint vocabulary is built from; all training samples."""
        return self._training_texts(data_dir, tmp_dir, list(self.vocab_filenames()))

    def _training_texts(self, data_dir: str, tmp_dir: str, features: list[str]) -> Iterator[str]:
        from t2t_lite.data import generation

        samples = generation.training_samples(self, data_dir, tmp_dir)
        samples = itertools.islice(samples, self.max_samples_for_vocab)
        return (sample[feature] for sample in samples for feature in features)

    def feature_encoders(self, data_dir: str) -> dict[str, TextEncoder]:
        filenames = self.vocab_filenames()
        encoders = {
            filename: vocabulary.load(
                data_dir, filename, self.vocab_type_of(filename), self.oov_token
            )
            for filename in dict.fromkeys(filenames.values())
        }
        return {name: encoders[filename] for name, filename in filenames.items()}

    def encode_sample(self, sample: dict) -> dict[str, list[int]]:
        return {name: [*e.encode(sample[name]), EOS] for name, e in self._encoders.items()}

    def keep_example(self, example: dict[str, Any], dataset_split: str) -> bool:
        return dataset_split != "train" or all(len(ids) > 1 for ids in example.values())

    def example_reading_spec(self) -> dict[str, Any]:
        spec = super().example_reading_spec()
        return spec if self.has_inputs else {"targets": spec["targets"]}

    def eval_metrics(self) -> list[str]:
        decoded = ["bleu"] if self.has_inputs else []
        return [*super().eval_metrics(), *decoded]


class Text2SelfProblem(Text2TextProblem):
    """Language modelling; `generate_samples` yields {"targets": str}."""

    has_inputs = False

    def eval_metrics(self) -> list[str]:
        spells = self.vocab_type in (VocabType.CHARACTER, VocabType.UNICODE)
        return [*super().eval_metrics(), *(["bits_per_character"] if spells else [])]


class Text2ClassProblem(Text2TextProblem):
    """Classification of text; `generate_samples` yields {"inputs": str, "label": int}.

    A label may also be one of the `class_labels`. The files hold it as `targets`.
    """

    num_classes: Any = 0

    @property
    def class_labels(self) -> Any:
        """Names of the classes, in the order of their numbers. A method with the argument
        `data_dir`, as Tensor2Tensor's, will do as well."""
        return [f"ID_{i}" for i in range(self.num_classes)]

    def vocab_filenames(self) -> dict[str, str]:
        return {"inputs": self.vocab_filename}

    def feature_encoders(self, data_dir: str) -> dict[str, TextEncoder]:
        names = self.class_labels
        labels = ClassLabelEncoder(names(data_dir) if callable(names) else names)
        if not labels.vocab_size:
            raise T2TError(f"{type(self).__name__} must set num_classes or class_labels.")
        return super().feature_encoders(data_dir) | {"targets": labels}

    def encode_sample(self, sample: dict) -> dict[str, list[int]]:
        label, labels = sample["label"], self._encoders["targets"]
        if isinstance(label, str):
            (label,) = labels.encode(label)
        if not 0 <= label < labels.vocab_size:
            raise T2TError(
                f"{self.name} has {labels.vocab_size} classes, but a sample with label {label}."
            )
        inputs = self._encoders["inputs"].encode(sample["inputs"])
        return {"inputs": [*inputs, EOS], "targets": [label]}

    def keep_example(self, example: dict[str, Any], dataset_split: str) -> bool:
        return dataset_split != "train" or len(example["inputs"]) > 1

    def example_reading_spec(self) -> dict[str, Any]:
        import tensorflow as tf

        return super().example_reading_spec() | {"targets": tf.io.FixedLenFeature([1], tf.int64)}

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        defaults.modality["targets"] = "class_label"

    def eval_metrics(self) -> list[str]:
        return ["accuracy", "neg_log_perplexity"]


class TextConcat2ClassProblem(Text2ClassProblem):
    """Classification of several texts, such as a premise and a hypothesis.

    `generate_samples` yields {"inputs": list of str, "label": int or name}. The texts are written
    one after the other with `CONCAT_TOKEN` between, as Tensor2Tensor did.
    """

    CONCAT_TOKEN = "$"

    def generate_text_for_vocab(self, data_dir: str, tmp_dir: str) -> Iterator[str]:
        return itertools.chain.from_iterable(super().generate_text_for_vocab(data_dir, tmp_dir))

    def encode_sample(self, sample: dict) -> dict[str, list[int]]:
        encoder = self._encoders["inputs"]
        first, *others = map(encoder.encode, sample["inputs"])
        inputs = first
        for ids in others:
            inputs += [self.separator(encoder), *ids]
        return super().encode_sample(sample | {"inputs": ""}) | {"inputs": [*inputs, EOS]}

    def separator(self, encoder: TextEncoder) -> int:
        """The one id of `CONCAT_TOKEN`; a vocabulary may put another, of a blank, before it."""
        ids = encoder.encode(self.CONCAT_TOKEN)
        return next((i for i in ids if encoder.decode([i]).strip() == self.CONCAT_TOKEN), ids[0])


class QuestionAndContext2TextProblem(Text2TextProblem):
    """A question about a text; samples are {"inputs": str, "context": str, "targets": str}.

    The files hold the three as features of their own. A model gets the inputs, a separator and
    the context as one sequence: in Tensor2Tensor that was left to subclasses, and no model of it
    read a feature "context".
    """

    QUESTION_SEPARATOR_ID = 2
    """In Tensor2Tensor's vocabularies "<EOQ>"; in ours unknown symbols, which the data lacks."""

    def vocab_filenames(self) -> dict[str, str]:
        filenames = super().vocab_filenames()
        return filenames | {"context": filenames["inputs"]}

    def example_reading_spec(self) -> dict[str, Any]:
        import tensorflow as tf

        return super().example_reading_spec() | {"context": tf.io.VarLenFeature(tf.int64)}

    def preprocess_example(self, example: dict, mode: str, hparams) -> dict:
        import tensorflow as tf

        context = example.pop("context")
        separator = tf.constant([self.QUESTION_SEPARATOR_ID], context.dtype)
        example["inputs"] = tf.concat([example["inputs"], separator, context], 0)
        return example

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        del defaults.modality["context"], defaults.vocab_size["context"]


def txt_line_iterator(txt_path: str | os.PathLike) -> Iterator[str]:
    """The lines of a file, stripped, as in Tensor2Tensor; see `t2t_lite.data.text_files.lines`."""
    return (line.strip() for line in text_files.lines(txt_path))


def text2text_txt_iterator(
    source_txt_path: str | os.PathLike, target_txt_path: str | os.PathLike
) -> Iterator[dict[str, str]]:
    """Samples from two parallel files, stripped; T2TError if they differ in length."""
    for inputs, targets in parallel_lines("", str(source_txt_path), str(target_txt_path)):
        yield {"inputs": inputs.strip(), "targets": targets.strip()}


def text2text_txt_tab_iterator(txt_path: str | os.PathLike) -> Iterator[dict[str, str]]:
    """Samples from the lines "inputs<TAB>targets" of a file."""
    for number, line in enumerate(text_files.lines(txt_path), 1):
        parts = line.split("\t")
        if len(parts) != 2:
            raise T2TError(
                f"{txt_path}, line {number}: expected inputs and targets with one tab between, "
                f"found {len(parts) - 1} tabs."
            )
        yield {"inputs": parts[0].strip(), "targets": parts[1].strip()}


def text2class_txt_iterator(
    source_txt_path: str | os.PathLike,
    label_txt_path: str | os.PathLike,
    class_strs: list[str] | None = None,
) -> Iterator[dict[str, Any]]:
    """Samples from a file of texts and one of labels: numbers, or names if `class_strs`."""
    pairs = parallel_lines("", str(source_txt_path), str(label_txt_path))
    for number, (text, label) in enumerate(pairs, 1):
        label = label.strip()
        if not class_strs and not label.isdecimal():
            raise T2TError(f"{label_txt_path}, line {number}: {label!r} is not a class' number.")
        yield {"inputs": text.strip(), "label": label if class_strs else int(label)}
