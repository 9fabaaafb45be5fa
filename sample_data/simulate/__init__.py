"""An invented hospital at one moment, every field drawn from the hidden state of its patients."""

from sample_data.simulate.hospital import MAX_BEDS, MIN_BEDS, SimulatedHospital, simulate

__all__ = ["MAX_BEDS", "MIN_BEDS", "SimulatedHospital", "simulate"]
