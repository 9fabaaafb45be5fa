"""Write the data folder of an invented hospital: `generate.py --beds 300 --seed 7 --out DIR`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

if __package__ in (None, ""):  # run as a file, not as a module: the folder above is then not on the path
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sample_data.simulate import MAX_BEDS, MIN_BEDS, simulate


def main(arguments: list[str] | None = None) -> int:
    """Write the folder and say in one line what stands in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--beds", type=int, required=True, help=f"{MIN_BEDS} to {MAX_BEDS}")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--chinese-share", type=float, default=0.0, help="share of patients with notes in Chinese, 0 to 1"
    )
    options = parser.parse_args(arguments)
    if not 0 <= options.chinese_share <= 1:
        parser.error(f"--chinese-share must be 0 to 1, not {options.chinese_share}")
    if not MIN_BEDS <= options.beds <= MAX_BEDS:
        parser.error(f"--beds must be {MIN_BEDS} to {MAX_BEDS}, not {options.beds}")
    hospital = simulate(beds=options.beds, seed=options.seed, chinese_share=options.chinese_share)
    hospital.write(options.out)
    print(f"{hospital.name}: {options.beds} beds, {len(hospital.stays)} patients → {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
