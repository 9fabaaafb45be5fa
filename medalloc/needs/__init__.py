"""What each patient needs, read from notes, vital signs and the record, with the sentences that prove it.

>>> encoder = CachedEncoder(MiniLmEncoder, cache, key)            # doctest: +SKIP
>>> needs = read_needs(snapshot, encoder)                         # doctest: +SKIP
>>> needs["P0042"].by_name[NeedName.OXYGEN].evidence[0].quote     # doctest: +SKIP
"""

from medalloc.needs.cache import CachedEncoder, EmbeddingCache
from medalloc.needs.encoder import Encoder, HashEncoder
from medalloc.needs.heads import Heads, load_heads
from medalloc.needs.news2 import NewsScore, news2
from medalloc.needs.reader import read_needs

__all__ = [
    "CachedEncoder",
    "EmbeddingCache",
    "Encoder",
    "HashEncoder",
    "Heads",
    "NewsScore",
    "load_heads",
    "news2",
    "read_needs",
]
