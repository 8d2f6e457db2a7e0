"""Problems made of sounds: with a class, or with what is said.

A problem of one's own says where sounds come from:

    @registry.register_problem
    class SpeechMine(audio.SpeechRecognitionProblem):
      sample_rate = 16000

      def generate_samples(self, data_dir, tmp_dir, dataset_split):
        for path in pathlib.Path(tmp_dir, dataset_split).glob("*.wav"):
          text = path.with_suffix(".txt").read_text()
          yield {"sound": path.read_bytes(), "transcript": text, "name": str(path)}
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from t2t_lite import registry
from t2t_lite.data import shards, sounds, spectrogram
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import DEFAULT_SEED, DatasetSplit, Problem, SpaceID
from t2t_lite.text.byte_encoder import ByteTextEncoder
from t2t_lite.text.encoder import EOS, TextEncoder
from t2t_lite.text.label_encoder import ClassLabelEncoder

MOST_REMARKS = 20
"""Of odd sounds only the first ones are named; those that are left out, all."""


class AudioProblem(Problem):
    """Base of problems whose inputs are sounds.

    `generate_samples` yields {"sound": bytes of a WAV file, or a `data.sounds.Sound`, or an array
    `[samples]` (then with "rate"), "name": of the file, for messages}, and what else a subclass
    wants. Our files hold int16 samples at `sample_rate`; those of Tensor2Tensor, which hold floats,
    are read as well.
    """

    sample_rate: Any = 16000
    """Samples per second in our files; sounds of another rate are resampled."""
    draws_random_numbers = True
    _remarks = 0

    # Making the data.

    def encode_sample(self, sample: dict) -> dict[str, list]:
        """The features of a sample; none if its sound cannot be used, which is reported."""
        try:
            sound = self.sound_of(sample).at_rate(self.sample_rate)
        except sounds.UnreadableError as error:
            self._report(sample, f"left out, for {error}")
            return {}
        if sound.remark:
            self._remarks += 1
            if self._remarks <= MOST_REMARKS:
                self._report(sample, sound.remark)
            if self._remarks == MOST_REMARKS:
                print(f"{self.name}: more such sounds are not named", file=sys.stderr)
        return {"audio/samples": [sound.encoded()], "audio/count": [len(sound.samples)]}

    def sound_of(self, sample: dict) -> sounds.Sound:
        """The sound of a sample; UnreadableError if nothing can be made of it."""
        sound = sample["sound"]
        if isinstance(sound, sounds.Sound):
            return sound
        if isinstance(sound, bytes):
            return sounds.of_file(sound)
        return sounds.of_array(sound, sample.get("rate", self.sample_rate))

    def _report(self, sample: dict, text: str) -> None:
        name = sample.get("name", "a sound without a name")
        print(f"{self.name}: {name}: {text}", file=sys.stderr, flush=True)

    def keep_example(self, example: dict[str, Any], dataset_split: str) -> bool:
        return bool(example)

    # Reading the data.

    def example_reading_spec(self) -> dict[str, Any]:
        import tensorflow as tf

        return {
            "audio/samples": tf.io.FixedLenFeature([], tf.string, default_value=""),
            "waveforms": tf.io.VarLenFeature(tf.float32),  # of Tensor2Tensor's files
        }

    def decode_example(self, example: dict) -> dict:
        """`inputs` `[samples]` float32 from -1 to 1."""
        import tensorflow as tf

        ours = tf.io.decode_raw(example["audio/samples"], tf.int16)
        samples = tf.cast(ours, tf.float32) / 32767.0
        kept = {k: v for k, v in example.items() if k not in ("audio/samples", "waveforms")}
        return kept | {"inputs": tf.concat([samples, example["waveforms"]], 0)}

    def example_to_show(self, example: dict[str, Any]) -> dict[str, Any]:
        """Not the samples."""
        count = example.get("audio/count") or [len(example.get("waveforms", []))]
        shown = {k: v for k, v in example.items() if not k.startswith(("audio/", "wave"))}
        seconds = count[0] / self.sample_rate
        return shown | {"inputs": f"{seconds:.2f} seconds, {self.sample_rate} samples per second"}

    def preprocess_example(self, example: dict, mode: str, hparams) -> dict:
        seed = example.get("random_seed") if mode == "train" else None
        x = self.prepare_sound(example["inputs"], hparams, seed)
        limit = hparams.max_input_seq_length
        return {**example, "inputs": x[:limit] if limit else x}

    def prepare_sound(self, samples, hparams, seed=None):
        """`[samples]` as a model gets them, `[frames, …]`; `seed`: while training, None: else."""
        if hparams.audio_input == "waveform":
            return spectrogram.frames_of_samples(samples, self.sample_rate, hparams)
        return spectrogram.log_mel(samples, self.sample_rate, hparams, seed)

    # What models and metrics must know.

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        defaults.vocab_size["inputs"] = None
        if model_hparams is None or model_hparams.audio_input == "spectral":
            defaults.modality["inputs"] = "audio_spectral"
            defaults.input_space_id = SpaceID.AUDIO_SPECTRAL
        else:
            defaults.modality["inputs"] = "audio"
            defaults.input_space_id = SpaceID.AUDIO_WAV
        if model_hparams is not None:
            defaults.shape["inputs"] = (8, *self._frame(model_hparams))

    def _frame(self, hparams) -> Sequence[int]:
        """The shape of a frame."""
        if hparams.audio_input == "waveform":
            return (spectrogram.samples_per_frame(self.sample_rate, hparams),)
        return spectrogram.shape(hparams)


class Audio2ClassProblem(AudioProblem):
    """Which class a sound belongs to; `generate_samples` yields "label", a name, too."""

    num_classes: Any = 0

    @property
    def class_labels(self) -> Any:
        """Names of the classes, in the order of their numbers. A method with the argument
        `data_dir` will do as well."""
        return [str(i) for i in range(self.num_classes)]

    def labels(self, data_dir: str) -> list[str]:
        """The `class_labels`; T2TError if there are none."""
        names = self.class_labels
        names = list(names(data_dir) if callable(names) else names)
        if not names:
            raise T2TError(f"{type(self).__name__} must set num_classes or class_labels.")
        return names

    def feature_encoders(self, data_dir: str) -> dict[str, TextEncoder]:
        return {"targets": ClassLabelEncoder(self.labels(data_dir))}

    def encode_sample(self, sample: dict) -> dict[str, list]:
        features = super().encode_sample(sample)
        if features:
            features["targets"] = self._encoders["targets"].encode(sample["label"])
        return features

    def example_reading_spec(self) -> dict[str, Any]:
        import tensorflow as tf

        return super().example_reading_spec() | {"targets": tf.io.FixedLenFeature([1], tf.int64)}

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        defaults.modality["targets"] = "class_label"
        if defaults.shape:
            defaults.shape["targets"] = (1,)

    def eval_metrics(self) -> list[str]:
        return ["accuracy", "accuracy_top5", "neg_log_perplexity"]


class SpeechRecognitionProblem(AudioProblem):
    """What is said in a sound; `generate_samples` yields "transcript", a string, too.

    Targets are bytes of the text, as in Tensor2Tensor, unless `feature_encoders` says otherwise.
    """

    train_shards: Any = 10

    @property
    def dataset_splits(self) -> Any:
        """Files of the three splits."""
        return (
            {"split": DatasetSplit.TRAIN, "shards": self.train_shards},
            {"split": DatasetSplit.EVAL, "shards": 1},
            {"split": DatasetSplit.TEST, "shards": 1},
        )

    def feature_encoders(self, data_dir: str) -> dict[str, TextEncoder]:
        return {"targets": ByteTextEncoder()}

    def encode_sample(self, sample: dict) -> dict[str, list]:
        transcript = " ".join(sample["transcript"].split())
        if not transcript:
            self._report(sample, "left out, for its transcript is empty")
            return {}
        features = super().encode_sample(sample)
        if features:
            features["targets"] = [*self._encoders["targets"].encode(transcript), EOS]
        return features

    def example_reading_spec(self) -> dict[str, Any]:
        import tensorflow as tf

        return super().example_reading_spec() | {"targets": tf.io.VarLenFeature(tf.int64)}

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        defaults.target_space_id = SpaceID.EN_CHR
        if defaults.shape:
            defaults.shape["targets"] = (2,)
        if model_hparams is not None and model_hparams.sequence_loss == "ctc":
            defaults.modality["targets"] = "ctc_symbol"

    def eval_metrics(self) -> list[str]:
        return [*super().eval_metrics(), "wer", "cer", "exact_match"]


class TrainedOnAll(SpeechRecognitionProblem):
    """Training data of one problem with the held-out data of another one."""

    train_problem: Any = ""
    eval_problem: Any = ""

    def generate_data(
        self, data_dir, tmp_dir, num_workers=None, seed=DEFAULT_SEED, overwrite=False
    ):
        """Makes the data of both, which then other problems need not make again."""
        for name in (self.train_problem, self.eval_problem):
            problem = registry.problem(name)
            problem.generate_data(data_dir, tmp_dir, num_workers, seed, overwrite)

    def filepaths(self, data_dir: str, split: str) -> list[str]:
        is_train = split == DatasetSplit.TRAIN
        name = self.train_problem if is_train else self.eval_problem
        return shards.find(data_dir, name, split, name)
