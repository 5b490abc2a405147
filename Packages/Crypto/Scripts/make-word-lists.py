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
LANGUAGES = [
    "english", "chinese_simplified", "dutch", "esperanto", "french", "german",
    "italian", "japanese", "lojban", "portuguese", "russian", "spanish",
]
# Where clients take fewer characters of a word than wallets do, whose prefix length the package has.
CLIENT_PREFIX_LENGTHS = {"esperanto": 3, "japanese": 3, "russian": 3}
WORD_COUNT = 1626

TEMPLATE = """\
// Written by Scripts/make-word-lists.py.

extension WordList {{
    /// {description}
    public static let {name} = WordList(
        name: "{english_name}", nativeName: "{native_name}", prefixLength: {prefix_length},{wallet_prefix_length}
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
    wallet_prefix_length = attributes["unique_prefix_length"]
    prefix_length = CLIENT_PREFIX_LENGTHS.get(language, wallet_prefix_length)
    check(words, prefix_length)
    name = language.title().replace("_", "")
    native_name = attributes["language_name"]
    indent = " " * 12
    text = textwrap.fill(
        " ".join(words), 120, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )
    source = TEMPLATE.format(
        name=name[0].lower() + name[1:],
        description="The list that clients use." if language == "english" else f"The list of {attributes['english_language_name']}.",
        english_name=attributes["english_language_name"],
        native_name=native_name[0] if isinstance(native_name, tuple) else native_name,
        prefix_length=prefix_length,
        wallet_prefix_length=f" walletPrefixLength: {wallet_prefix_length}," if wallet_prefix_length != prefix_length else "",
        text=text,
    )
    (TARGET / f"WordList+{name}.swift").write_text(source, encoding="utf-8")


for language in LANGUAGES:
    write(language)
