"""The formats of meetings, by name, with their titles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "aa-discussion": "AA discussion meeting",
        "aa-speaker": "AA speaker meeting",
        "aa-step": "AA step meeting",
        "na": "NA meeting",
        "smart": "SMART Recovery meeting",
        "recovery-dharma": "Recovery Dharma meeting",
        "refuge-recovery": "Refuge Recovery meeting",
        "celebrate-recovery": "Celebrate Recovery meeting",
        "facilitated-group": "Facilitated group",
        "open-circle": "Open circle",
    }
)

DEFAULT_FORMAT = "open-circle"
