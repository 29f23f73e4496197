"""What may be wrong with a survey: codes, and their words in both languages."""

from dataclasses import dataclass, field
from enum import StrEnum


class SurveyFault(StrEnum):
    """Codes of the check. They are API and are not renamed."""

    NO_QUESTIONS = "no_questions"
    CODE_TWICE = "code_twice"
    LANGUAGE_MISSING = "language_missing"
    FACT_UNKNOWN = "fact_unknown"
    TOO_FEW_OPTIONS = "too_few_options"
    OPTION_TWICE = "option_twice"
    OTHER_IS_TAKEN = "other_is_taken"
    KEY_TWICE = "key_twice"
    RANGE_EMPTY = "range_empty"
    BAD_OUT_OF_RANGE = "bad_out_of_range"
    QUESTION_UNKNOWN = "question_unknown"
    NOT_ASKED_BEFORE = "not_asked_before"
    CONDITION_MISFIT = "condition_misfit"
    OPTION_UNKNOWN = "option_unknown"
    GOES_ROUND = "goes_round"
    UNREACHABLE = "unreachable"
    NO_END = "no_end"
    WAS_ANOTHER_QUESTION = "was_another_question"
    OPTION_WAS_ANOTHER = "option_was_another"


F = SurveyFault

WORDS: dict[SurveyFault, tuple[str, str]] = {
    F.NO_QUESTIONS: ("问卷还没有题目。", "The survey has no questions."),
    F.CODE_TWICE: ("编号“{at}”用了两次。", 'The code "{at}" is used twice.'),
    F.LANGUAGE_MISSING: (
        "“{at}”的“{part}”缺少{language}文字。",
        '"{at}": {part} has no text in {language}.',
    ),
    F.FACT_UNKNOWN: (
        "“{at}”里的“{name}”没有意义;可用:{known}。",
        '"{at}": "{name}" means nothing here. Known: {known}.',
    ),
    F.TOO_FEW_OPTIONS: ("题目“{at}”的选项太少。", 'Question "{at}" has too few options.'),
    F.OPTION_TWICE: (
        "题目“{at}”的选项“{name}”出现了两次。",
        'Question "{at}" has the option "{name}" twice.',
    ),
    F.OTHER_IS_TAKEN: (
        "题目“{at}”的选项不能叫“other”:这个名字留给“其他”。",
        'Question "{at}": "other" is kept for the option that is filled in.',
    ),
    F.KEY_TWICE: (
        "题目“{at}”的按键“{name}”用了两次。",
        'Question "{at}" uses the key "{name}" twice.',
    ),
    F.RANGE_EMPTY: ("题目“{at}”的范围是空的。", 'Question "{at}" leaves no answer possible.'),
    F.BAD_OUT_OF_RANGE: (
        "题目“{at}”的“差评”分数不在范围内。",
        'Question "{at}": the bad score is not one of its scores.',
    ),
    F.QUESTION_UNKNOWN: (
        "“{at}”指向不存在的题目“{name}”。",
        '"{at}" names a question "{name}" that does not exist.',
    ),
    F.NOT_ASKED_BEFORE: (
        "“{at}”的条件看的是题目“{name}”,而它不会在此之前问到。",
        '"{at}" asks about "{name}", which is never asked before it.',
    ),
    F.CONDITION_MISFIT: (
        "“{at}”的条件不适合题目“{name}”的类型。",
        '"{at}": the condition does not fit the type of question "{name}".',
    ),
    F.OPTION_UNKNOWN: (
        "“{at}”的条件里,题目“{question}”没有选项“{name}”。",
        '"{at}": question "{question}" has no option "{name}".',
    ),
    F.GOES_ROUND: ("题目“{at}”会绕回自己。", 'Question "{at}" leads back to itself.'),
    F.UNREACHABLE: ("没有人会被问到题目“{at}”。", 'Nobody is ever asked question "{at}".'),
    F.NO_END: (
        "从题目“{at}”起,没有一条路能答完问卷。",
        'From question "{at}" on nobody can complete the survey.',
    ),
    F.WAS_ANOTHER_QUESTION: (
        "编号“{at}”在第 {edition} 版里是另一道题:“{was_zh}”。答案按编号统计,请给这道题一个新编号。",
        'The code "{at}" was another question in edition {edition}: "{was_en}". Answers are '
        "counted by code: give this question a new one.",
    ),
    F.OPTION_WAS_ANOTHER: (
        "题目“{at}”的选项编号“{name}”在第 {edition} 版里是“{was_zh}”。"
        "答案按编号统计,请给这个选项一个新编号。",
        'Option "{name}" of question "{at}" was "{was_en}" in edition {edition}. Answers are '
        "counted by code: give this option a new one.",
    ),
}

NAMES: dict[str, tuple[str, str]] = {
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
    "title": ("标题", "title"),
    "survey": ("问卷", "survey"),
    "question": ("题目", "question"),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: at which question or quota, or `survey`."""

    code: SurveyFault
    at: str
    about: dict[str, str] = field(default_factory=dict)

    def words(self, language: str) -> str:
        """For whoever writes the survey."""
        which = 1 if language == "en" else 0
        about = {n: NAMES.get(v, (v, v))[which] for n, v in self.about.items()}
        return WORDS[self.code][which].format(at=NAMES.get(self.at, (self.at,) * 2)[which], **about)
