from medalloc.ingest.limits import DEFAULT_LIMITS, Limits


def test_default_lets_a_fifty_megabyte_file_in_and_a_bomb_out():
    assert Limits() == DEFAULT_LIMITS
    assert 50_000_000 < DEFAULT_LIMITS.max_bytes < 1_000_000_000
    assert 30 < DEFAULT_LIMITS.max_ratio < 1_000
