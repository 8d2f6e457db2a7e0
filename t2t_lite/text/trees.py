"""Constituency trees: bracketed as in the Penn Treebank, and written as a line of labels.

The line is that of Vinyals et al. (2015, arXiv:1412.7449), as Tensor2Tensor writes it: "NP" where
a phrase begins and "/NP" where it ends, in between the tags of its words. Neither the words
nor the outer bracket of a tree ("TOP", "ROOT", or without a label) are in it:

    (TOP (S (NP (DT the) (NN cat)) (VP (VBZ sleeps)) (. .)))
    S NP DT NN /NP VP VBZ /VP . /S
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator

from t2t_lite.errors import T2TError

EMPTY = "-NONE-"
"""The tag of what is not heard, such as traces."""

OUTER = frozenset({"", "TOP", "ROOT", "S1"})
"""Labels of the bracket around a tree."""

_PIECE = re.compile(r"[()]|[^\s()]+")
_FUNCTION = re.compile(r"(?<=.)[-=].*")


@dataclasses.dataclass
class Tree:
    """A phrase with its parts; or, with `word`, a tag and its word.

    `word` is None for a phrase, and "" for a tag whose word is not known.
    """

    label: str
    children: list[Tree] = dataclasses.field(default_factory=list)
    word: str | None = None

    @property
    def is_tag(self) -> bool:
        """Whether this is a word, no phrase."""
        return self.word is not None

    def leaves(self) -> Iterator[Tree]:
        """The words with their tags, from left to right."""
        if self.is_tag:
            yield self
        for child in self.children:
            yield from child.leaves()

    def __str__(self) -> str:
        content = self.word if self.word is not None else " ".join(map(str, self.children))
        return f"({self.label} {content})"


def read(lines: Iterable[str], name: str) -> Iterator[Tree]:
    """The trees of a file, each with an outer bracket, over any number of lines.

    A tree without an outer bracket, `(S …)`, gets one. `name` is for errors.

    Raises:
      T2TError: brackets do not match, a phrase is empty, a word has no tag (with the line).
    """
    stack: list[Tree] = []
    started = 0  # the line on which the present tree begins
    labelled = True  # whether the last thing read may not be followed by a label
    for number, line in enumerate(lines, 1):
        for piece in _PIECE.findall(line):
            if piece == "(":
                started = started if stack else number
                stack.append(Tree(""))
                labelled = False
            elif piece == ")":
                tree = _closed(stack, f"{name}, line {number}")
                labelled = True
                if not stack:
                    yield tree if tree.label in OUTER else Tree("", [tree])
            elif not stack:
                raise T2TError(f"{name}, line {number}: {piece!r} stands outside of any bracket.")
            elif not labelled:
                stack[-1].label = piece
                labelled = True
            elif stack[-1].children or stack[-1].word is not None:
                raise T2TError(
                    f"{name}, line {number}: {piece!r} has no tag; a word is written (TAG word)."
                )
            else:
                stack[-1].word = piece
    if stack:
        raise T2TError(f"{name}: the tree that begins on line {started} is not closed.")


def _closed(stack: list[Tree], place: str) -> Tree:
    """Takes the innermost open bracket away and puts it in the next one."""
    if not stack:
        raise T2TError(f"{place}: this bracket closes, but none is open.")
    tree = stack.pop()
    if tree.word is None and not tree.children:
        raise T2TError(f"{place}: the bracket {tree.label!r} has nothing in it.")
    if stack:
        if stack[-1].is_tag:
            raise T2TError(
                f"{place}: the word {stack[-1].word!r} and a bracket stand in one bracket."
            )
        stack[-1].children.append(tree)
    return tree


def without_traces(tree: Tree) -> Tree | None:
    """A copy without empty elements, and without phrases that hold nothing else; None if all do.

    Labels of phrases lose their functions and indices: "NP-SBJ-1" becomes "NP", "S=2" "S". Tags of
    words stay as they are.
    """
    if tree.is_tag:
        return None if tree.label == EMPTY else tree
    children = [kept for child in tree.children if (kept := without_traces(child))]
    return Tree(_FUNCTION.sub("", tree.label), children) if children else None


def words(tree: Tree) -> str:
    """The words of a tree with blanks between."""
    return " ".join(leaf.word or "" for leaf in tree.leaves())


def linear(tree: Tree) -> str:
    """The line of labels of what stands in the outer bracket."""
    return " ".join(label for child in tree.children for label in _labels(child))


def _labels(tree: Tree) -> Iterator[str]:
    yield tree.label
    if not tree.is_tag:
        for child in tree.children:
            yield from _labels(child)
        yield f"/{tree.label}"


def phrase_labels(lines: Iterable[str]) -> set[str]:
    """The labels that are closed somewhere in lines of labels: phrases; the others are tags."""
    return {label[1:] for line in lines for label in line.split() if is_end(label)}


def is_end(label: str) -> bool:
    """Whether a label of a line says where a phrase ends."""
    return len(label) > 1 and label.startswith("/")


def from_linear(line: str, phrases: Collection[str]) -> tuple[Tree, bool]:
    """The tree of a line of labels, mended if it is none.

    "/X" ends the innermost open X, and with it what is open inside of that; it is left out if no X
    is open. What is open at the end of the line ends there. Phrases without words are left
    out.

    Args:
      phrases: labels of phrases; any other is a word's tag.
    Returns:
      The tree, with an outer bracket, and whether nothing had to be mended.
    """
    stack = [Tree("")]
    is_sound = True
    for label in line.split():
        if not is_end(label):
            tree = Tree(label, word=None if label in phrases else "")
            stack[-1].children.append(tree)
            if not tree.is_tag:
                stack.append(tree)
            continue
        opened = [tree.label for tree in stack[1:]]
        if label[1:] not in opened:
            is_sound = False
            continue
        while (closed := stack.pop()).label != label[1:]:
            is_sound = False
        is_sound = is_sound and bool(closed.children)
    is_sound = is_sound and len(stack) == 1 and bool(stack[0].children)
    return without_traces(stack[0]) or Tree(""), is_sound
