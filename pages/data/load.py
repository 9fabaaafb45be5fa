"""Data → Load: the sample or one's own files, with a report before anything is replaced."""

from medalloc.ui.views import load

load.choose()
load.report()
load.columns()
