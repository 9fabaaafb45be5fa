"""The search for a bed plan over arrays: relaxation and bound, small PuLP models, neighbourhoods, processes."""
