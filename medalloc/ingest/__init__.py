"""Any source → a hospital snapshot and a list of what is wrong with it.

>>> files = read_folder(Path("sample_data/hospital"))     # or read_zip(upload)      # doctest: +SKIP
>>> loaded = load(files)                                                             # doctest: +SKIP
>>> loaded.snapshot.at, loaded.issues, loaded.loaded                                 # doctest: +SKIP
"""

from medalloc.ingest.archive import pack, read_zip
from medalloc.ingest.folder import read_folder
from medalloc.ingest.limits import Limits
from medalloc.ingest.loader import load
from medalloc.ingest.report import Loaded, Reject

__all__ = ["Limits", "Loaded", "Reject", "load", "pack", "read_folder", "read_zip"]
