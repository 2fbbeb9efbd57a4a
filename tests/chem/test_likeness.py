"""Which names a query finds, and which it must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.chem.names import ACCEPT, fold, score

names = st.text(max_size=30).map(fold)


def fit(query: str, name: str) -> float:
    """The score of two names as people write them."""
    return score(fold(query), fold(name))


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("chlorpirifos", "chlorpyrifos"),
        ("clorpirifos", "chlorpyrifos"),
        ("toxafene", "toxaphene"),
        ("lindan", "lindane"),
        ("linadne", "lindane"),
        ("perflourooctanoic acid", "perfluorooctanoic acid"),
        ("perfluoroctanoic acid", "perfluorooctanoic acid"),
        ("hexchlorobenzene", "hexachlorobenzene"),
        ("tributil tin oxide", "tributyltin oxide"),
        ("deildrin", "dieldrin"),
        ("гексахлорбензл", "гексахлорбензол"),
        ("hexachlorobutadiene", "hexachloro-1,3-butadiene"),
        ("HCH", "α-HCH"),
        ("DDT", "p,p'-DDT"),
        ("cypermethrin", "alpha-cypermethrin"),
        ("parathion", "methyl parathion"),
        ("aroclor", "Aroclor 1254"),
        ("PCBs", "PCB"),
        ("pfos", "PFOSF"),
        ("滴滴", "滴滴涕"),
    ],
)
def test_found(query: str, name: str) -> None:
    assert ACCEPT <= fit(query, name) < 100


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("DDT", "DDE"),
        ("pfos", "PFOA"),
        ("pfoas", "PFOS"),
        ("PFHxS", "PFHpS"),
        ("PFTrDA", "PFTeDA"),
        ("SCCPs", "MCCPs"),
        ("2,4-D", "2,4,5-T"),
        ("2,4,5-T", "2,4,6-T"),
        ("aldrin", "dieldrin"),
        ("endrin", "aldrin"),
        ("chlordane", "chlordecone"),
        ("β-hexachlorocyclohexane", "δ-hexachlorocyclohexane"),
        ("hexachlorocyclohexane, alpha", "hexachlorocyclohexane, beta"),
        ("hexabromodiphenyl ether", "heptabromodiphenyl ether"),
        ("tetrachlorobenzene", "trichlorobenzene"),
        ("dichlorobenzene", "chlorobenzene"),
        ("hexachlorobutadiene", "hexafluorobutadiene"),
        ("perfluorodecanoic acid", "perfluorododecanoic acid"),
        ("perfluorotridecanoic acid", "perfluorodecanoic acid"),
        ("perfluorohexane sulfonic acid", "perfluoroheptane sulfonic acid"),
        ("polychlorinated biphenyls", "polybrominated biphenyls"),
        ("polychlorinated biphenyls", "polychlorinated terphenyls"),
        ("short-chain chlorinated paraffins", "long-chain chlorinated paraffins"),
        ("azinphos-methyl", "azinphos-ethyl"),
        ("ethylmercury", "methylmercury"),
        ("diisobutyl phthalate", "dibutyl phthalate"),
        ("sodium arsenite", "sodium arsenate"),
        ("mercury(I) chloride", "mercury(II) chloride"),
        ("1,1-dichloroethane", "1,2-dichloroethane"),
        ("o-dichlorobenzene", "p-dichlorobenzene"),
        ("Aroclor 1254", "Aroclor 1242"),
        ("PCB-153", "PCB-154"),
        ("UV-328", "UV-327"),
        ("methyl parathion", "parathion"),
    ],
)
def test_not_found(query: str, name: str) -> None:
    assert fit(query, name) < ACCEPT
    assert fit(name, name) == 100


def test_the_best_name_comes_first() -> None:
    held = ["chlorpyrifos", "chlorpyrifos-methyl", "chlorfenvinphos", "o-chlorpyrifos"]
    order = sorted(held, key=lambda name: -fit("chlorpyrifos", name))
    assert order[:3] == ["chlorpyrifos", "chlorpyrifos-methyl", "o-chlorpyrifos"]
    right = fit("chlorpirifos", "chlorpyrifos")
    assert right > 85
    assert right > fit("chlorpirifos", "chlorpyrifos-methyl")


def test_exact_beats_prefix_beats_locants_beats_contained() -> None:
    scores = [fit("endosulfan", name) for name in ("Endosulfan", "endosulfan sulfate")]
    scores += [fit("endosulfan", "β-endosulfan"), fit("endosulfan", "technical endosulfan")]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4
    assert scores[1] > 95 > fit("endosulfen", "endosulfan")


@given(names, names)
def test_scores_stay_in_their_range(query: str, name: str) -> None:
    assert 0 <= score(query, name) <= 100
    assert (score(query, name) == 100) == (query == name != "")


@given(names, names.filter(bool))
def test_every_beginning_is_a_prefix(name: str, query: str) -> None:
    assert score(query, query + name) > 95


@given(st.text(min_size=1, max_size=4).map(fold).filter(lambda key: 0 < len(key) <= 4), names)
def test_short_queries_find_only_what_holds_them_at_its_beginning(query: str, name: str) -> None:
    if score(query, name) >= ACCEPT:
        assert query in name or query == f"{name}s"
