"""`python -m medalloc`."""

import sys

from medalloc.cli import main

if __name__ == "__main__":
    sys.exit(main())
