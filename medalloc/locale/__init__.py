"""Words in the reader's language.

English is the language of the source; `zh_Hans` stands beside it. The language comes from an injected provider, so that
callbacks and fragments read it as pages do.
"""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

LANGUAGES = {"en": "English", "zh_Hans": "简体中文"}

_provider: list[Callable[[], str]] = [lambda: "en"]


def use_language(provider: Callable[[], str]) -> None:
    """Ask `provider` for the language code from now on."""
    _provider[0] = provider


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("medalloc", Path(__file__).parent, [language], fallback=True)


def language() -> str:
    """The reader's language code; English where the asked one is not there."""
    code = _provider[0]()
    return code if code in LANGUAGES else "en"


def gettext(message: str) -> str:
    """The message in the reader's language."""
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The message for this count in the reader's language."""
    return _catalogue(language()).ngettext(one, many, count)
