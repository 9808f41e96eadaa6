"""pymorphy2 works without `pkg_resources` and without `inspect.getargspec`."""

import subprocess
import sys

from coopex.annotate._pymorphy import constructor_arguments, find_entry_points, forms_of, known_forms

WITHOUT = """
import builtins, sys
real = builtins.__import__
def refuse(name, *rest, **more):
    if name.split(".")[0] in ("pkg_resources", "setuptools"):
        raise ImportError(name)
    return real(name, *rest, **more)
builtins.__import__ = refuse
from coopex.annotate._pymorphy import morph_vocab
vocab = morph_vocab()
print(vocab("визита")[0].normal, repr(vocab._units[0][0]))
"""


def test_the_dictionary_is_found_without_setuptools() -> None:
    done = subprocess.run([sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["визит", "DictionaryAnalyzer()"], done.stderr


def test_entry_points_of_a_group() -> None:
    assert [entry.name for entry in find_entry_points("pymorphy2_dicts")] == ["ru"]
    assert find_entry_points("pymorphy2_dicts", "uk") == []


def test_constructor_arguments() -> None:
    class Unit:
        def __init__(self, second: int, first: int = 1) -> None: ...

    class Plain: ...

    assert constructor_arguments(Unit) == ["first", "second"]
    assert constructor_arguments(Plain) == []


def test_forms() -> None:
    assert known_forms("Сяопин") == ()
    assert known_forms("Визита")[0].normal_form == "визит"
    assert forms_of("Сяопином")
