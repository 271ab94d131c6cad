"""The words that are translated: found in templates and Python, kept in locale/, compiled without GNU gettext.

A string is found where it is wrapped: the functions of django.utils.translation by whatever name a module imports them,
and the tags of `{% load i18n %}`. What nobody wrapped is found by walking the pages (tests/house).
"""

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.conf import settings
from django.template.base import Lexer, TokenType
from django.utils.text import smart_split
from django.utils.translation import trim_whitespace

from clinic.notify import kinds

ROOT = Path(__file__).resolve().parents[2]
APPS = ("clinic", "intake", "sessions", "followup")
# function of django.utils.translation -> which arguments are context, singular, plural
WRAPPERS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
TAG = re.compile(r"""</?[a-z][^>]*>""")
CONSTANT = re.compile(r"""_\((?P<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")
HEADER = {
    "Project-Id-Version": "Tideline",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


@dataclass
class Text:
    """One text to translate and the files that say it."""

    msgid: str
    context: str | None = None
    plural: str = ""
    files: set = field(default_factory=set)

    @property
    def key(self):
        return (self.context, self.msgid)


def extract():
    """Every wrapped text of the product, by (context, msgid)."""
    found = {}
    for path in sorted(ROOT.joinpath("templates").rglob("*.*")):
        _add(found, path, of_template(path.read_text(encoding="utf-8")))
    _add(found, ROOT / "clinic/notify/kinds.py", map(Text, kinds.to_translate()))
    for app in APPS:
        for path in sorted(ROOT.joinpath(app).rglob("*.py")):
            if not {"migrations", "dev"} & set(path.relative_to(ROOT).parts):
                _add(found, path, of_python(path.read_text(encoding="utf-8")))
    return found


def _add(found, path, texts):
    for text in texts:
        known = found.setdefault(text.key, text)
        known.plural = known.plural or text.plural
        known.files.add(path.relative_to(ROOT).as_posix())


# ---- Python
def of_python(source):
    """The texts of one module; a wrapped expression that is no plain string is found where it is made."""
    tree = ast.parse(source)
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            text = _called(node, *WRAPPERS[names[node.func.id]])
            if text:
                yield text


def _imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from ((n.asname or n.name, n.name) for n in node.names if n.name in WRAPPERS)


def _called(node, context, singular, plural):
    said = [arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None for arg in node.args]
    if len(said) <= singular or said[singular] is None:
        return None
    return Text(said[singular], None if context is None else said[context], said[plural] if plural else "")


# ---- templates
def of_template(source):
    """The texts of one template: translate, blocktranslate and _("...") inside any tag."""
    tokens = iter(Lexer(source).tokenize())
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR):
            continue
        yield from (Text(_unquoted(match["quoted"])) for match in CONSTANT.finditer(token.contents))
        bits = list(smart_split(token.contents))
        if token.token_type == TokenType.BLOCK and bits[0] in ("translate", "trans") and bits[1][0] in "\"'":
            yield Text(_unquoted(bits[1]), _context(bits))
        elif token.token_type == TokenType.BLOCK and bits[0] in ("blocktranslate", "blocktrans"):
            yield _block(tokens, bits)


def _unquoted(quoted):
    return ast.literal_eval(quoted).replace("%", "%%")


def _context(bits):
    return ast.literal_eval(bits[bits.index("context") + 1]) if "context" in bits else None


def _block(tokens, bits):
    said, part = {"one": "", "many": ""}, "one"
    for token in tokens:
        if token.token_type == TokenType.BLOCK and token.contents.startswith("end"):
            break
        if token.token_type == TokenType.BLOCK:
            part = "many"
        elif token.token_type == TokenType.VAR:
            said[part] += f"%({token.contents})s"
        else:
            said[part] += token.contents.replace("%", "%%")
    if "trimmed" in bits:
        said = {name: trim_whitespace(text) for name, text in said.items()}
    return Text(said["one"], _context(bits), said["many"])


# ---- the files in locale/
def folder(language):
    """Where the words of a language lie."""
    return ROOT / "locale" / language / "LC_MESSAGES"


def languages():
    """Every language that needs words: all but the one the sources are written in."""
    return [code for code, _ in settings.LANGUAGES if code != "en"]


def load(language):
    """The .po file of a language; an empty one where there is none yet."""
    path = folder(language) / "django.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    po = polib.POFile(wrapwidth=110)
    po.metadata = HEADER | {"Language": language}
    return po


def update(language):
    """Bring the .po file up to date with the sources and compile it; returns how many texts wait for words."""
    texts, old = extract(), {(entry.msgctxt, entry.msgid): entry for entry in load(language)}
    po = polib.POFile(wrapwidth=110)
    po.metadata = HEADER | {"Language": language}
    for key in sorted(texts, key=lambda key: (min(texts[key].files), key[1], key[0] or "")):
        po.append(_entry(texts[key], old.get(key)))
    folder(language).mkdir(parents=True, exist_ok=True)
    po.save(str(folder(language) / "django.po"))
    po.save_as_mofile(str(folder(language) / "django.mo"))
    return len(po.untranslated_entries())


def _entry(text, old):
    places = [(name, "") for name in sorted(text.files)]
    entry = polib.POEntry(msgid=text.msgid, msgctxt=text.context, occurrences=places)
    if text.plural:
        entry.msgid_plural = text.plural
        entry.msgstr_plural = dict(old.msgstr_plural) if old and old.msgstr_plural else {0: "", 1: ""}
    else:
        entry.msgstr = old.msgstr if old else ""
    if "%(" in text.msgid:
        entry.flags.append("python-format")
    if old:
        entry.tcomment = old.tcomment
        entry.flags += [flag for flag in old.flags if flag == "fuzzy"]
    return entry


# ---- what is wrong
def problems(language):
    """All that is missing or wrong with a language, one sentence each; empty when it is complete."""
    texts, entries = extract(), {(entry.msgctxt, entry.msgid): entry for entry in load(language) if not entry.obsolete}
    found = [f"No words for “{key[1]}” ({min(texts[key].files)})." for key in texts if key not in entries]
    found += [f"“{key[1]}” is said nowhere any more." for key in entries if key not in texts]
    for key, entry in entries.items():
        found += [f"“{key[1]}”: {what}" for what in _wrong(entry, texts.get(key))]
    return found + _stale(language, entries)


def _wrong(entry, text):
    if "fuzzy" in entry.flags:
        yield "marked as doubtful."
    if text and bool(text.plural) != bool(entry.msgid_plural):
        yield "singular and plural do not match the source."
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(words.strip() for words in said):
        yield "not translated."
        return
    for words in said:
        allowed = [_parts(entry.msgid), _parts(entry.msgid_plural)] if entry.msgid_plural else [_parts(entry.msgid)]
        if _parts(words) not in allowed:
            yield f"other placeholders or tags in “{words}”."


def _parts(text):
    """What a translation must repeat: placeholders, and tags but for their order."""
    names = sorted(a or b for a, b in PLACE.findall(text or ""))
    return names, sorted(TAG.findall(text or "")), text.startswith("\n"), text.endswith("\n")


def _stale(language, entries):
    path = folder(language) / "django.mo"
    if not path.exists():
        return ["The compiled file is missing: run manage.py translations."]
    compiled = {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in polib.mofile(str(path))}
    written = {key: (e.msgstr, e.msgstr_plural) for key, e in entries.items()}
    return [] if compiled == written else ["The compiled file is not that of the words: run manage.py translations."]
