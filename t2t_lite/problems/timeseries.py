"""Forecasts of several time series at once: vectors of numbers in, the vectors that follow out.

A problem of one's own says what the series are:

    @registry.register_problem
    class TimeseriesMine(timeseries.TimeseriesProblem):
      num_series, num_input_timestamps, num_target_timestamps = 3, 100, 20

      def timeseries_dataset(self):
        return np.loadtxt("my/series.csv", delimiter=",")  # [timestamps, num_series]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import ModalityType, Problem, SpaceID
from t2t_lite.text.real_encoder import RealEncoder


class TimeseriesProblem(Problem):
    """Windows of `timeseries_dataset`: `num_input_timestamps` vectors, and those that follow.

    As in Tensor2Tensor windows overlap, and are dealt to the splits at random: an evaluation
    tells how well gaps are filled, not how well the future is foretold.
    """

    num_train_shards: Any = 9
    num_eval_shards: Any = 1
    num_test_shards: Any = 1
    num_series: Any = 0
    num_input_timestamps: Any = 0
    num_target_timestamps: Any = 0
    has_inputs: Any = True
    normalizing_constant: Any = 1.0
    """All numbers are multiplied by it when they are read, so that they are about 1."""
    is_generate_per_split = False

    @property
    def dataset_splits(self) -> Any:
        """Those of which there are files."""
        counts = {
            "train": self.num_train_shards,
            "dev": self.num_eval_shards,
            "test": self.num_test_shards,
        }
        return [{"split": name, "shards": count} for name, count in counts.items() if count]

    def timeseries_dataset(self) -> np.ndarray:
        """A hook: the series, `[timestamps, num_series]`."""
        raise T2TError(f"{type(self).__name__} must define timeseries_dataset.")

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        series = np.asarray(self.timeseries_dataset(), np.float32)
        before, after = self.num_input_timestamps * self.has_inputs, self.num_target_timestamps
        if series.ndim != 2 or series.shape[1] != self.num_series or len(series) < before + after:
            raise T2TError(
                f"{self.name}: timeseries_dataset gives the shape {series.shape}; it must be "
                f"[timestamps, {self.num_series}], with at least {before + after} timestamps."
            )
        for now in range(before, len(series) - after + 1):
            sample = {"targets": series[now : now + after].ravel().tolist()}
            if self.has_inputs:
                sample["inputs"] = series[now - before : now].ravel().tolist()
            yield sample

    def feature_encoders(self, data_dir: str) -> dict[str, Any]:
        names = ("inputs", "targets") if self.has_inputs else ("targets",)
        return {name: RealEncoder() for name in names}

    def _shapes(self) -> dict[str, tuple[int, int]]:
        """`(length, depth)` of each feature."""
        shapes = {"targets": (self.num_target_timestamps, self.num_series)}
        if self.has_inputs:
            shapes["inputs"] = (self.num_input_timestamps, self.num_series)
        return shapes

    def example_reading_spec(self) -> dict[str, Any]:
        import tensorflow as tf

        shapes = self._shapes().items()
        return {name: tf.io.FixedLenFeature([n * d], tf.float32) for name, (n, d) in shapes}

    def decode_example(self, example: dict) -> dict:
        import tensorflow as tf

        scale = self.normalizing_constant
        return {
            name: tf.reshape(example[name], shape) * scale for name, shape in self._shapes().items()
        }

    def example_to_show(self, example: dict[str, Any]) -> dict[str, Any]:
        """The last vectors of the inputs, the first of the targets."""
        ends = {"inputs": slice(-self.num_series, None), "targets": slice(self.num_series)}
        return {name: example[name][ends[name]] for name in self._shapes()}

    def hparams(self, defaults, model_hparams) -> None:
        shapes = self._shapes()
        defaults.modality = dict.fromkeys(shapes, ModalityType.REAL_L2_LOSS)
        defaults.vocab_size = dict.fromkeys(shapes, self.num_series)
        defaults.shape = dict(shapes)
        defaults.input_space_id = defaults.target_space_id = SpaceID.REAL

    def eval_metrics(self) -> list[str]:
        return ["mean_squared_error"]


@registry.register_problem
class TimeseriesToyProblem(TimeseriesProblem):
    """Ten timestamps of two series that count up by one; for tests."""

    num_train_shards = 1
    num_test_shards = 0
    num_series = 2
    num_input_timestamps = 2
    num_target_timestamps = 2

    def timeseries_dataset(self) -> np.ndarray:
        return np.add.outer(np.arange(10.0), np.arange(self.num_series))


@registry.register_problem
class TimeseriesToyProblemNoInputs(TimeseriesToyProblem):
    """Ten timestamps of two series that count up by one, without inputs; for tests."""

    has_inputs = False
    num_input_timestamps = 0


class Series(NamedTuple):
    """A line and a wave, and normal noise: max(0, slope t + start + amplitude f(t / period))."""

    slope: float
    start: float
    amplitude: float
    period: float  # in timestamps, of a radian
    noise: float  # standard deviation
    wave: Callable[[np.ndarray], np.ndarray]

    def draw(self, length: int, rng: np.random.Generator) -> np.ndarray:
        """`[length]`"""
        time = np.arange(length)
        smooth = self.slope * time + self.start + self.amplitude * self.wave(time / self.period)
        return np.maximum(smooth + rng.normal(0, self.noise, length), 0)


SERIES = (
    Series(0.006, 300, 50, 1500, 15, np.sin),
    Series(0.000, 500, 35, 3500, 25, np.cos),
    Series(-0.003, 800, 65, 2500, 5, np.sin),
    Series(0.009, 600, 20, 1000, 1, np.cos),
    Series(0.002, 700, 40, 2000, 35, np.sin),
    Series(-0.008, 1000, 70, 3000, 25, np.cos),
    Series(0.000, 100, 25, 1500, 10, np.sin),
    Series(0.004, 1500, 54, 900, 55, np.cos),
    Series(0.005, 2000, 32, 1100, 43, np.sin),
    Series(0.010, 2500, 43, 1900, 53, np.cos),
)
"""Those of Tensor2Tensor's synthetic problem."""


@registry.register_problem
class TimeseriesSyntheticDataSeries10Samples100k(TimeseriesProblem):
    """10 synthetic series of 100,000 timestamps: 250 in, 100 out (1.4 GB on disk)."""

    num_series: Any = len(SERIES)
    num_input_timestamps: Any = 250
    num_target_timestamps: Any = 100
    num_timestamps: Any = 100_000
    normalizing_constant = 0.01
    timeseries_params: Any = SERIES

    def timeseries_dataset(self) -> np.ndarray:
        rng = np.random.default_rng(self.seed)
        drawn = [series.draw(self.num_timestamps, rng) for series in self.timeseries_params]
        return np.stack(drawn, axis=1)


@registry.register_problem
class TimeseriesSyntheticSmall(TimeseriesSyntheticDataSeries10Samples100k):
    """3 synthetic series of 4,000 timestamps, with waves of some 60: 32 in, 8 out; 1 MB."""

    num_series = 3
    num_input_timestamps = 32
    num_target_timestamps = 8
    num_timestamps = 4000
    normalizing_constant = 1.0
    timeseries_params = (
        Series(0, 2, 1, 10, 0.1, np.sin),
        Series(0, 2, 1, 7, 0.1, np.cos),
        Series(0, 2, 1, 4, 0.1, np.sin),
    )
