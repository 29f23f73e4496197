"""What two arms say, in a sentence; where they are too few to say anything, what is missing."""

from callcenter.outbound.results.compared import Compared
from callcenter.outbound.results.model import Effect, Missing, Verdict

EFFECTS = {
    "zh": {
        Effect.BOOKED: "预约",
        Effect.CAME_BACK: "回店",
        Effect.SATISFIED: "满意评价",
        Effect.COMPLAINED: "投诉",
    },
    "en": {
        Effect.BOOKED: "bookings",
        Effect.CAME_BACK: "visits",
        Effect.SATISFIED: "good ratings",
        Effect.COMPLAINED: "complaints",
    },
}
SENTENCES = {
    "zh": {
        Verdict.MORE: "{effect}更多:每百人多 {value},真值有 95% 把握在 {low} 到 {high} 之间。",
        Verdict.FEWER: "{effect}更少:每百人 {value},真值有 95% 把握在 {low} 到 {high} 之间。",
        Verdict.NOT_CLEAR: "{effect}:看不出差别(每百人 {value},{low} 到 {high}),可能有也可能没有。",
        Verdict.TOO_FEW: "{effect}:太少,还不能下结论。还差{missing}。",
        Verdict.NO_HOLD_OUT: "{effect}:没有对照组,不能说是活动带来的。",
    },
    "en": {
        Verdict.MORE: "More {effect}: {value} in a hundred, with 95 % confidence {low} to {high}.",
        Verdict.FEWER: "Fewer {effect}: {value} in a hundred, with 95 % confidence {low} to "
        "{high}.",
        Verdict.NOT_CLEAR: "No clear difference in {effect} ({value} in a hundred, {low} to "
        "{high}): there may be one or none.",
        Verdict.TOO_FEW: "Too few {effect} to say anything yet. Missing: {missing}.",
        Verdict.NO_HOLD_OUT: "Nobody was held out: whether {effect} are due to the campaign "
        "cannot be said.",
    },
}
MISSING = {
    "zh": {
        "treated": "联系过的车主 {many} 人",
        "held_out": "对照组 {many} 人",
        "effects": "{effect} {many} 次",
        "treated_said": "联系过且说过评价的车主 {many} 人",
        "held_out_said": "对照组中说过评价的 {many} 人",
    },
    "en": {
        "treated": "{many} spoken to",
        "held_out": "{many} held out",
        "effects": "{many} {effect}",
        "treated_said": "{many} spoken to who say how it was",
        "held_out_said": "{many} held out who say how it was",
    },
}
COMMA = {"zh": "、", "en": ", "}


def effect_words(language: str, result: Compared) -> str:
    """One sentence, or two."""
    shares = {"value": 0.0, "low": 0.0, "high": 0.0}
    if result.uplift:
        shares = vars(result.uplift)
    told = {name: f"{share * 100:+.1f}" for name, share in shares.items()}
    effect = EFFECTS[language][result.effect]
    lacks = missing_words(language, result.effect, result.missing)
    return SENTENCES[language][result.verdict].format(effect=effect, missing=lacks, **told)


def missing_words(language: str, effect: Effect, missing: Missing) -> str:
    """What there must be more of; "" when nothing is missing."""
    of = "_said" if effect is Effect.SATISFIED else ""
    words = MISSING[language]
    parts = {
        words["treated" + of]: missing.treated,
        words["held_out" + of]: missing.held_out,
        words["effects"]: missing.effects,
    }
    name = EFFECTS[language][effect]
    told = [text.format(many=many, effect=name) for text, many in parts.items() if many]
    return COMMA[language].join(told)
