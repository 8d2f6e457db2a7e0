"""Problems of sounds: digits, folders, transcripts, and what tensorflow_datasets prepares."""

import collections
import contextlib
import itertools

import made_sounds as made
import numpy as np
import pytest
from archive_files import write_archive, write_files
from contracts import run_problem_test
from generated import decoded, examples, few_shards

from t2t_lite import registry
from t2t_lite.data import pipeline, records, sounds, tfds_source
from t2t_lite.data.sound_folders import Transcripts
from t2t_lite.errors import T2TError
from t2t_lite.problems import librispeech, speech_digits

SPEAKERS = ("ann", "bob")


def recordings(takes=9):
    """Of each digit of each speaker: a number as large, as long as the take's number says."""
    return {
        f"recordings/{digit}_{speaker}_{take}.wav": made.pcm(
            np.full(int((0.02 + 0.01 * take) * 8000), (digit + 1) / 20)
        )
        for digit in range(10)
        for speaker in SPEAKERS
        for take in range(takes)
    }


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    root = tmp_path_factory.mktemp("digits")
    write_archive(root / "recordings.tar.gz", recordings())
    return root


def test_digits_keep_the_contract(digits, tmp_path):
    run_problem_test(registry.problems.get("speech_digits"), tmp_path, digits)


def test_digits_are_split_by_take(digits, tmp_path):
    problem = registry.problem("speech_digits")
    problem.generate_data(tmp_path, str(digits), num_workers=1)
    for split, takes in (("test", range(5)), ("dev", (5, 6)), ("train", (7, 8))):
        found = examples(problem, tmp_path, split)
        lengths = collections.Counter(e["audio/count"][0] for e in found)
        assert lengths == {int((0.02 + 0.01 * take) * 8000): 20 for take in takes}
        assert collections.Counter(e["targets"][0] for e in found) == dict.fromkeys(
            range(10), 2 * len(takes)
        )


def few_strings(monkeypatch, **sizes):
    problem_class = registry.problems.get("speech_digit_strings")
    monkeypatch.setattr(problem_class, "sizes", sizes)
    monkeypatch.setattr(problem_class, "train_shards", 2)
    return problem_class


def test_strings_keep_the_contract(digits, tmp_path, monkeypatch):
    problem_class = few_strings(monkeypatch, train=12, dev=4, test=4)
    run_problem_test(problem_class, tmp_path, digits)


def test_strings_are_recordings_of_their_split_one_after_the_other(digits, monkeypatch):
    problem = few_strings(monkeypatch, train=30, dev=30, test=30)()
    lengths = collections.Counter()
    for split, takes in (("test", range(5)), ("dev", (5, 6)), ("train", (7, 8))):
        first = list(problem.generate_samples("", str(digits), split))
        again = list(problem.generate_samples("", str(digits), split))
        of_take = {int((0.02 + 0.01 * take) * 8000) for take in takes}
        for sample, same in zip(first, again, strict=True):
            np.testing.assert_array_equal(sample["sound"].samples, same["sound"].samples)
            said = sample["transcript"].split()
            lengths[len(said)] += 1
            heard = [
                (str(round(20 * value) - 1), len(list(run)))
                for value, run in itertools.groupby(sample["sound"].samples.tolist())
                if value
            ]
            assert [digit for digit, _ in heard] == said
            assert {length for _, length in heard} <= of_take
    assert set(lengths) == {1, 2, 3, 4, 5}


@contextlib.contextmanager
def prepared(monkeypatch, answers):
    """tensorflow_datasets, which has (name, part) -> examples."""
    monkeypatch.setattr(tfds_source, "examples", lambda name, part, *_: iter(answers[name, part]))
    yield


def test_folder_of_classes(tmp_path, monkeypatch):
    few_shards(monkeypatch, "speech_folder")
    members = {
        f"{split}/{name}/{i}.wav": made.pcm(made.tone(hertz, 0.05, 22050), 22050)
        for split in ("train", "val", "test")
        for name, hertz in (("low", 300), ("high", 900))
        for i in range(3)
    }
    write_files(tmp_path / "in", {**members, "train/low/notes.txt": "x"})
    run_problem_test(registry.problems.get("speech_folder"), tmp_path / "out", tmp_path / "in")
    stored = examples(registry.problem("speech_folder"), tmp_path / "out" / "one_process", "dev")
    assert {e["audio/count"][0] for e in stored} == {800}  # 0.05 seconds at 16 kHz


def test_damaged_files_are_named_and_left_out(tmp_path, monkeypatch, capfd):
    few_shards(monkeypatch, "speech_folder")
    good = {
        f"{split}/{name}/a.wav": made.pcm(np.stack([made.tone(440)] * 2, axis=1))
        for split in ("train", "dev", "test")
        for name in ("x", "y")
    }
    bad = {f"train/x/{name}": content for name, content in made.DAMAGED.items()}
    write_files(tmp_path / "in", {**good, **bad})
    problem = registry.problem("speech_folder")
    problem.generate_data(tmp_path / "out", str(tmp_path / "in"), num_workers=1)
    said = capfd.readouterr().err
    for name in made.DAMAGED:
        assert f"speech_folder: train/x/{name}: left out, for " in said
    assert "train/y/a.wav: 2 channels, averaged" in said
    assert len(examples(problem, tmp_path / "out", "train")) == 2


WAV = made.pcm(made.tone(440, 0.05))
TEXTS = [f"what is said in number {i}" for i in range(60)]
MANNERS = {
    "texts": {
        path: content
        for i, text in enumerate(TEXTS)
        for path, content in ((f"{i}.wav", WAV), (f"{i}.txt", f"{text}\n"))
    },
    "ljspeech": {
        "metadata.csv": "".join(f"{i}|No. {i}|{text}\n" for i, text in enumerate(TEXTS)),
        **{f"wavs/{i}.wav": WAV for i in range(60)},
    },
    "columns": {
        "metadata.csv": "speaker,sentence,path\n"
        + "".join(f'1,"{text}",x/{i}.wav\n' for i, text in enumerate(TEXTS)),
        **{f"x/{i}.wav": WAV for i in range(60)},
    },
    "common_voice": {
        f"{name}.tsv": "client_id\tpath\tsentence\n"
        + "".join(f"a\t{i}.mp3\t{TEXTS[i]}\n" for i in part)
        for name, part in (("train", range(40)), ("dev", range(40, 50)), ("test", range(50, 60)))
    }
    | {f"clips/{i}.wav": WAV for i in range(60)},
}


@pytest.mark.parametrize("manner", MANNERS)
def test_transcripts_in_every_manner(tmp_path, manner):
    write_archive(tmp_path / "a.zip", {f"top/{k}": v for k, v in MANNERS[manner].items()})
    found = Transcripts(tmp_path / "a.zip")
    assert sorted(u.text for u in found.utterances) == sorted(TEXTS)
    assert not found.lacking and not found.ignored
    counts = found.counts()
    if manner == "common_voice":
        assert counts == {"train": 40, "dev": 10, "test": 10}
    assert counts.keys() == {"train", "dev", "test"} and counts["train"] >= 36
    read = [u for split in counts for u, content in found.read(split) if content == WAV]
    assert sorted(read) == sorted(found.utterances)


def test_transcripts_keep_the_contract(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(registry.problems.get("speech_transcripts"), "train_shards", 2)
    members = dict(MANNERS["texts"])
    members |= {"train/lone.wav": WAV, "0.txt": " \n"}  # no transcript; an empty one
    write_files(tmp_path / "in", members)
    run_problem_test(registry.problems.get("speech_transcripts"), tmp_path / "out", tmp_path / "in")
    said = capfd.readouterr().err
    assert "1 sounds have no transcript, and are ignored, such as train/lone.wav" in said
    assert "0.wav: left out, for its transcript is empty" in said
    texts = decoded(registry.problem("speech_transcripts"), tmp_path / "out/one_process", "dev")
    assert {text for (text,) in texts} <= set(TEXTS)


def test_nothing_to_hear(tmp_path):
    write_files(tmp_path, {"a.wav": WAV, "b.csv": "c.wav,there is no c\n"})
    with pytest.raises(T2TError, match="holds no WAV files with transcripts"):
        Transcripts(tmp_path)


def librispeech_examples():
    parts = ("train_clean100", "train_clean360", "train_other500", "dev_clean", "dev_other")
    samples = np.round(20000 * made.tone(440, 0.05, 16000)).astype(np.int64)
    return {
        ("librispeech", part): [
            {"speech": samples, "text": f"SAID IN {part.upper()}", "id": f"1-2-{i}"}
            for i in range(3)
        ]
        for part in (*parts, "test_clean", "test_other")
    }


def test_librispeech_and_what_shares_its_files(tmp_path, monkeypatch):
    with prepared(monkeypatch, librispeech_examples()):
        for name in ("librispeech", "librispeech_noisy"):
            monkeypatch.setattr(registry.problems.get(name), "train_shards", 2)
        both = registry.problem("librispeech_train_full_test_other")
        both.generate_data(tmp_path, "", num_workers=1)
        everything = registry.problem("librispeech")
        assert len(examples(everything, tmp_path, "train")) == 9
    assert {text for (text,) in decoded(both, tmp_path, "test")} == {"SAID IN TEST_OTHER"}
    assert len(decoded(both, tmp_path, "train")) == 9
    sizes = {
        name: len(registry.problems.get(name).parts["train"])
        for name in ("librispeech", "librispeech_clean", "librispeech_clean_small")
    }
    assert sizes == {"librispeech": 3, "librispeech_clean": 2, "librispeech_clean_small": 1}


def test_common_voice_is_resampled(tmp_path, monkeypatch):
    samples = np.round(20000 * made.tone(440, 0.05, 48000)).astype(np.int64)
    answers = {
        ("common_voice/en", part): [{"voice": samples, "sentence": f"Said in {part}."}]
        for part in ("train", "validation", "test", "other")
    }
    for name, train in (("common_voice_clean", "train"), ("common_voice_noisy", "other")):
        monkeypatch.setattr(registry.problems.get(name), "train_shards", 1)
        problem = registry.problem(name)
        with prepared(monkeypatch, answers):
            problem.generate_data(tmp_path, "", num_workers=1)
        assert decoded(problem, tmp_path, "train") == [(f"Said in {train}.",)]
        assert decoded(problem, tmp_path, "dev") == [("Said in validation.",)]
        assert examples(problem, tmp_path, "test")[0]["audio/count"] == [800]


def test_tensor2tensors_files_are_read(tmp_path):
    """They hold floats, and more than we need."""
    wave = made.tone(440, 0.05, 16000).astype(np.float32)
    example = {
        "waveforms": wave,
        "waveform_lens": [len(wave)],
        "targets": [ord("A") + 2, 1],
        "raw_transcript": ["A"],
        "utt_id": ["1-2-3"],
    }
    with records.RecordWriter(tmp_path / "librispeech_clean-dev-00000-of-00001") as writer:
        writer.write(records.serialize(example))
    problem = librispeech.LibrispeechClean()
    problem.name = "librispeech_clean"
    hparams = registry.hparams("transformer_test")
    hparams.audio_input = "waveform"
    (read,) = pipeline.read_examples(problem, str(tmp_path), "dev", hparams, "eval")
    np.testing.assert_allclose(read["inputs"].numpy().reshape(-1), wave, atol=1e-6)
    assert read["targets"].numpy().tolist() == [ord("A") + 2, 1]


def batches(digits, tmp_path, **values):
    problem = registry.problem("speech_digits")
    problem.generate_data(tmp_path, str(digits), num_workers=1)
    hparams = registry.hparams("transformer_speech_digits")
    for name, value in values.items():
        setattr(hparams, name, value)
    hparams.freeze()
    of_problem = problem.get_hparams(hparams, str(tmp_path))
    assert pipeline.batch_unit(of_problem) == "frames"
    return pipeline.training_batches(problem, of_problem, str(tmp_path), hparams, 1, seed=1)


@pytest.mark.parametrize("audio_input", ["spectral", "waveform"])
def test_batches_count_frames_of_ten_milliseconds(digits, tmp_path, audio_input):
    made_of = batches(digits, tmp_path, batch_size=60, max_length=30, audio_input=audio_input)
    for batch in made_of.take(5):
        shape = batch["inputs"].shape
        assert shape[1] in (9, 10)  # takes of 0.09 and 0.10 seconds
        assert 45 <= shape[0] * shape[1] <= 60
        assert shape[2:] == ((40, 1) if audio_input == "spectral" else (80,))
        assert batch["targets"].shape == (shape[0], 1)


def test_cut_to_the_longest(digits, tmp_path):
    made_of = batches(digits, tmp_path, batch_size=20, max_length=20, max_input_seq_length=5)
    assert next(iter(made_of))["inputs"].shape[1] == 5


def test_the_published_name_of_a_recording():
    source = speech_digits._NAME.search("free-spoken-digit-dataset-1.0.10/recordings/7_jo_32.wav")
    assert source.groups() == ("7", "jo", "32")
    assert sounds.of_file(WAV).rate == 8000
