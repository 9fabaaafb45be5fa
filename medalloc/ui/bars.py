"""Small bars as HTML in which nothing of the data is markup: a range of days, and the weight of sentences."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from medalloc.domain.needs import Evidence

RANGE_STYLE = (
    "<style>.range{position:relative;height:12px;margin:6px 2px 0;border-bottom:1px solid #768692}"
    ".range b{position:absolute;height:9px;top:1px;background:#56B4E9;border:1px solid #768692}"
    ".range u{position:absolute;width:3px;height:15px;top:-2px;margin-left:-1px;background:currentColor}</style>"
)
EVIDENCE_STYLE = (
    "<style>.proof{display:grid;grid-template-columns:1fr 3em 5em;gap:4px 10px;align-items:center}"
    ".proof q{overflow-wrap:anywhere}.proof span{text-align:right;font-variant-numeric:tabular-nums}"
    ".proof b{height:8px;background:#0072B2;border:1px solid #768692}.proof b.against{background:#E69F00}</style>"
)


def range_html(low: float, middle: float, high: float, *, scale: float) -> str:
    """HTML of a bar from `low` to `high` with a tick at `middle`, on a line from 0 to `scale`.

    >>> range_html(1, 2, 4, scale=10).count("left:")
    2
    """
    first, tick, last = (100 * min(1.0, max(0.0, value / scale)) for value in (low, middle, high))
    bar = f'<b style="left:{first:.1f}%;width:{max(1.0, last - first):.1f}%"></b><u style="left:{tick:.1f}%"></u>'
    return f'{RANGE_STYLE}<div class="range" aria-hidden="true">{bar}</div>'


def evidence_html(pieces: Sequence[Evidence]) -> str:
    """HTML of sentences with their weight as number and bar, the weightiest first; a rule's weigh nothing."""
    most = max((abs(piece.contribution) for piece in pieces), default=0.0)
    rows = (_row(piece, most) for piece in sorted(pieces, key=lambda piece: -abs(piece.contribution)))
    return f'{EVIDENCE_STYLE}<div class="proof">{"".join(rows)}</div>'


def _row(piece: Evidence, most: float) -> str:
    quote = f"<q>{escape(piece.quote.strip())}</q>"
    if not piece.contribution:
        return f"{quote}<span></span><i></i>"
    kind = ' class="against"' if piece.contribution < 0 else ""
    share = 100 * abs(piece.contribution) / most
    return f'{quote}<span>{piece.contribution:+.1f}</span><b{kind} style="width:{share:.0f}%"></b>'
