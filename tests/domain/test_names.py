"""Pseudonyms: look-alikes are refused, reserved words are kept for those who lead, people of every script find a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.domain import commands as c
from chatserver.domain import names
from chatserver.domain.names import checked_name, skeletons
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Role
from chatserver.domain.state import RoomState
from tests.domain.rooms import accepted, after, circle, empty, joining, only_event, why_not

ALIKE = [
    ("Anna", "anna"),
    ("Anna", "ANNA"),
    ("Anna", "Аnnа"),  # Cyrillic А, а
    ("Anna", "Αnna"),  # Greek Α
    ("Anna", "Ａｎｎａ"),  # fullwidth
    ("Anna", "𝐀𝐧𝐧𝐚"),  # mathematical
    ("Anna", "Ⓐnna"),
    ("Anna", "An\u200bna"),  # zero-width space
    ("Anna", "An\u200dna"),  # zero-width joiner
    ("Anna", "An\u00adna"),  # soft hyphen
    ("Anna", "Anna\u2060"),
    ("Anna", "\u202eAnna"),
    ("Anna", "A n n a"),
    ("Anna", "An-na"),
    ("Anna", "Anna."),
    ("Anna", "Ânna"),
    ("Anna", "An\u0308na"),
    ("Anna", "@nna"),
    ("Mary", "rnary"),
    ("Mary", "RNARY"),
    ("Morning", "rnoming"),
    ("Will", "vvill"),
    ("Dora", "clora"),
    ("lily", "Iily"),
    ("Lily", "1ily"),
    ("Lily", "|i1y"),
    ("Bill", "BiII"),
    ("Bob", "B0b"),
    ("Bob", "Bоb"),  # Cyrillic о
    ("Bob", "Bοb"),  # Greek ο
    ("Sun", "5un"),
    ("Sun", "$un"),
    ("Peter", "Реtеr"),
    ("Dave", "Daνe"),  # Greek ν
    ("Paul", "Paυl"),  # Greek υ
    ("Nina", "Νina"),  # Greek Ν
    ("Hans", "Нans"),  # Cyrillic Н
    ("Joe", "Јое"),
    ("Скай", "Cкaй"),  # Latin C and a
    ("Катя", "катя"),
    ("НИНА", "нина"),
    ("Νίκη", "ΝΙΚΗ"),
    ("Νίκη", "νίκη"),
    ("Straße", "STRASSE"),
    ("ﬁona", "Fiona"),
    ("안녕", "안녕"),  # composed and decomposed
    ("محمد", "مُحَمَّد"),
]


@pytest.mark.parametrize(("one", "other"), [*ALIKE, *((b, a) for a, b in ALIKE)])
def test_a_name_that_looks_like_one_that_is_there_is_taken(one: str, other: str) -> None:
    state = after(empty(), None, joining("a", one))
    assert why_not(state, None, joining("b", other)) is Code.NAME_TAKEN


@pytest.mark.parametrize(
    "others", [("Anna", "Hanna", "Ana", "Annabel"), ("River", "Rivet"), ("🌊", "🌸"), ("李", "王"), ("Ира", "Яра"), ("Kim 2", "Kim 3")]
)
def test_names_that_differ_to_the_eye_can_be_had_side_by_side(others: tuple[str, ...]) -> None:
    state = empty()
    for n, name in enumerate(others):
        state = after(state, None, joining(f"n{n}", name))
    assert {s.name for s in state.seats.values()} == set(others)


@pytest.mark.parametrize(
    "name",
    [
        "Ann",
        "Zoë",
        "Jean-Luc",
        "O’Neill",
        "Mary Ann",
        "Łukasz",
        "Нина",
        "Νίκη",
        "محمد",
        "نرگس",
        "שרה",
        "राम",
        "தமிழ்",
        "สมชาย",
        "ត្រី",
        "李明",
        "さくら",
        "민준",
        "ნინო",
        "Անի",
        "አበበ",
        "ᏣᎳᎩ",
        "བསྟན",
        "🌊",
        "👩🏽‍🚀 Sam",
        "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
        "Ghost",
        "Model",
        "Stafford",
        "Modesty",
        "x" * 32,
    ],
)
def test_names_of_many_scripts_are_taken_as_they_are(name: str) -> None:
    assert checked_name(name) == name


@pytest.mark.parametrize(
    "name", ["", " ", "\n\t", "\u200b", "\u200d\u200e", "\u3164", "\u2800\u2800", "\u0301", "x" * 33, "half \ud83d", "\udc00", "…", "---"]
)
def test_a_name_that_shows_nothing_is_too_long_or_broken_is_refused(name: str) -> None:
    expected = {"…", "---"}  # signs show something: they are a name like any other
    result = checked_name(name)
    assert result == (name if name in expected else Refused(Code.BAD_NAME))


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Ann  ", "Ann"),
        ("Ann\nLee", "Ann Lee"),
        ("Ann\u2028Lee", "Ann Lee"),
        ("\u202eAnn", "Ann"),
        ("A\u0007nn", "Ann"),
        ("Zoe\u0308", "Zoë"),
        ("e" + "\u0323\u0324\u0325\u0330\u0331\u0332\u0333", "ẹ̤̥̰̱"),
    ],
)
def test_a_name_is_shown_cleaned_and_on_one_line(typed: str, cleaned: str) -> None:
    assert checked_name(typed) == cleaned


RESERVED = [
    "Moderator",
    "moderator",
    "MODERATOR",
    "Mоderator",  # Cyrillic о
    "Ｍｏｄｅｒａｔｏｒ",
    "m o d e r a t o r",
    "rnoderator",
    "M0derator",
    "Moderator Ann",
    "Ann the Moderator",
    "Ann_Moderator",
    "Ann-Moderator",
    "Ann.Moderator",
    "Ann/Mod",
    "Ann·Host",
    "(Host) Ann",
    "[mod]",
    "Mod🌊",
    "ModeratorAnn",
    "Moderator2",
    "host5",
    "Mods",
    "Facilitator",
    "Faci1itator",
    "Adm|n",
    "ADMIN",
    "Аdmin",
    "system",
    "5ystem",
    "Server",
    "Helpline",
    "Peer Support",
    "Staff",
    "Operator",
    "chat server",
]


@pytest.mark.parametrize("name", RESERVED)
def test_reserved_names_are_refused_to_guests(name: str) -> None:
    assert why_not(empty(), None, joining("a", name)) is Code.NAME_RESERVED
    assert why_not(circle(), "mo", c.Rename("ann", name)) is Code.NAME_RESERVED


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.FACILITATOR])
@pytest.mark.parametrize("name", ["Moderator Ann", "Host", "Facilitator"])
def test_those_who_lead_may_use_reserved_names(role: Role, name: str) -> None:
    assert name_of(empty(), joining("a", name, granted=role)) == name


@pytest.mark.parametrize("role", [Role.MEMBER, Role.LISTENER])
def test_a_members_key_reserves_no_name(role: Role) -> None:
    assert why_not(empty(), None, joining("a", "Host Ann", role, granted=Role.MEMBER)) is Code.NAME_RESERVED


def test_a_reserved_name_is_cleaned_too() -> None:
    assert name_of(empty(), joining("a", "\u202eHost\u0007  Ann", granted=Role.MODERATOR)) == "Host Ann"


def test_a_host_too_cannot_have_the_name_of_another_host() -> None:
    state = after(empty(), None, joining("a", "Host Ann", granted=Role.MODERATOR))
    assert why_not(state, None, joining("b", "H0st Аnn", granted=Role.FACILITATOR)) is Code.NAME_TAKEN


def name_of(state: RoomState, join: c.Join) -> str:
    return after(state, None, join).seats[join.seat].name


def test_a_guest_without_a_name_gets_the_first_offered_one_that_is_free() -> None:
    state = after(empty(), None, joining("a", "Quiet River"))
    state = after(state, None, joining("b", "SiIver Lantern"))
    assert name_of(state, joining("g", offers=("Quiet River", "Silver Lantern", "Patient Heron"))) == "Patient Heron"


def test_where_all_offered_names_are_taken_nobody_gets_anothers() -> None:
    state = after(empty(), None, joining("a", "Quiet River"))
    assert why_not(state, None, joining("g", offers=("Quiet River", "quiet river"))) is Code.NAME_TAKEN
    assert why_not(state, None, c.Join("g", b"t", None, (), None, None, None)) is Code.NAME_TAKEN


def test_one_who_waits_in_the_lobby_has_their_name_already() -> None:
    assert why_not(circle(), None, joining("new", "guest wes")) is Code.NAME_TAKEN


@pytest.mark.parametrize("gone", [c.Leave(), None])
def test_a_name_is_free_again_when_its_seat_is_gone(gone: c.Leave | None) -> None:
    state = after(circle(), "ann", gone) if gone else after(circle(), "mo", c.Remove("ann"))
    assert name_of(state, joining("new", "Guest ann")) == "Guest ann"


class TestRename:
    def test_the_old_name_is_free_and_the_new_one_taken(self) -> None:
        state = after(circle(), "mo", c.Rename("ann", "Quiet River"))
        assert state.seats["ann"].name == "Quiet River"
        assert name_of(state, joining("new", "Guest ann")) == "Guest ann"
        assert why_not(state, None, joining("new", "quiet river")) is Code.NAME_TAKEN

    def test_to_the_name_of_another_is_refused(self) -> None:
        assert why_not(circle(), "mo", c.Rename("ann", "GUEST BOB")) is Code.NAME_TAKEN

    def test_to_another_spelling_of_the_own_name_is_possible(self) -> None:
        state = after(circle(), "mo", c.Rename("ann", "GUEST ANN"))
        assert state.seats["ann"].name == "GUEST ANN"
        assert set(skeletons("Guest ann")) <= set(state.names)

    def test_to_the_same_name_is_no_news(self) -> None:
        assert accepted(circle(), "mo", c.Rename("ann", "Guest ann")) == ()

    def test_reaches_one_who_waits(self) -> None:
        assert after(circle(), "mo", c.Rename("wes", "Quiet River")).seats["wes"].name == "Quiet River"

    def test_of_somebody_who_is_not_there_is_refused(self) -> None:
        assert why_not(circle(), "mo", c.Rename("gone", "Quiet River")) is Code.NO_SUCH_SEAT

    @pytest.mark.parametrize("name", ["", "\u200b", "x" * 33])
    def test_to_what_is_no_name_is_refused(self, name: str) -> None:
        assert why_not(circle(), "mo", c.Rename("ann", name)) is Code.BAD_NAME

    def test_shows_in_the_next_message(self) -> None:
        state = after(circle(), "mo", c.Rename("ann", "Quiet River"))
        assert "Quiet River" in repr(only_event(accepted(state, "ann", c.Send("m1", "hello"))))


def test_nothing_holds_a_name_beyond_its_room() -> None:
    """A cache of skeletons would: for as long as the process lives."""
    assert not [key for key, value in vars(names).items() if hasattr(value, "cache_info")]


@given(st.text(st.characters(max_codepoint=127), max_size=40))
def test_a_name_in_ascii_has_the_skeleton_that_the_rules_for_all_scripts_give_it(name: str) -> None:
    by_look = names._letters(names._bare(name.translate(names._FOLD)))
    by_case = names._letters(names._bare(names._bare(name).casefold()))
    assert skeletons(name) == tuple(dict.fromkeys(s for s in (by_look, by_case) if s))
