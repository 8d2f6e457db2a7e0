"""The decoder, with models so small that one knows what they say."""

import types

import numpy as np
import pytest
import tensorflow as tf

from t2t_lite.decoding import batches
from t2t_lite.decoding.decoder import Decoder
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import ProblemHParams
from t2t_lite.text.byte_encoder import ByteTextEncoder
from t2t_lite.text.encoder import EOS
from t2t_lite.text.label_encoder import ClassLabelEncoder

ENCODER = ByteTextEncoder()
VOCAB_SIZE = ENCODER.vocab_size
ODD_LINES = [
    "a short line",
    "",
    "   ",
    "naïve café — 日本語 🏴‍☠️ e\u0301 \u202eright to left\u202c",
    "line\u2028and\x85paragraph\u2029separators\x0b\x0c\x1c.",
    "\ttabs\tinside\t",
    "x" * 70,
    "nul\x00byte",
    "carriage\rreturn",
    "a short line",
]


class ToyModel:
    """Remembers in its cache all ids so far, [rows, max_length], and counts its own tracings."""

    is_autoregressive = True

    def __init__(self, prepend_mode="none"):
        self.hparams = types.SimpleNamespace(prepend_mode=prepend_mode)
        self.problem_hparams = ProblemHParams({"targets": "symbol"}, {"targets": VOCAB_SIZE})
        self.num_tracings = 0

    def encode(self, features):
        return dict(features)

    def init_cache(self, encoded, rows, max_length):
        return {"ids": tf.zeros([rows, max_length], tf.int32)}

    def decode_step(self, ids, position, cache, encoded):
        self.num_tracings += 1
        is_previous = tf.range(tf.shape(cache["ids"])[1]) == position - 1
        history = tf.where(is_previous, ids[:, None], cache["ids"])
        return self.logits(history, position, encoded), {"ids": history}

    def logits(self, history, position, encoded):
        raise NotImplementedError


class CopyModel(ToyModel):
    """Says what it is given; its logits are longer than the vocabulary, as padding makes them."""

    confidence = 20.0

    def logits(self, history, position, encoded):
        inputs = encoded["inputs"]
        beam = tf.shape(history)[0] // tf.shape(inputs)[0]
        column = tf.minimum(position, tf.shape(inputs)[1] - 1)
        wanted = tf.repeat(tf.gather(inputs, column, axis=1), beam)
        padding = tf.fill([tf.shape(history)[0], 6], 99.0)
        return tf.concat([self.confidence * tf.one_hot(wanted, VOCAB_SIZE), padding], axis=1)


class DoubtfulCopyModel(CopyModel):
    """Prefers to copy, but what it has said so far sways it: every hypothesis is another case."""

    def logits(self, history, position, encoded):
        logits = super().logits(history, position, encoded)
        key = tf.reduce_sum(history * tf.range(1, tf.shape(history)[1] + 1), axis=1) % 1009
        symbols = tf.range(VOCAB_SIZE + 6)
        noise = tf.cast((key[:, None] * 7919 + symbols * 104729) % 1013, tf.float32) / 1013.0
        return 0.35 * logits + 4.0 * tf.where(symbols < VOCAB_SIZE, noise, 0.0)


class AlphabetModel(ToyModel):
    """A language model: after every letter its successor, after `e` the end; begins with `a`."""

    def logits(self, history, position, encoded):
        letter_a = ENCODER.encode("a")[0]
        last = tf.gather(history, tf.maximum(position - 1, 0), axis=1)
        successor = tf.where(last == letter_a + 4, EOS, last + 1)
        wanted = tf.where(position == 0, letter_a, successor)
        return 20.0 * tf.one_hot(wanted, VOCAB_SIZE)


class PrependModel(ToyModel):
    """Copies what stands before the separator 0 in its own targets."""

    def logits(self, history, position, encoded):
        before = tf.range(tf.shape(history)[1]) < position
        is_separator = tf.cast((history == 0) & before, tf.int32)
        separator = tf.argmax(is_separator, axis=1, output_type=tf.int32)  # [rows]
        source = tf.clip_by_value(position - separator - 1, 0, tf.shape(history)[1] - 1)
        wanted = tf.gather(history, source, batch_dims=1)
        return 20.0 * tf.one_hot(wanted, VOCAB_SIZE)


class ShortOrLongModel:
    """A classifier: class 0 up to three ids, class 1 above."""

    is_autoregressive = False
    hparams = types.SimpleNamespace(prepend_mode="none")
    problem_hparams = ProblemHParams({"targets": "symbol"}, {"targets": VOCAB_SIZE})

    def __call__(self, features):
        length = tf.math.count_nonzero(features["inputs"], axis=1, dtype=tf.float32)
        return tf.stack([3.5 - length, length - 3.5], axis=1)[:, None]  # [batch, 1, classes]


def decoder(model=None, source=ENCODER, **hparams):
    hparams = {"extra_length": 10, "beam_size": 2, **hparams}
    return Decoder(model or CopyModel(), source, ENCODER, DecodeHParams(**hparams))


@pytest.mark.parametrize("beam_size", [1, 3])
def test_every_line_comes_back_in_its_place(beam_size):
    lines = ODD_LINES * 5
    outputs = decoder(beam_size=beam_size, batch_size=8).decode_lines(lines)
    assert outputs == [line.strip() for line in lines]


def test_no_lines():
    assert decoder().decode_lines([]) == []


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("has_final_newline", [True, False])
def test_a_file_keeps_its_number_of_lines(tmp_path, ending, has_final_newline):
    lines = [line for line in ODD_LINES if "\r" not in line]
    text = ending.join(lines) + ending * has_final_newline
    (tmp_path / "in.txt").write_bytes(text.encode())
    decoder().decode_file(tmp_path / "in.txt", tmp_path / "new" / "out.txt")
    written = (tmp_path / "new" / "out.txt").read_bytes().decode()
    assert written == "".join(line.strip() + "\n" for line in lines)


def test_an_empty_file_gives_an_empty_file(tmp_path):
    (tmp_path / "in.txt").touch()
    decoder().decode_file(tmp_path / "in.txt", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_bytes() == b""


def test_outputs_with_line_ends_stay_on_one_line(tmp_path):
    text = "one\ntwo\r\nthree|four\tfive|"
    (tmp_path / "in.txt").write_text(text)
    decoder(delimiter="|").decode_file(tmp_path / "in.txt", tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text() == "one two three|four\tfive|"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"fine\nb\xffd\n", r"in\.txt, line 2: this is not UTF-8"),
        (None, "There is no file .*in.txt"),
    ],
)
def test_bad_files_are_named(tmp_path, content, message):
    if content is not None:
        (tmp_path / "in.txt").write_bytes(content)
    with pytest.raises(T2TError, match=message):
        decoder().decode_file(tmp_path / "in.txt", tmp_path / "out.txt")
    assert not (tmp_path / "out.txt").exists()


def test_a_bad_output_path_is_told_before_the_work(tmp_path):
    (tmp_path / "in.txt").write_text("a line\n")
    model = CopyModel()
    with pytest.raises(T2TError):
        decoder(model).decode_file(tmp_path / "in.txt", tmp_path / "in.txt" / "out.txt")
    assert model.num_tracings == 0


@pytest.mark.parametrize(
    "hparams",
    [
        {"beam_size": 3, "return_beams": True},
        {"beam_size": 1, "sampling_method": "random", "sampling_temp": 0.7},
    ],
)
def test_a_line_does_not_depend_on_its_neighbours(hparams):
    lines = ["one", "another one", "a much longer line than the others are", "two", "three", "x"]
    model = DoubtfulCopyModel()
    together = decoder(model, **hparams).hypotheses(lines)
    assert len({hypotheses[0].score for hypotheses in together}) == len(lines)
    for number, line in enumerate(lines):
        # The number of the line counts for sampling, so the others become empty.
        alone = decoder(model, **hparams).hypotheses([""] * number + [line])[number]
        assert [h.text for h in alone] == [h.text for h in together[number]]
        scores = [[h.score for h in hypotheses] for hypotheses in (alone, together[number])]
        np.testing.assert_allclose(*scores, atol=1e-4)


def test_n_best_lists_and_scores(tmp_path):
    model = DoubtfulCopyModel()
    hparams = {"beam_size": 3, "return_beams": True, "write_beam_scores": True}
    (tmp_path / "in.txt").write_text("a tab\there\n\n")
    subject = decoder(model, **hparams)
    subject.decode_file(tmp_path / "in.txt", tmp_path / "out.txt")
    first, second = (tmp_path / "out.txt").read_text().splitlines()
    (hypotheses,) = subject.hypotheses(["a tab\there"])
    scores = [h.score for h in hypotheses]
    assert len(hypotheses) == 3 and scores == sorted(scores, reverse=True)
    fields = [f for h in hypotheses for f in (h.text.replace("\t", " "), f"{h.score:.2f}")]
    assert first.split("\t") == fields
    assert second.split("\t") == ["", "0.00"] * 3
    best = decoder(model, beam_size=3).hypotheses(["a tab\there"])[0]
    assert best == hypotheses[:1]


def test_one_graph_per_size_of_cache_serves_all_lengths():
    model = CopyModel()
    subject = decoder(model, batch_size=4)
    for lines in (["short"] * 4, ["s", "t", "x", "y"], ["something longer, much longer"] * 4):
        assert subject.decode_lines(lines) == lines
    assert model.num_tracings == 2


def test_long_inputs_are_cut_with_one_warning(capsys):
    outputs = decoder(max_input_size=5).decode_lines(["abcdefgh", "abcd", "", "vwxyz"])
    assert outputs == ["abcd", "abcd", "", "vwxy"]
    assert capsys.readouterr().err == (
        "2 of 4 inputs are longer than max_input_size=5 and were cut.\n"
    )


def test_lengths_of_outputs():
    assert decoder(extra_length=-3, beam_size=1).decode_lines(["abcdefgh"]) == ["abcdef"]
    forced = decoder(extra_length=5, force_decode_length=True, identity_output=True)
    assert [len(ids.split()) for ids in forced.decode_lines(["abc", "a"])] == [9, 7]
    longer = decoder(min_length_ratio=2.0, identity_output=True)
    assert len(longer.decode_lines(["abc"])[0].split()) >= 2 * 4
    shorter = decoder(max_length_ratio=0.5, beam_size=1)  # of 9 ids, and of 4
    assert shorter.decode_lines(["abcdefgh", "abc"]) == ["abcd", "ab"]
    assert decoder(identity_output=True).decode_lines(["ab"]) == ["99 100"]


@pytest.mark.parametrize("beam_size", [1, 3])
def test_an_output_begins_as_it_is_told(beam_size):
    subject = decoder(beam_size=beam_size, force_prefix=True)
    lines = ["abcdef\tXY", "abc", "ab\tlonger than it", ""]
    assert subject.decode_lines(lines) == ["XYcdef", "abc", "longer than it", ""]
    with pytest.raises(T2TError, match="language model"):
        decoder(AlphabetModel(), source=None, force_prefix=True)


def test_language_model_continues_its_prefix():
    subject = decoder(AlphabetModel(), source=None)
    assert subject.decode_lines(["ab", "", "xa", "abcde"]) == ["cde", "abcde", "bcde", ""]


@pytest.mark.parametrize("beam_size", [1, 2])
def test_prepended_inputs_are_a_prefix(beam_size):
    model = PrependModel(prepend_mode="prepend_inputs_masked_attention")
    subject = decoder(model, beam_size=beam_size)
    assert subject.decode_lines(["some words", "more"]) == ["some words", "more"]
    targets = np.array([[*ENCODER.encode("in"), EOS, 0, *ENCODER.encode("out"), EOS, 0, 0]])
    (decoded,) = subject.decode_dataset([{"targets": targets}])
    assert decoded == ("in", "out", "in")


def test_dataset():
    def rows(*texts):
        ids = [[*ENCODER.encode(text), EOS] if text else [] for text in texts]
        return np.array([row + [0] * (9 - len(row)) for row in ids])

    dataset = [
        {"inputs": rows("one", "two", ""), "targets": rows("eins", "zwei", "")},
        {"inputs": rows("three"), "targets": rows("drei")},
    ]
    expected = [("one", "eins", "one"), ("two", "zwei", "two"), ("three", "drei", "three")]
    assert decoder().decode_dataset(dataset) == expected
    assert decoder(num_samples=2).decode_dataset(dataset) == expected[:2]
    assert decoder(num_samples=0).decode_dataset(dataset) == []


def test_classes():
    labels = ClassLabelEncoder(["short", "long"])
    hparams = DecodeHParams(beam_size=2, return_beams=True)
    subject = Decoder(ShortOrLongModel(), ENCODER, labels, hparams)
    ranked = subject.hypotheses(["ab", "abc"])
    assert [[h.text for h in row] for row in ranked] == [["short", "long"], ["long", "short"]]
    np.testing.assert_allclose(np.exp([h.score for h in ranked[0]]).sum(), 1, atol=1e-5)
    inputs = np.array([[*ENCODER.encode("abc"), EOS], [*ENCODER.encode("a"), EOS, 0, 0]])
    decoded = subject.decode_dataset([{"inputs": inputs, "targets": np.array([[1], [0]])}])
    assert decoded == [("abc", "long", "long"), ("a", "short", "short")]


def test_dialogue():
    typed = iter(["hello", "dl=-9", "dl=0", "ns=2", "hello", "q", "never"])
    shown = []
    decoder(beam_size=1).interactive(read=lambda prompt: next(typed), show=shown.append)
    outputs = [line.split("\t")[0] for line in shown if "\t" in line]
    assert outputs == ["hello", "dl=-9", "hello", "hello"]


def test_xla_gives_the_same():
    model = DoubtfulCopyModel()
    hparams = DecodeHParams(beam_size=2, extra_length=4)
    lines = ["compiled", "by XLA"]
    plain = Decoder(model, ENCODER, ENCODER, hparams).hypotheses(lines)
    compiled = Decoder(model, ENCODER, ENCODER, hparams, jit_compile=True).hypotheses(lines)
    assert [h[0].text for h in compiled] == [h[0].text for h in plain]
    np.testing.assert_allclose(
        [h[0].score for h in compiled], [h[0].score for h in plain], atol=1e-4
    )


def test_batches_hold_like_lengths_and_few_ids():
    lengths = dict(enumerate([3, 900, 5, 200, 4, 30000, 5, 1, 1]))
    planned = list(batches.plan_batches(lengths, 4))
    assert [number for _, numbers in planned for number in numbers] == [5, 1, 3, 2, 6, 4, 0, 7, 8]
    assert [rows for rows, _ in planned] == [1, 1, 2, 4, 4]
    for rows, numbers in planned:
        assert rows == 1 or rows * max(lengths[n] for n in numbers) <= 4 * batches.MEAN_LENGTH
    assert [rows for rows, _ in batches.plan_batches({0: 5, 1: 5, 2: 5}, 32)] == [4]
