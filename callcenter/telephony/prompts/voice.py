"""Our own voice: espeak-ng, a program of the machine. Without it texts have no sound of ours."""

import shutil
import subprocess
from dataclasses import dataclass

import structlog

from callcenter.telephony.flow.model import Language
from callcenter.telephony.prompts.mandarin import syllables
from callcenter.telephony.prompts.wav import read, resampled, written

log = structlog.get_logger()

PROGRAM = "espeak-ng"
# At one speed for both, the same words take longer in Mandarin.
VOICES: dict[Language, tuple[str, int]] = {"zh": ("cmn-latn-pinyin", 190), "en": ("en-us", 150)}
"""The voice, and its words a minute."""
TIMEOUT_S = 20
NO_VOICE = (
    "[yellow]注意:未安装 espeak-ng,热线提示音没有录音的部分不会发声。"
    "请安装该程序,或上传录音。\n"
    "Warning: espeak-ng is not installed: texts of the hotline without a recording are silent. "
    "Install it, or upload recordings.[/yellow]"
)


@dataclass(frozen=True)
class Voice:
    """The program at this path; None: it is not installed."""

    program: str | None

    @classmethod
    def of_this_machine(cls) -> "Voice":
        """Where it is found, if it is."""
        return cls(shutil.which(PROGRAM))

    def name(self, language: Language) -> str:
        """Names the folder of what it has spoken: another voice speaks all texts anew."""
        voice, speed = VOICES[language]
        return f"{PROGRAM}-{voice}-{speed}"

    def speak(self, text: str, language: Language) -> bytes | None:
        """The text as a file for the line; None when it cannot be spoken, which the log then says.

        Blocks for as long as the program runs: tens of milliseconds a sentence.
        """
        if self.program is None:
            return None
        voice, speed = VOICES[language]
        command = [self.program, "-v", voice, "-s", str(speed)]
        try:
            spoken = subprocess.run(
                [*command, "--stdin", "--stdout"],
                input=(syllables(text) if language == "zh" else text).encode(),
                capture_output=True,
                timeout=TIMEOUT_S,
                check=True,
            )
            samples, rate = read(spoken.stdout)
        except (OSError, subprocess.SubprocessError, ValueError) as failure:
            log.warning("prompt_not_spoken", error=repr(failure))
            return None
        return written(resampled(samples, rate))
