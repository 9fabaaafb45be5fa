from medalloc.needs.news2 import news2
from medalloc.needs.vital_features import PARTS, vital_features
from tests.needs.small import vitals


def test_points_by_measurement_and_that_there_are_any() -> None:
    score = news2(vitals("p", pulse=118, on_oxygen=True))
    [found, missing] = vital_features([score, None]).tolist()
    assert dict(zip(PARTS, found, strict=False)) == {**dict.fromkeys(PARTS, 0.0), "oxygen": 2.0, "pulse": 2.0}
    assert (found[-1], missing) == (1.0, [0.0] * 8)
