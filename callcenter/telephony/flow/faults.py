"""What may be wrong with a flow: codes, and their words in both languages."""

from dataclasses import dataclass, field
from enum import StrEnum


class FlowFault(StrEnum):
    """Codes of the check. They are API and are not renamed."""

    STEP_TWICE = "step_twice"
    TARGET_UNKNOWN = "target_unknown"
    PATH_ENDS_NOWHERE = "path_ends_nowhere"
    UNREACHABLE = "unreachable"
    WAITS_FOR_NOTHING = "waits_for_nothing"
    NO_WAY_OUT_AT_SILENCE = "no_way_out_at_silence"
    SILENCE_GOES_ROUND = "silence_goes_round"
    GATHER_WITHOUT_KEYS = "gather_without_keys"
    LANGUAGE_MISSING = "language_missing"
    PLACE_HOLDER_UNKNOWN = "place_holder_unknown"
    WAIT_TOLD_WITHOUT_QUEUE = "wait_told_without_queue"
    RESCUE_TOO_FAR = "rescue_too_far"
    LINK_SENT_AGAIN = "link_sent_again"
    FALLBACK_WAITS = "fallback_waits"
    HOURS_UNREADABLE = "hours_unreadable"
    TRANSFER_WHERE = "transfer_where"
    NUMBER_UNREADABLE = "number_unreadable"


F = FlowFault

WORDS: dict[FlowFault, tuple[str, str]] = {
    F.STEP_TWICE: ("步骤“{step}”出现了两次。", 'There are two steps "{step}".'),
    F.TARGET_UNKNOWN: (
        "步骤“{step}”的“{exit}”指向不存在的“{target}”。",
        'Step "{step}", {exit}: there is no step "{target}".',
    ),
    F.PATH_ENDS_NOWHERE: (
        "步骤“{step}”的“{exit}”没有下一步:通话必须以排队、转接或挂断结束。",
        'Step "{step}", {exit}: nothing follows. A call ends in a queue, a transfer or a hang-up.',
    ),
    F.UNREACHABLE: (
        "没有通话会走到步骤“{step}”。",
        'No call ever comes to step "{step}".',
    ),
    F.WAITS_FOR_NOTHING: (
        "步骤“{step}”处在一个不等待任何按键的循环里。",
        'Step "{step}" goes round without waiting for anything.',
    ),
    F.NO_WAY_OUT_AT_SILENCE: (
        "步骤“{step}”没有说明无按键时怎么办。",
        'Step "{step}" does not say what comes when no key is pressed.',
    ),
    F.SILENCE_GOES_ROUND: (
        "一直不按键的来电会在步骤“{step}”兜圈子。",
        'Who presses no key goes round in step "{step}" for ever.',
    ),
    F.GATHER_WITHOUT_KEYS: (
        "步骤“{step}”等待按键,却没有一个按键。",
        'Step "{step}" waits for a key and has none.',
    ),
    F.LANGUAGE_MISSING: (
        "步骤“{step}”缺少“{language}”的文字。",
        'Step "{step}" has no text in "{language}".',
    ),
    F.PLACE_HOLDER_UNKNOWN: (
        "步骤“{step}”里的“{name}”没有意义;可用:{known}。",
        'Step "{step}": "{name}" means nothing here. Known: {known}.',
    ),
    F.WAIT_TOLD_WITHOUT_QUEUE: (
        "步骤“{step}”播报等候时间,但之后没有直接进入排队。",
        'Step "{step}" tells how long the wait is, but does not lead straight to a queue.',
    ),
    F.RESCUE_TOO_FAR: (
        "从步骤“{step}”到救援排队需按键不止一次。",
        'From step "{step}" a rescue is more than one key away.',
    ),
    F.LINK_SENT_AGAIN: (
        "步骤“{step}”会给同一来电重复发送短信。",
        'Step "{step}" would send the same caller text messages again and again.',
    ),
    F.FALLBACK_WAITS: (
        "备用步骤会走到“{step}”,在那里等待:备用路径不得再提问。",
        'The fallback comes to step "{step}", which waits: it must ask for nothing.',
    ),
    F.HOURS_UNREADABLE: (
        "步骤“{step}”的营业时间看不懂。例:Mo-Fr 08:00-18:00; PH off。",
        'Step "{step}": the opening hours cannot be read. Example: Mo-Fr 08:00-18:00; PH off.',
    ),
    F.TRANSFER_WHERE: (
        "步骤“{step}”应写明一个号码或一个组,二者取一。",
        'Step "{step}" needs a number or a group, one of the two.',
    ),
    F.NUMBER_UNREADABLE: (
        "步骤“{step}”的电话号码看不懂。",
        'Step "{step}": the telephone number cannot be read.',
    ),
}


NAMES: dict[str, tuple[str, str]] = {
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
    "start": ("起点", "start"),
    "fallback": ("备用步骤", "fallback"),
    "next": ("下一步", "next"),
    "silence": ("不按键", "no key"),
    "wrong": ("按错", "wrong key"),
    "open": ("营业", "open"),
    "closed": ("休息", "closed"),
    "sent": ("已发", "sent"),
    "not_sent": ("未发", "not sent"),
}
"""Ways out and languages, as people call them."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and at which step."""

    code: FlowFault
    step: str
    about: dict[str, str] = field(default_factory=dict)

    def words(self, language: str) -> str:
        """For the administrator."""
        which = 1 if language == "en" else 0
        about = {name: _named(value, which) for name, value in self.about.items()}
        return WORDS[self.code][which].format(
            step=NAMES.get(self.step, (self.step,) * 2)[which], **about
        )


def _named(value: str, which: int) -> str:
    if value.startswith("key "):
        return value if which else value.replace("key", "按键")
    return NAMES[value][which] if value in NAMES else value
