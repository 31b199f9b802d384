"""What a group agrees to when it has not written its own. In our own words."""

DEFAULT_GUIDELINES = (
    "Speak from “I”: your own experience, not somebody else’s.",
    "Ask before you advise. Listening is help.",
    "What is said here stays here. Nobody is identified, judged or recorded.",
    "This is not treatment and gives no medical advice. Prescribed medication is not judged.",
)
