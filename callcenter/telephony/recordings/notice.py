"""What a caller is told before his talk is recorded."""

from callcenter.telephony.flow.acts import Spoken
from callcenter.telephony.flow.model import Language

NOTICE: dict[Language, str] = {
    "zh": "为保证服务质量,本次通话可能会被录音。",
    "en": "This call may be recorded for quality.",
}


def notice(language: str) -> Spoken:
    """In the caller's language. A studio recording of these words goes over our own voice."""
    spoken: Language = "en" if language == "en" else "zh"
    return Spoken(text=NOTICE[spoken], language=spoken)
