"""Plainly fictional people: a first name and a tree, bird, stone, colour or herb."""

from __future__ import annotations

from random import Random

_FEMALE = (
    "Ada Beryl Clover Daphne Elsie Flora Greta Hazel Iris Juno Kestra Linnea Mabel Nell Opal Pearl "
    "Quilla Rosa Sorrel Thea Una Verity Willa Xanthe Yara Zelda Amina Bao Chanda Dilys Esi Farida Gita "
    "Hana Ines Jaya Kasia Leila Mei Noor"
).split()
_MALE = (
    "Abel Basil Cyril Dexter Edmund Felix Gil Hugo Ivor Jasper Kit Linus Milo Ned Otis Piers Quentin "
    "Rufus Silas Tobias Umber Victor Wilf Xavier York Zeb Amir Bola Chen Dev Emeka Farid Gopal Hamza "
    "Idris Jun Kofi Lech Musa Nikhil"
).split()
_LAST = (
    "Alder Ash Aspen Beech Birch Cedar Elm Fir Hawthorn Hazelwood Hornbeam Juniper Larch Laurel Linden "
    "Maple Oakley Poplar Rowan Spruce Sycamore Teak Willow Yew Avocet Bittern Bunting Curlew Dunnock "
    "Egret Falcon Finch Goldcrest Heron Jackdaw Kestrel Lapwing Linnet Magpie Nightjar Osprey Plover "
    "Redstart Sandpiper Siskin Starling Swift Tern Thrush Wagtail Wren Amber Azure Cobalt Copper Coral "
    "Crimson Ebony Flint Garnet Granite Indigo Jade Lilac Marble Ochre Onyx Russet Saffron Sienna Slate "
    "Teal Topaz Basilwood Bracken Chervil Comfrey Fennel Foxglove Heather Mallow Tansy Teasel Thyme "
    "Yarrow"
).split()


def draw_name(rng: Random, sex: str) -> str:
    """First and last name, such as "Basil Heron"."""
    first = _FEMALE if sex == "female" else _MALE if sex == "male" else _FEMALE + _MALE
    return f"{rng.choice(first)} {rng.choice(_LAST)}"
