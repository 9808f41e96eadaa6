"""Paths over dependency trees: what each step takes, on small trees written by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from coopex.matching.lexicon import expand_classes, roles
from coopex.matching.paths import Path, Step, parse_path, prepositions, walk
from coopex.matching.tree import Tree
from parses import vocab

Row = tuple[str, str, str, int, str]


def tree(*rows: Row) -> Doc:
    """Make a Doc of (word, part of speech, relation, head, features or lemma=…)."""
    return Doc(
        vocab("en"),
        words=[row[0] for row in rows],
        pos=[row[1] for row in rows],
        deps=[row[2] for row in rows],
        heads=[row[3] for row in rows],
        lemmas=[row[0].lower() for row in rows],
        morphs=[row[4] for row in rows],
    )


@pytest.fixture
def doc() -> Doc:
    """A tree in which Li and Wu, who came from Ufa, visited plants in Perm and in Tula."""
    return tree(
        ("Li", "PROPN", "nsubj", 2, "Number=Sing"),
        ("Wu", "PROPN", "conj", 0, "Number=Sing"),
        ("visited", "VERB", "root", 2, "Tense=Past"),
        ("plants", "NOUN", "obj", 2, "Number=Plur"),
        ("in", "ADP", "case", 5, ""),
        ("Perm", "PROPN", "obl", 2, "Case=Loc"),
        ("according", "VERB", "case", 8, ""),
        ("to", "ADP", "fixed", 6, ""),
        ("Tass", "PROPN", "obl", 2, "Case=Dat"),
        ("and", "CCONJ", "cc", 10, ""),
        ("left", "VERB", "conj", 2, "Tense=Past"),
        ("yesterday", "NOUN", "obl", 10, ""),
    )


def reach(doc: Doc, start: str, path: str) -> list[str]:
    token = next(token for token in Tree(doc) if token.text == start)
    return [found.text for found in walk(token, parse_path(path))]


# --- parsing ---------------------------------------------------------------------------------------


def test_path_is_parsed_into_steps() -> None:
    assert parse_path("<conj >obl[case=by|with,pos=PROPN]") == Path(
        "<conj >obl[case=by|with,pos=PROPN]",
        (
            Step(False, frozenset({"conj"}), ()),
            Step(
                True,
                frozenset({"obl"}),
                (("case", frozenset({"by", "with"})), ("pos", frozenset({"PROPN"}))),
            ),
        ),
        to_subject=False,
        takes_shared_subject=False,
    )


def test_relations_may_have_subtypes_and_alternatives() -> None:
    assert parse_path(">nsubj:pass|nsubj").steps[0].relations == {"nsubj:pass", "nsubj"}


def test_prepositions_of_several_words_stay_whole() -> None:
    assert parse_path(">obl[case=according to|by]").steps[0].conditions == (
        ("case", frozenset({"according to", "by"})),
    )


@pytest.mark.parametrize("path", ["nsubj", ">nsubj obj", ">", "", ">obl[case=by", "^nsubj", ">nsubj > obj"])
def test_bad_path_is_named(path: str) -> None:
    with pytest.raises(ValueError, match="is not of the form") as caught:
        parse_path(path)
    assert repr(path) in str(caught.value)


def test_bad_step_is_named() -> None:
    with pytest.raises(ValueError, match=r"step '>obl\[case=by' of path '>nsubj >obl\[case=by'"):
        parse_path(">nsubj >obl[case=by")


STEPS = st.sampled_from([">nsubj", "<conj", ">obl[case=in]", ">obj[pos=NOUN]"])


@given(st.lists(STEPS, min_size=1, max_size=5))
def test_any_sequence_of_steps_is_parsed(steps: list[str]) -> None:
    parsed = parse_path(" ".join(steps))
    assert [step.down for step in parsed.steps] == [step.startswith(">") for step in steps]


# --- walking ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "path", "reached"),
    [
        ("visited", ">nsubj", ["Li"]),
        ("visited", ">nsubj >conj", ["Wu"]),
        ("visited", ">obj|nsubj", ["Li", "plants"]),
        ("visited", ">obl", ["Perm", "Tass"]),
        ("visited", ">obl[case=in]", ["Perm"]),
        ("visited", ">obl[case=to]", []),
        ("visited", ">obl[case=according to]", ["Tass"]),
        ("visited", ">obl[Case=Dat]", ["Tass"]),
        ("visited", ">obl[Case=Dat,case=in]", []),
        ("visited", ">obj[pos=PROPN]", []),
        ("visited", ">obj[lemma=plants|farms]", ["plants"]),
        ("left", ">obl[case=none]", ["yesterday"]),
        ("left", "<conj", ["visited"]),
        ("left", "<conj >nsubj", ["Li"]),
        ("left", "<advcl >nsubj", []),
        ("Perm", "<obl[pos=VERB]", ["visited"]),
        ("Perm", "<obl[pos=NOUN]", []),
        ("Wu", "<conj <nsubj >obj", ["plants"]),
        ("visited", "<root", []),
    ],
)
def test_walk(doc: Doc, start: str, path: str, reached: list[str]) -> None:
    assert reach(doc, start, path) == reached


def test_prepositions(doc: Doc) -> None:
    found = {token.text: prepositions(token) for token in Tree(doc) if prepositions(token)}
    assert found == {"Perm": ["in"], "Tass": ["according to"]}


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("<conj >nsubj", True),
        ("<conj >nsubj:pass", True),
        ("<xcomp >nsubj", True),
        ("<ccomp >nsubj", True),
        ("<obl >nsubj", False),
        (">nsubj", False),
        ("<conj >obj", False),
    ],
)
def test_coordinated_and_governing_verbs_share_their_subject(path: str, shared: bool) -> None:
    assert parse_path(path).takes_shared_subject is shared


# --- the roles that rules use ----------------------------------------------------------------------


def test_classes_are_expanded_in_conditions() -> None:
    assert "гость" in expand_classes(">nsubj[lemma=@guests]")
    assert "@" not in expand_classes(">nsubj[lemma=@groups|@guests]")


def test_unknown_class_is_an_error() -> None:
    with pytest.raises(KeyError, match="no_such_class"):
        expand_classes(">nsubj[lemma=@no_such_class]")


def test_roles_have_only_forms_that_triggers_take() -> None:
    assert {form for forms in roles().values() for form in forms} <= {"active", "passive", "noun"}


def test_no_role_has_a_path_twice_for_one_form() -> None:
    for role, forms in roles().items():
        for form, paths in forms.items():
            texts = [path.text for path in paths]
            assert len(texts) == len(set(texts)), f"{role}, {form}"
