"""Every text that a flow says, with the steps that say it."""

from dataclasses import dataclass

from callcenter.telephony.flow.acts import Spoken
from callcenter.telephony.flow.model import Flow, Language, texts
from callcenter.telephony.prompts.store import Prompts, digest_of

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class FlowText:
    """One text in one language; the same words in two steps are one text."""

    digest: str
    language: Language
    text: str
    steps: tuple[str, ...]


def texts_of(flow: Flow) -> list[FlowText]:
    """In the order of the steps. What holds a number of minutes has no sound before it is known."""
    found: dict[str, FlowText] = {}
    for step in flow.steps:
        for words in texts(step):
            for language in LANGUAGES:
                text = words.of(language)
                if "{" in text:
                    continue
                digest = digest_of(text, language)
                before = found[digest].steps if digest in found else ()
                steps = before if step.id in before else (*before, step.id)
                found[digest] = FlowText(digest, language, text, steps)
    return list(found.values())


async def speak_all(prompts: Prompts, flow: Flow) -> int:
    """Speaks what has no sound yet, one after the other; answers how many are left without any."""
    left = 0
    for one in texts_of(flow):
        left += await prompts.ready(Spoken(text=one.text, language=one.language)) is None
    return left
