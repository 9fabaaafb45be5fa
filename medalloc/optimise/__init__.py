"""Plans for beds, rosters and stock, each with the bound beside it; the only importer of PuLP."""
