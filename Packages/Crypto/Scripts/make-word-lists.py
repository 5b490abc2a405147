#!/usr/bin/env python3
"""Writes the word lists of recovery phrases as Swift source.

    pip install monero==1.1.1
    Packages/Crypto/Scripts/make-word-lists.py

The lists are data of the Python package "monero" (BSD 3-clause). Its modules are read as text, not run.
"""

import ast
import importlib.util
import pathlib
import textwrap
import unicodedata

TARGET = pathlib.Path(__file__).parent.parent / "Sources/SessionCrypto/RecoveryPhrase/Words"
LANGUAGES = ["english"]
WORD_COUNT = 1626

TEMPLATE = """\
// Written by Scripts/make-word-lists.py.

extension WordList {{
    /// The list that clients use.
    public static let {name} = WordList(
        name: "{english_name}", nativeName: "{native_name}", prefixLength: {prefix_length},
        text: \"\"\"
{text}
            \"\"\")
}}
"""


def read(language):
    """The class attributes of a word list's module."""
    package = pathlib.Path(importlib.util.find_spec("monero").submodule_search_locations[0])
    tree = ast.parse((package / "wordlists" / f"{language}.py").read_text(encoding="utf-8"))
    body = next(node.body for node in tree.body if isinstance(node, ast.ClassDef))
    return {node.targets[0].id: ast.literal_eval(node.value) for node in body if isinstance(node, ast.Assign)}


def check(words, prefix_length):
    assert len(words) == WORD_COUNT
    assert len({word.lower()[:prefix_length] for word in words}) == WORD_COUNT


def write(language):
    attributes = read(language)
    words = [unicodedata.normalize("NFC", word) for word in attributes["word_list"]]
    check(words, attributes["unique_prefix_length"])
    indent = " " * 12
    source = TEMPLATE.format(
        name=language,
        english_name=attributes["english_language_name"],
        native_name=attributes["language_name"],
        prefix_length=attributes["unique_prefix_length"],
        text=textwrap.fill(" ".join(words), 120, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False),
    )
    (TARGET / f"WordList+{language.title()}.swift").write_text(source, encoding="utf-8")


for language in LANGUAGES:
    write(language)
