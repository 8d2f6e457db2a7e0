"""Problems made of pictures: from files or arrays, with a class, or with several labels.

A problem of one's own says where pictures come from:

    @registry.register_problem
    class ImageMine(image.Image2ClassProblem):
      class_labels = ("cat", "dog")

      def generate_samples(self, data_dir, tmp_dir, dataset_split):
        for label in self.class_labels:
          for path in pathlib.Path(tmp_dir, dataset_split, label).iterdir():
            yield {"image": path.read_bytes(), "label": label, "name": str(path)}
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from t2t_lite.data import augmentation, pictures
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import DatasetSplit, Problem, SpaceID
from t2t_lite.text.encoder import TextEncoder
from t2t_lite.text.label_encoder import ClassLabelEncoder

MOST_REMARKS = 20
"""Of converted pictures only the first ones are named; those that are left out, all."""


class ImageProblem(Problem):
    """Base of problems whose inputs are pictures.

    `generate_samples` yields {"image": bytes of a file, or a uint8 array of shape [height, width,
    channels], "name": of the file, for messages}, and what else a subclass wants; or, as in
    Tensor2Tensor, {"image/encoded": [bytes], …}. Our files hold pictures encoded, as there; the
    pipeline decodes them.
    """

    num_channels: Any = 3
    """1: gray, 3: colours. Files of the other kind are converted when they are read."""
    image_size: Any = 224
    """Height and width of what the model gets, unless the hparam `image_size` says otherwise."""
    is_stored_in_size: Any = False
    """Whether all files have `image_size` themselves; others are left out of the data."""
    image_augmentation: Any = "none"
    """What the hparam image_augmentation=problem means; see `data/augmentation.py`."""
    image_normalization: Any = "standardize"
    """The same for image_normalization=problem."""
    draws_random_numbers = True
    _remarks = 0

    # Making the data.

    def encode_sample(self, sample: dict) -> dict[str, list]:
        """The features of a sample; none if its picture cannot be read, which is reported."""
        try:
            picture = self._picture(sample)
        except pictures.UnreadableError as error:
            self._report(sample, f"left out, for {error}")
            return {}
        if picture.remark:
            self._remarks += 1
            if self._remarks <= MOST_REMARKS:
                self._report(sample, picture.remark)
            if self._remarks == MOST_REMARKS:
                print(f"{self.name}: more such pictures are not named", file=sys.stderr)
        return picture.features()

    def _picture(self, sample: dict) -> pictures.Picture:
        image = sample["image"] if "image" in sample else sample["image/encoded"][0]
        if isinstance(image, bytes):
            picture = pictures.of_file(image, sample.get("name", ""))
        else:
            picture = pictures.of_array(image)
        height, width, size = picture.height, picture.width, self.image_size
        if self.is_stored_in_size and (height, width) != (size, size):
            raise pictures.UnreadableError(f"it has {width} x {height} pixels, not {size} x {size}")
        return picture

    def _report(self, sample: dict, text: str) -> None:
        name = sample.get("name", "a picture without a name")
        print(f"{self.name}: {name}: {text}", file=sys.stderr, flush=True)

    def keep_example(self, example: dict[str, Any], dataset_split: str) -> bool:
        return bool(example)

    # Reading the data.

    def example_reading_spec(self) -> dict[str, Any]:
        import tensorflow as tf

        return {"image/encoded": tf.io.FixedLenFeature([], tf.string)}  # which tells its format

    def decode_example(self, example: dict) -> dict:
        """`inputs` `[height, width, channels]` float32 from 0 to 255, instead of the file."""
        import tensorflow as tf

        example = {k: v for k, v in example.items() if not k.startswith("image/")} | {
            "inputs": self.decode_image(example["image/encoded"])
        }
        if self.is_stored_in_size:
            shape = (self.image_size, self.image_size, self.num_channels)
            example["inputs"] = tf.ensure_shape(example["inputs"], shape)
        return example

    def example_to_show(self, example: dict[str, Any]) -> dict[str, Any]:
        """Not the bytes."""
        size = (example.get(f"image/{side}", ["?"])[0] for side in ("height", "width"))
        kind = example["image/format"][0].decode()
        bytes_ = len(example["image/encoded"][0])
        shown = {"inputs": f"{' x '.join(map(str, size))} pixels, {kind}, {bytes_:,} bytes"}
        if "image/class/label" in example:
            shown["targets"] = example["image/class/label"]
        return shown

    def decode_image(self, encoded):
        """A file's bytes -> `[height, width, channels]` float32."""
        import tensorflow as tf

        image = tf.io.decode_image(encoded, channels=self.num_channels, expand_animations=False)
        image.set_shape((None, None, self.num_channels))
        return tf.cast(image, tf.float32)

    def preprocess_example(self, example: dict, mode: str, hparams) -> dict:
        seed = example.get("random_seed") if mode == "train" else None
        example["inputs"] = self.prepare_image(example["inputs"], hparams, seed)
        return example

    def prepare_image(self, image, hparams, seed=None):
        """A picture as a model gets it; `seed`: augmented, None: as in evaluation."""
        return augmentation.prepare(
            image,
            self.size_for(hparams),
            _chosen(hparams.image_augmentation, self.image_augmentation),
            _chosen(hparams.image_normalization, self.image_normalization),
            hparams.random_erasing,
            seed,
        )

    def size_for(self, hparams) -> int:
        """Height and width of what a model with these hparams (or None) gets."""
        return (hparams is not None and hparams.image_size) or self.image_size

    # What models and metrics must know.

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        size = self.size_for(model_hparams)
        defaults.modality["inputs"] = "image"
        defaults.vocab_size["inputs"] = 256
        defaults.shape["inputs"] = (size, size, self.num_channels)
        defaults.input_space_id = SpaceID.IMAGE


def _chosen(of_hparams: str, of_problem: str) -> str:
    return of_problem if of_hparams == "problem" else of_hparams


class Image2ClassProblem(ImageProblem):
    """Which class a picture belongs to; `generate_samples` yields "label", a number or a name, too.

    Tensor2Tensor's way of writing, a `generator(data_dir, tmp_dir, is_training)` that yields
    `image_generator(images, labels)`, will do as well.
    """

    num_classes: Any = 0
    train_shards: Any = 10
    dev_shards: Any = 1

    @property
    def dataset_splits(self) -> Any:
        """Files of the two splits; a further one is named in an attribute of this name."""
        return (
            {"split": DatasetSplit.TRAIN, "shards": self.train_shards},
            {"split": DatasetSplit.EVAL, "shards": self.dev_shards},
        )

    @property
    def class_labels(self) -> Any:
        """Names of the classes, in the order of their numbers. A method with the argument
        `data_dir` will do as well."""
        return [f"ID_{i}" for i in range(self.num_classes)]

    def labels(self, data_dir: str) -> list[str]:
        """The `class_labels`; T2TError if there are none."""
        names = self.class_labels
        names = list(names(data_dir) if callable(names) else names)
        if not names:
            raise T2TError(f"{type(self).__name__} must set num_classes or class_labels.")
        return names

    def generator(self, data_dir: str, tmp_dir: str, is_training: bool) -> Iterator[dict]:
        """Tensor2Tensor's hook for `generate_samples`."""
        raise T2TError(f"{type(self).__name__} must define generate_samples.")

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        return self.generator(data_dir, tmp_dir, dataset_split == DatasetSplit.TRAIN)

    def feature_encoders(self, data_dir: str) -> dict[str, TextEncoder]:
        return {"targets": ClassLabelEncoder(self.labels(data_dir))}

    def encode_sample(self, sample: dict) -> dict[str, list]:
        features = super().encode_sample(sample)
        if features:
            label = sample["label"] if "label" in sample else sample["image/class/label"][0]
            features["image/class/label"] = [self.label_id(label)]
        return features

    def label_id(self, label: int | str) -> int:
        """A class' number; T2TError if there is no such class."""
        labels = self._encoders["targets"]
        number = labels.encode(label)[0] if isinstance(label, str) else int(label)
        if not 0 <= number < labels.vocab_size:
            raise T2TError(
                f"{self.name} has {labels.vocab_size} classes, but a sample with label {number}."
            )
        return number

    def example_reading_spec(self) -> dict[str, Any]:
        import tensorflow as tf

        label = tf.io.FixedLenFeature([1], tf.int64)
        return super().example_reading_spec() | {"image/class/label": label}

    def decode_example(self, example: dict) -> dict:
        return super().decode_example(example) | {"targets": example["image/class/label"]}

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        defaults.modality["targets"] = "class_label"
        defaults.target_space_id = SpaceID.IMAGE_LABEL

    def eval_metrics(self) -> list[str]:
        return ["accuracy", "accuracy_top5", "neg_log_perplexity"]


class Image2MultiLabelProblem(Image2ClassProblem):
    """Which labels a picture has, any number of them; `generate_samples` yields "labels", a list.

    The targets are 0 or 1 for each label: `[labels]`.
    """

    def encode_sample(self, sample: dict) -> dict[str, list]:
        features = ImageProblem.encode_sample(self, sample)
        if features:
            labels = sample["labels"] if "labels" in sample else sample["image/class/label"]
            features["image/class/label"] = sorted(map(self.label_id, labels))
        return features

    def example_reading_spec(self) -> dict[str, Any]:
        import tensorflow as tf

        labels = tf.io.VarLenFeature(tf.int64)
        return super().example_reading_spec() | {"image/class/label": labels}

    def decode_example(self, example: dict) -> dict:
        import tensorflow as tf

        ids = example["image/class/label"]
        count = self._encoders["targets"].vocab_size
        present = tf.reduce_any(ids[:, None] == tf.range(count)[None], 0)  # [labels]
        return ImageProblem.decode_example(self, example) | {"targets": tf.cast(present, tf.int32)}

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        defaults.modality["targets"] = "multi_label"
        defaults.shape["targets"] = (self._encoders["targets"].vocab_size,)

    def eval_metrics(self) -> list[str]:
        return ["label_accuracy", "set_precision", "set_recall"]


def image_generator(images, labels) -> Iterator[dict]:
    """Samples from arrays `[height, width, channels]` and their classes, as Tensor2Tensor's."""
    for image, label in zip(images, labels, strict=True):
        yield {"image": image, "label": int(label)}
