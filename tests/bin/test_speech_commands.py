"""Sounds from a folder to what was said: trained, evaluated, and decoded from files."""

import made_sounds as made
import numpy as np
import pytest
from archive_files import write_files

from t2t_lite import registry
from t2t_lite.bin import t2t_decoder, t2t_list, t2t_trainer
from t2t_lite.decoding.speech import SpeechDecoder
from t2t_lite.training.loading import load

TONES = {"low": 300, "high": 1500}
SMALL = (
    "batch_size=200,max_length=60,hidden_size=16,filter_size=16,num_heads=2,num_hidden_layers=1,"
    "audio_filters=4,audio_num_mel_bins=12,learning_rate_warmup_steps=1,"
    "learning_rate_constant=0.02,num_encoder_layers=0,num_decoder_layers=0,label_smoothing=0,"
    "layer_prepostprocess_dropout=0"
)


def sound(rng, name):
    loud = rng.uniform(0.2, 0.8)
    noise = rng.normal(scale=0.02, size=1200)
    return made.pcm(made.tone(TONES[name], 0.15, loud=loud) + noise)


def train(root, problem, model, hparams_set, steps):
    registry.problem(problem).generate_data(root / "data", root / "in", num_workers=1)
    flags = [
        f"--problem={problem}",
        f"--model={model}",
        f"--hparams_set={hparams_set}",
        f"--hparams={SMALL}",
        f"--data_dir={root / 'data'}",
        f"--output_dir={root / 'run'}",
        f"--train_steps={steps}",
        f"--local_eval_frequency={steps}",
    ]
    assert t2t_trainer.run(["t2t-trainer", *flags]) == 0
    return root / "run"


def decode(run, *flags):
    return t2t_decoder.run(["t2t-decoder", f"--output_dir={run}", *flags])


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    root, rng = tmp_path_factory.mktemp("classes"), np.random.default_rng(0)
    members = {
        f"{split}/{name}/{i}.wav": sound(rng, name)
        for split in ("train", "dev", "test")
        for name in TONES
        for i in range(6)
    }
    write_files(root / "in", members)
    return train(root, "speech_folder", "transformer_encoder", "transformer_speech_digits", 30)


def test_classes_of_a_folder_with_a_damaged_file(classes, tmp_path, capfd):
    rng = np.random.default_rng(1)
    write_files(
        tmp_path / "in",
        {"b/1.wav": sound(rng, "low"), "a.wav": sound(rng, "high"), "cut.wav": b"RIFF", "x.md": ""},
    )
    assert decode(classes, f"--decode_from_file={tmp_path / 'in'}", "--top_classes=1") == 0
    said = capfd.readouterr()
    lines = [line.split("\t") for line in said.out.strip().split("\n")]
    expected = [[str(tmp_path / "in/a.wav"), "high"], [str(tmp_path / "in/b/1.wav"), "low"]]
    assert [line[:2] for line in lines] == expected
    assert "cut.wav is left out, for it is no WAV file." in said.err


def test_classes_of_a_split(classes, capfd):
    assert decode(classes, "--eval_use_test_set") == 0
    assert "test accuracy 1.0000" in capfd.readouterr().out
    assert (classes / "decodes" / "test.confusion.csv").exists()


def test_there_is_nothing_to_hear(classes, tmp_path, capfd):
    assert decode(classes, f"--decode_from_file={tmp_path / 'no.wav'}") == 2
    assert "There is no WAV file and no folder" in capfd.readouterr().err


@pytest.fixture(scope="module")
def ctc(tmp_path_factory):
    root, rng = tmp_path_factory.mktemp("ctc"), np.random.default_rng(0)
    members = {}
    for split in ("train", "dev", "test"):
        for i in range(32 if split == "train" else 8):
            name = ("low", "high")[i % 2]
            members[f"{split}/{i}.wav"] = sound(rng, name)
            members[f"{split}/{i}.txt"] = name[0]
    write_files(root / "in", members)
    name = "transformer_speech_strings_ctc"
    return train(root, "speech_transcripts", "transformer_encoder", name, 250)


@pytest.mark.parametrize("beam", [1, 3])
def test_what_is_said_in_a_split(ctc, capfd, beam):
    assert decode(ctc, "--eval_use_test_set", f"--decode_hparams=beam_size={beam}") == 0
    said = capfd.readouterr().out
    assert "test wer =   0.00  WER|tok:none|case:mixed" in said
    assert "test exact_match = 100.00" in said
    for path in (ctc / "decodes").glob(f"test.beam{beam}*.decodes"):
        assert sorted(path.read_text().split()) == ["h"] * 4 + ["l"] * 4


def test_what_is_said_in_files(ctc, tmp_path, capfd):
    place = ctc.parent / "in" / "test" / "3.wav"
    assert decode(ctc, f"--decode_from_file={place}") == 0
    assert capfd.readouterr().out == f"{place}\th\n"
    out = tmp_path / "out.tsv"
    flags = ("--decode_hparams=beam_size=2,return_beams=true", f"--decode_to_file={out}")
    assert decode(ctc, f"--decode_from_file={place.parent}", *flags) == 0
    lines = [line.split("\t") for line in out.read_text().strip().split("\n")]
    assert [line[1] for line in lines] == ["l", "h"] * 4
    assert {len(line) for line in lines} == {3}
    assert decode(ctc, "--decode_interactive") == 2
    assert "With pictures and sounds there are --decode_from_file" in capfd.readouterr().err


def test_the_others_in_a_batch_do_not_matter(ctc):
    """Neither for the encoder alone nor, untrained, for a decoder."""
    translator = load(str(ctc))
    rng = np.random.default_rng(0)
    inputs = [rng.normal(size=(n, 12, 1)).astype(np.float32) for n in (9, 40, 23)]
    decoder = translator.decoder
    assert isinstance(decoder, SpeechDecoder)
    together = decoder.hypotheses(inputs)
    for x, (hypothesis, *_) in zip(inputs, together, strict=True):
        ((alone, *_),) = decoder.hypotheses([x])
        assert alone.text == hypothesis.text
        assert alone.score == pytest.approx(hypothesis.score, abs=1e-3)


def test_the_list_shows_them(ctc, capsys):
    flags = [f"--data_dir={ctc.parent / 'data'}"]
    assert t2t_list.run(["t2t-list", "problem", "speech_transcripts", *flags]) == 0
    said = capsys.readouterr().out
    assert "0.15 seconds, 16000 samples per second" in said
    assert "--hparams_set=transformer_librispeech" in said
