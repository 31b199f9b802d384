"""Names built to pass the filter, by rules that are not the filter's own: code points by arithmetic, signs, marks, repeats."""

from __future__ import annotations

import itertools

import pytest

from chatserver.domain.names import checked_name
from chatserver.domain.refusals import Code, Refused
from chatserver.engine.offered_names import offers

WORDS = ("moderator", "facilitator", "admin", "host", "mod", "helpline")


def shifted(capital: int, small: int | None = None) -> dict[str, str]:
    """An alphabet that begins at these code points."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {letter: chr((capital if small is None else small) + n) for n, letter in enumerate(letters)}


ALPHABETS = {
    "fullwidth": shifted(0xFF21, 0xFF41),
    "circled": shifted(0x24B6, 0x24D0),
    "in parentheses": shifted(0x249C),
    "squared": shifted(0x1F130),
    "negative circled": shifted(0x1F150),
    "negative squared": shifted(0x1F170),
    "flags": shifted(0x1F1E6),
    "bold": shifted(0x1D400, 0x1D41A),
    "sans serif": shifted(0x1D5A0, 0x1D5BA),
    "monospace": shifted(0x1D670, 0x1D68A),
    "double struck": shifted(0x1D538, 0x1D552),
    "cyrillic": dict(zip("aceopxyimthkb", "асеорхуімтнкв", strict=True)),
    "greek": dict(zip("optvaiknmh", "ορτναικηмΗ", strict=True)) | {"p": "ρ", "n": "Ν"},
    "small capitals": dict(zip("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", strict=True)),
    "strokes": dict(zip("odhtlb", "øđħŧłƀ", strict=True)),
    "accents": dict(zip("aeiounst", "áéíóúñšť", strict=True)),
    "hooks": dict(zip("dhtfpr", "ɗɦƭƒƥɽ", strict=True)),
    "figures": dict(zip("oieats", "013475", strict=True)),
    "money": dict(zip("aets", "₳€₮$", strict=True)),
}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_in_other_letters(word: str, alphabet: str) -> None:
    name = "".join(ALPHABETS[alphabet].get(letter, letter) for letter in word)
    assert checked_name(name) == Refused(Code.NAME_RESERVED), name
    assert checked_name(f"Anna {name}") == Refused(Code.NAME_RESERVED), f"Anna {name}"


@pytest.mark.parametrize("word", WORDS)
def test_in_a_mixture_of_two(word: str) -> None:
    for one, other in itertools.pairwise(ALPHABETS.values()):
        name = "".join((one, other)[n % 2].get(letter, letter) for n, letter in enumerate(word))
        assert checked_name(name) == Refused(Code.NAME_RESERVED), name


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "between", [" ", ".", "-", "_", "*", "·", "•", "~", "\u200b", "\u200d", "\u2060", "\u00ad", "\u0335", "\u0301", "\ufe0f", "\u3164"]
)
def test_with_something_between_the_letters(word: str, between: str) -> None:
    name = between.join(word)
    assert checked_name(name) in (Refused(Code.NAME_RESERVED), Refused(Code.BAD_NAME)), name


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("around", ["[{}]", "({})", "«{}»", "★{}★", "{}🛡️", "{} ✓", "the {}", "{}#1", "{}7", "{}s", "_{}_", "~{}~", "@{}"])
def test_with_something_around_it(word: str, around: str) -> None:
    assert checked_name(around.format(word)) == Refused(Code.NAME_RESERVED)


@pytest.mark.parametrize("word", WORDS)
def test_with_letters_repeated_or_in_capitals(word: str) -> None:
    for n in range(len(word)):
        repeated = word[:n] + word[n] * 3 + word[n + 1 :]
        assert checked_name(repeated) == Refused(Code.NAME_RESERVED), repeated
    assert checked_name("".join(c.upper() if n % 2 else c for n, c in enumerate(word))) == Refused(Code.NAME_RESERVED)


def test_upside_down() -> None:
    assert checked_name("ɹoʇɐɹǝpoɯ") == Refused(Code.NAME_RESERVED)


@pytest.mark.parametrize(
    "name",
    [
        "Moderador",
        "Modératrice",
        "moderatrice",
        "Gruppenleitung",
        "модератор",
        "Ведущий",
        "МОДЕРАТОР Анна",
        "moderatör",
        "管理员",
        "مشرف",
        "관리자",
        "司会者",
    ],
)
def test_in_other_languages(name: str) -> None:
    assert checked_name(name) == Refused(Code.NAME_RESERVED)


@pytest.mark.parametrize(
    "name", ["Hitler", "H1tler", "h i t l e r", "Нitlеr", "kys", "k.y.s", "KillYourself", "kill_yourself", "nazi", "Kill  Yourself now"]
)
def test_what_only_hurts_cannot_be_shown_not_by_hosts_either(name: str) -> None:
    assert checked_name(name) == Refused(Code.BAD_NAME)
    assert checked_name(name, for_host=True) == Refused(Code.BAD_NAME)


@pytest.mark.parametrize(
    "name",
    [
        *[
            "Ghost",
            "Model",
            "Modesty",
            "Modest Mouse",
            "Hosta",
            "Stafford",
            "Systole",
            "Admiral",
            "Moderate Breeze",
            "Osteria",
            "Tom",
            "Dom",
        ],
        *[
            "Ann3",
            "Anna 4",
            "7 Seas",
            "R2D2",
            "Kym",
            "Kyson",
            "Nazir",
            "Nazım",
            "Hilter",
            "Hit Lerner",
            "Søren",
            "Łukasz",
            "Đorđe",
            "Ħanna",
        ],
        *[
            "Мод",
            "M. O. Doe",
            "J. R. R.",
            "Host​ess"[:3],
            "Support1ve"[:7] + "x",
            "Иван",
            "Мод",
            "Марина",
            "Тимофей",
            "مدينة",
            "管",
            "🇩🇪 Sam",
            "🇲🇽",
        ],
        *["Medea", "Minda", "Tsohar", "Domenica", "Rita", "Thomas", "Moody", "Hoot", "Toast", "Hostage"],
    ],
)
def test_other_names_are_not_taken_from_anybody(name: str) -> None:
    assert checked_name(name) == name


@pytest.mark.parametrize("name", ["Mo D", "Mo D.", "Moo D", "Ky S.", "Naz I.", "Naz L.", "Jo M", "Зоя К."])
def test_a_first_name_and_an_initial_are_ones_own(name: str) -> None:
    assert checked_name(name) == name


@pytest.mark.parametrize("name", ["Mod A.", "Host B", "Mo D 7", "M od", "mo-d", "m🅾 d", "moderato r", "Facilitato R."])
def test_an_initial_hides_no_word_that_is_kept(name: str) -> None:
    assert checked_name(name) == Refused(Code.NAME_RESERVED)


@pytest.mark.parametrize("name", ["Nazi B.", "Hitle R.", "kys a"])
def test_an_initial_hides_nothing_that_hurts(name: str) -> None:
    assert checked_name(name) == Refused(Code.BAD_NAME)


def test_the_cost_of_keeping_words_so_short() -> None:
    assert checked_name("Mood") == Refused(Code.NAME_RESERVED)


def test_every_name_that_is_offered_can_be_had() -> None:
    for name in offers(400):
        assert checked_name(name) == name
