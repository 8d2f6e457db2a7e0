"""Scores of files, by the real command."""

import json
import os
import re
import shutil

import pytest

from t2t_lite.bin import t2t_bleu
from t2t_lite.decoding import scoring


def bleu_command(*flags):
    return t2t_bleu.run(["t2t_bleu.py", *map(str, flags)])


def values(text):
    """Label -> number, of every `LABEL =  12.34` at the start of a line or after `: `."""
    found = re.findall(r"^(?:.*: )?(\w+) = +(\S+)", text, re.MULTILINE)
    return {label: float(number) for label, number in found}


@pytest.fixture
def pair(tmp_path):
    (tmp_path / "hyp.txt").write_text("The cat sat on a mat.\nBlue, very blue - it is!\nlow\n")
    (tmp_path / "ref.txt").write_text("The cat sat on the mat.\nBlue, very blue - it IS!\nlow\n")
    return tmp_path / "hyp.txt", tmp_path / "ref.txt"


def test_equals_tensor2tensors_command(shared_dir, capsys):
    reference = shared_dir / "reference" / "t2t"
    expected = json.loads((reference / "bleu.json").read_text())
    files = reference / "bleu_hyp.txt", reference / "bleu_ref.txt"
    scores = scoring.score_file(*map(str, files))
    assert scores["BLEU_cased"].value == pytest.approx(expected["cased"], abs=1e-4)
    assert scores["BLEU_uncased"].value == pytest.approx(expected["uncased"], abs=1e-4)
    assert bleu_command(f"--translation={files[0]}", f"--reference={files[1]}") == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"BLEU_uncased = {expected['uncased']:6.2f}  ")
    assert f"\nBLEU_cased = {expected['cased']:6.2f}  " in printed


def test_every_score_has_its_signature(pair, capsys):
    flags = f"--translation={pair[0]}", f"--reference={pair[1]}"
    assert bleu_command(*flags, "--metrics=intl,13a,chrf,ter", "--bleu-variant=cased") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["BLEU_cased", "BLEU_13a_cased", "chrF", "TER"]
    assert all("|nrefs:1|case:" in line and "|version:" in line for line in lines)
    assert "|tok:intl|" in lines[0] and "|tok:13a|" in lines[1]
    assert bleu_command(*flags) == 0
    both = values(capsys.readouterr().out)
    assert both["BLEU_uncased"] > both["BLEU_cased"] > 0


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ("--translation={hyp} --reference={long}", r"hyp\.txt has 3 lines but .*long\.txt has 4"),
        ("--translation={hyp} --reference={hyp}x", "There is no file .*hyp.txtx"),
        ("--translation={hyp} --reference={bad}", r"bad\.txt, line 2: this is not UTF-8"),
        ("--translation={hyp}", "--reference=FILE"),
        ("--reference={hyp}", "Say either --translation=FILE or"),
        ("--translation={hyp} --reference={hyp} --metrics=chrff", "Did you mean 'chrf'"),
        ("--translation={hyp} --reference={hyp} --bleu_variant=case", "Did you mean 'cased'"),
        ("--translations_dir={hyp}x --reference={hyp}", "There is no directory"),
    ],
)
def test_mistakes_give_one_sentence_and_code_2(pair, capsys, flags, message):
    folder = pair[0].parent
    (folder / "long.txt").write_text("a\nb\nc\nd\n")
    (folder / "bad.txt").write_bytes(b"a\nb\xff\nc\n")
    paths = {"hyp": pair[0], "long": folder / "long.txt", "bad": folder / "bad.txt"}
    assert bleu_command(*flags.format(**paths).split()) == 2
    error = capsys.readouterr().err
    assert re.search(message, error) and error.count("\n") == 1


def scalars(event_dir):
    """(step, wall time, tag, value) of everything in an event file."""
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    found = []
    for name in sorted(os.listdir(event_dir)):
        if name.startswith("events"):
            for event in EventFileLoader(os.path.join(event_dir, name)).Load():
                for value in event.summary.value:
                    number = value.simple_value or sum(value.tensor.float_val)
                    found.append((event.step, event.wall_time, value.tag, number))
    return found


def test_a_directory_by_step_and_only_what_is_new(pair, tmp_path, capsys):
    folder, events = tmp_path / "translations", tmp_path / "events"
    folder.mkdir()
    for step, source in ((200, pair[1]), (1000, pair[0])):
        shutil.copyfile(source, folder / f"model-{step}")
        os.utime(folder / f"model-{step}", (1e9 + step, 1e9 + step))
    (folder / "notes-old.txt").write_text("not a translation")
    flags = [f"--translations_dir={folder}", f"--reference={pair[1]}", f"--event_dir={events}"]
    flags += ["--bleu_variant=cased", "--tag_suffix=_b4"]
    assert bleu_command(*flags) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [f"{folder}/model-200", f"{folder}/model-1000"]
    assert values(lines[0]) == {"BLEU_cased": 100.0}

    found = scalars(events)
    assert [(step, time, tag) for step, time, tag, _ in found] == [
        (0, 1e9 + 200, "BLEU_cased_b4"),
        (200, 1e9 + 200, "BLEU_cased_b4"),
        (1000, 1e9 + 1000, "BLEU_cased_b4"),
    ]
    assert [value for *_, value in found[:2]] == pytest.approx([0, 100])
    assert f"{found[2][3]:.2f}" == f"{values(lines[1])['BLEU_cased']:.2f}"

    shutil.copyfile(pair[0], folder / "model-1500")
    assert bleu_command(*flags) == 0
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        f"{folder}/model-1500"
    ]


def test_waits_for_the_next_file(pair, tmp_path, monkeypatch):
    naps = []

    def sleep(seconds):
        naps.append(seconds)
        if len(naps) == 2:
            shutil.copyfile(pair[0], tmp_path / "model-7")

    monkeypatch.setattr(scoring.time, "sleep", sleep)
    monkeypatch.setattr(scoring.time, "monotonic", lambda: 10.0 * len(naps))
    found = list(scoring.step_files(str(tmp_path), wait_minutes=1))
    assert [file.step for file in found] == [7]
    assert len(naps) == 2 + 6  # the file came after 2, and a minute is 6 more
