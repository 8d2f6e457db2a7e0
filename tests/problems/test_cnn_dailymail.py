"""News and highlights from miniatures of the archives of stories."""

import hashlib

import pytest
from archive_files import write_archive, write_files
from contracts import run_problem_test
from generated import few_shards

from t2t_lite import registry
from t2t_lite.data import tfds_source
from t2t_lite.errors import T2TError

STORY = """(CNN) -- {0} happened

A person said "so"

A caption

@highlight

It happened: {0}

@highlight

A person said so.
"""
ARTICLE = '(CNN) -- {0} happened. A person said "so" A caption.'
HIGHLIGHTS = "It happened: {0}. A person said so."
PARTS = {"train": "all_train.txt", "dev": "all_val.txt", "test": "all_test.txt"}


def address(publisher, split, i):
    return f"http://web.archive.org/web/{publisher}/{split}/{i}.html"


def story_name(publisher, url):
    return f"{publisher}/stories/{hashlib.sha1(url.encode()).hexdigest()}.story"


def expected(split, count=4):
    names = ("cnn", "dailymail")
    events = [f"{publisher} {split} {i}" for publisher in names for i in range(count)]
    return [
        {"inputs": ARTICLE.format(event), "targets": HIGHLIGHTS.format(event)} for event in events
    ]


@pytest.fixture
def tmp_dir(tmp_path):
    directory = tmp_path / "tmp"
    lists = dict.fromkeys(PARTS.values(), "")
    for publisher in ("cnn", "dailymail"):
        stories = {story_name(publisher, "unlisted"): STORY}
        for split, name in PARTS.items():
            for i in range(4):
                url = address(publisher, split, i)
                lists[name] += f"{url}\n"
                stories[story_name(publisher, url)] = STORY.format(f"{publisher} {split} {i}")
            url = address(publisher, split, "without an article")
            lists[name] += f"{url}\n"
            stories[story_name(publisher, url)] = "\n@highlight\n\nNothing more\n"
        write_archive(directory / f"{publisher}_stories.tgz", stories)
    return write_files(directory, lists)


def test_contract(tmp_dir, tmp_path, monkeypatch):
    problem_class = few_shards(monkeypatch, "summarize_cnn_dailymail32k")
    run_problem_test(problem_class, tmp_path, tmp_dir)


def samples(tmp_dir, split):
    problem = registry.problem("summarize_cnn_dailymail32k")
    return list(problem.generate_samples("", str(tmp_dir), split))


@pytest.mark.parametrize("split", PARTS)
def test_stories_of_each_list(tmp_dir, split):
    assert samples(tmp_dir, split) == expected(split)


def test_vocabularies_see_articles_and_highlights(tmp_dir):
    problem = registry.problem("summarize_cnn_dailymail32k")
    for publisher in ("cnn", "dailymail"):
        path = tmp_dir / f"{publisher}_stories.tgz"
        path.rename(tmp_dir / f"{publisher}.old")
    urls = [address("cnn", "train", i) for i in range(30)]
    stories = {story_name("cnn", url): STORY.format(url) for url in urls}
    write_archive(tmp_dir / "cnn_stories.tgz", stories)
    write_archive(tmp_dir / "dailymail_stories.tgz", {"dailymail/stories/0.story": STORY})
    write_files(tmp_dir, {"all_train.txt": "\n".join(urls)})
    texts = list(problem.generate_text_for_vocab("", tmp_dir))
    assert len(texts) == 6  # of 60
    assert {text.startswith("(CNN)") for text in texts} == {True, False}


def test_a_missing_story(tmp_dir):
    lost = address("cnn", "train", 99)
    path = tmp_dir / "all_train.txt"
    path.write_text(f"{path.read_text()}{lost}\n")
    name = hashlib.sha1(lost.encode()).hexdigest()
    match = rf"1 stories of all_train\.txt are not in cnn_stories\.tgz and .* as {name}\.story"
    with pytest.raises(T2TError, match=match):
        samples(tmp_dir, "train")


def test_an_archive_is_missing(tmp_dir):
    (tmp_dir / "dailymail_stories.tgz").unlink()
    with pytest.raises(T2TError, match=r"no file dailymail_stories\.tgz in"):
        samples(tmp_dir, "dev")


def test_tensorflow_datasets_if_no_archive_is_there(tmp_path, monkeypatch):
    def examples(name, split, tmp_dir, instead):
        assert (name, instead) == ("cnn_dailymail", "cnn_stories.tgz and dailymail_stories.tgz")
        yield {"article": "An article.", "highlights": f"One.\n{split}."}

    monkeypatch.setattr(tfds_source, "examples", examples)
    for split in ("train", "dev", "test"):
        expected = {"inputs": "An article.", "targets": f"One. {split}."}
        assert samples(tmp_path, split) == [expected]
