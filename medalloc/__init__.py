"""medalloc: decide with people how a hospital's beds, staff and drugs are used."""

__version__ = "0.1.0"
