"""The words of a hospital: frozen dataclasses and enums, standard library only."""
