"""What a run tells: metrics.jsonl, TensorBoard, the progress line."""

import io
import json

import pytest

from t2t_lite.training import reporting
from t2t_lite.training.reporting import MetricsLog, Progress, TensorBoard, format_seconds


@pytest.fixture
def log(tmp_path):
    log = MetricsLog(tmp_path / "metrics.jsonl")
    log.append("train", 10, {"loss": 2.5})
    log.append("eval", 10, {"loss": 2.25, "bleu": 1.0})
    log.append("train", 20, {"loss": 1.5})
    return log


def test_each_line_is_an_object_with_kind_and_step(log):
    lines = [json.loads(line) for line in log.path.read_text().splitlines()]
    assert (
        lines
        == log.read()
        == [
            {"kind": "train", "step": 10, "loss": 2.5},
            {"kind": "eval", "step": 10, "loss": 2.25, "bleu": 1.0},
            {"kind": "train", "step": 20, "loss": 1.5},
        ]
    )


@pytest.mark.parametrize(("step", "kept"), [(20, 3), (19, 2), (10, 2), (9, 0), (0, 0)])
def test_rewinding_drops_the_lines_after_a_step(log, step, kept):
    before = log.read()
    log.rewind(step)
    assert log.read() == before[:kept]
    log.append("train", step + 1, {"loss": 9.0})
    assert log.read() == [*before[:kept], {"kind": "train", "step": step + 1, "loss": 9.0}]


@pytest.mark.parametrize("cut", [1, 5, 30])
def test_a_line_that_was_cut_short_does_not_count(log, cut):
    """A kill while the last line was written; rewinding mends the file."""
    before = log.read()
    log.path.write_bytes(log.path.read_bytes()[:-cut])
    assert log.read() == before[:2]
    log.rewind(20)
    log.append("train", 20, {"loss": 1.5})
    assert log.read() == before


def test_a_log_that_is_not_there_is_empty(tmp_path):
    log = MetricsLog(tmp_path / "metrics.jsonl")
    assert log.read() == []
    log.rewind(5)
    assert log.read() == []


class Screen(io.StringIO):
    """A stream that may say that it is a terminal."""

    def __init__(self, is_terminal):
        super().__init__()
        self.is_terminal = is_terminal

    def isatty(self):
        return self.is_terminal


LINE = "step 50/200  loss 3.142  12,346 target tokens/s  1:02:03 left"


def test_a_terminals_line_is_rewritten_in_place():
    screen = Screen(True)
    progress = Progress(200, screen)
    progress.show(50, 3.14159, 12345.6, 3723)
    progress.show(60, 3.1, 1.0, 5)
    assert screen.getvalue().split("\r")[1].rstrip() == LINE
    assert "\n" not in screen.getvalue()
    progress.say("A line that stays.")
    *_, blank, said = screen.getvalue().split("\r")
    assert not blank.strip() and said == "A line that stays.\n"


def test_elsewhere_a_line_is_printed_now_and_then(monkeypatch):
    seconds = iter([100.0, 101.0, 100.0 + reporting.LINE_SECONDS, 116.0])
    monkeypatch.setattr(reporting.time, "monotonic", lambda: next(seconds))
    screen = Screen(False)
    progress = Progress(200, screen)
    for step in (50, 51, 52, 200):  # 51 comes too soon; the last step is always told.
        progress.show(step, 3.14159, 12345.6, 3723)
    lines = screen.getvalue().splitlines()
    assert lines[0] == LINE
    assert [line.split()[1] for line in lines] == ["50/200", "52/200", "200/200"]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (-3, "0:00"), (59.4, "0:59"), (59.6, "1:00"), (3599, "59:59"), (3723, "1:02:03")],
)
def test_seconds_are_read_as_a_clock(seconds, text):
    assert format_seconds(seconds) == text


def test_tensorboard_gets_the_numbers(tmp_path):
    import tensorflow as tf

    TensorBoard(tmp_path).scalars("eval", 7, {"bleu": 12.5, "note": "no number"})
    (path,) = tmp_path.glob("events*")
    found = {
        value.tag: (event.step, float(tf.make_ndarray(value.tensor)))
        for event in tf.compat.v1.train.summary_iterator(str(path))
        for value in event.summary.value
    }
    assert found == {"eval/bleu": (7, 12.5)}
