"""Words that nobody's name may be, or hold: those by which a stranger would speak as a host or as the software, and a few that only hurt.

They are few, since every one of them takes a name from somebody: a word stands here where it has no other use as a name in that language.
Slurs are not listed. No list of them is ever whole, it would have to be kept in many languages, and hosts rename in two taps.
"""

from __future__ import annotations

# Who leads, and what runs here. As a whole word of a name.
RESERVED: dict[str, tuple[str, ...]] = {
    "en": ("admin", "facilitator", "helpline", "host", "mod", "moderator", "operator", "server", "staff", "support", "system"),
    "product": ("chatserver", "administrator"),
    "de": ("moderatorin", "leitung", "gruppenleitung", "notruf", "verwaltung"),
    "es": ("moderador", "moderadora", "facilitador", "facilitadora", "administrador", "administradora", "anfitrión"),
    "fr": ("modérateur", "modératrice", "animateur", "animatrice", "administrateur"),
    "it": ("moderatore", "moderatrice", "facilitatore", "amministratore"),
    "nl": ("beheerder", "gespreksleider"),
    "pl": ("moderatorka", "prowadzący", "prowadząca"),
    "pt": ("mediador", "mediadora", "anfitrião", "administração"),
    "ru": ("админ", "администратор", "модератор", "ведущий", "ведущая"),
    "tr": ("moderatör", "yönetici"),
    "uk": ("адмін", "адміністратор", "ведучий", "ведуча"),
    "ar": ("مشرف", "مدير"),
    "hi": ("मॉडरेटर",),
    "ja": ("管理人", "司会者"),
    "ko": ("관리자", "진행자"),
    "zh": ("管理员", "主持人"),
}
# Nobody is called so within a longer word either ("ModeratorAnna").
TELLING = ("administrator", "chatserver", "facilitator", "helpline", "moderator", "moderador", "модератор", "администратор")
# Said to people in crisis, each is a blow: to wish somebody dead, and whose name stands for murder. Anywhere in the name.
REFUSED = ("killyourself", "hangyourself", "hitler", "heilhitler")
# The same, where it is a whole word: too short to look for within others.
REFUSED_WORDS = ("kys", "nazi")
