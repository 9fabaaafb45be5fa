from collections import Counter, defaultdict
from datetime import date

from medalloc.domain.places import SPECIALTIES
from sample_data.simulate import stock
from sample_data.simulate.chance import stream
from tests.sample_data.conftest import SHIPPED, read

TODAY = date(2026, 3, 10)


def test_about_120_drugs_with_an_atc_code_each() -> None:
    rows = list(stock.drug_rows())
    assert 110 <= len(rows) <= 140
    assert all(5 <= len(str(row["atc"])) <= 7 and str(row["atc"])[0].isalpha() for row in rows)
    assert {row["ven"] for row in rows} == {"V", "E", "N"}
    assert {row["storage"] for row in rows} == {"ambient", "cold", "frozen", "controlled"}


def test_regimens_name_specialties_and_shares_of_their_patients() -> None:
    rows = stock.regimens()
    assert {row["condition"] for row in rows} <= set(SPECIALTIES)
    assert all(0 < float(str(row["share"])) <= 1 for row in rows)
    assert len({(row["drug_id"], row["condition"], row["level"]) for row in rows}) == len(rows)


def test_wards_never_get_more_than_they_ask_for_and_now_and_then_less() -> None:
    rows = read(SHIPPED / "hospital", "usage")
    missing = [int(row["requested"]) - int(row["issued"]) for row in rows]
    assert min(missing) == 0
    assert 5 <= sum(units > 0 for units in missing) <= 60
    assert len({row["date"] for row in rows}) == stock.USAGE_DAYS


def test_every_used_drug_has_some_stock_and_the_planted_ones_hardly_any() -> None:
    on_hand: Counter[str] = Counter()
    for lot in read(SHIPPED / "hospital", "lots"):
        if lot["quarantined"] == "false" and date.fromisoformat(lot["expires"]) > TODAY:
            on_hand[lot["drug_id"]] += int(lot["units"])
    recent: defaultdict[str, float] = defaultdict(float)
    for row in read(SHIPPED / "hospital", "usage"):
        if (TODAY - date.fromisoformat(row["date"])).days <= 28:
            recent[row["drug_id"]] += int(row["requested"]) / 28
    short = {stock.drug_ids()[name] for name in stock.SHORT}
    pack = {row["drug_id"]: int(row["pack_size"]) for row in read(SHIPPED / "hospital", "drugs")}
    for drug_id, daily in recent.items():
        assert on_hand[drug_id] > 0, drug_id
        if drug_id in short:
            assert on_hand[drug_id] / daily < 8 or on_hand[drug_id] == pack[drug_id]


def test_some_lots_are_expired_and_some_held_back() -> None:
    lots = read(SHIPPED / "hospital", "lots")
    assert sum(date.fromisoformat(lot["expires"]) < TODAY for lot in lots) == 5
    assert sum(lot["quarantined"] == "true" for lot in lots) == 3


def test_orders_are_due_and_substitutes_differ() -> None:
    assert all(row["due"] > TODAY for row in stock.draw_orders(TODAY, stream(2)))  # type: ignore[operator]
    assert all(row["drug_id"] != row["substitute_id"] for row in stock.substitute_rows())
