"""Problems that tell in words what is on a picture.

A problem of one's own says where pictures and their captions come from:

    @registry.register_problem
    class ImageMineCaptions(image_to_text.Image2TextProblem):
      approx_vocab_size = 2**13

      def generate_samples(self, data_dir, tmp_dir, dataset_split):
        for path in pathlib.Path(tmp_dir, dataset_split).glob("*.jpg"):
          caption = path.with_suffix(".txt").read_text().strip()
          yield {"image": path.read_bytes(), "targets": caption, "name": str(path)}
"""

from __future__ import annotations

from typing import Any

from t2t_lite.problems.base import SpaceID
from t2t_lite.problems.image import ImageProblem
from t2t_lite.problems.text_problems import Text2SelfProblem
from t2t_lite.text.encoder import EOS


class Image2TextProblem(ImageProblem, Text2SelfProblem):
    """Pictures and captions; `generate_samples` yields {"image": …, "targets": str}, see
    `ImageProblem`. A picture with several captions is as many samples.

    The vocabulary is made of the captions as in a `Text2SelfProblem`. In the files the ids of a
    caption stand where Tensor2Tensor put them, under image/class/label. A picture is not mirrored
    unless `image_augmentation` says so: "left" and "right" would be wrong.
    """

    target_space_id: Any = SpaceID.EN_TOK

    def encode_sample(self, sample: dict) -> dict[str, list]:
        features = super().encode_sample(sample)
        if features:
            caption = self._encoders["targets"].encode(sample["targets"])
            features["image/class/label"] = [*caption, EOS]
        return features

    def keep_example(self, example: dict[str, Any], dataset_split: str) -> bool:
        return bool(example) and (dataset_split != "train" or len(example["image/class/label"]) > 1)

    def example_reading_spec(self) -> dict[str, Any]:
        import tensorflow as tf

        caption = tf.io.VarLenFeature(tf.int64)
        return super().example_reading_spec() | {"image/class/label": caption}

    def decode_example(self, example: dict) -> dict:
        return super().decode_example(example) | {"targets": example["image/class/label"]}

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        defaults.target_space_id = self.target_space_id

    def eval_metrics(self) -> list[str]:
        return [*super().eval_metrics(), "bleu", "exact_match"]
