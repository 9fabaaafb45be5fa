from medalloc.domain.progress import OnProgress, Progress


def test_work_asks_whether_to_go_on():
    def until_half(progress: Progress) -> bool:
        return progress.share is None or progress.share < 0.5

    ask: OnProgress = until_half
    steps = (Progress("build"), Progress("solve", 0.4, 12.0, 9.5), Progress("solve", 0.6))
    assert [ask(step) for step in steps] == [True, True, False]
