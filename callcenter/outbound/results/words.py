"""What the numbers of a campaign say, in a sentence, and when they are too few to say anything."""

from callcenter.outbound.results.model import Effect, Verdict
from callcenter.outbound.results.service import EffectResult

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
        Verdict.TOO_FEW: "{effect}:人数或次数太少,还不能下结论。",
        Verdict.NO_HOLD_OUT: "{effect}:没有对照组,不能说是活动带来的。",
    },
    "en": {
        Verdict.MORE: "More {effect}: {value} in a hundred, with 95 % confidence {low} to {high}.",
        Verdict.FEWER: "Fewer {effect}: {value} in a hundred, with 95 % confidence {low} to "
        "{high}.",
        Verdict.NOT_CLEAR: "No clear difference in {effect} ({value} in a hundred, {low} to "
        "{high}): there may be one or none.",
        Verdict.TOO_FEW: "Too few owners or {effect} to say anything yet.",
        Verdict.NO_HOLD_OUT: "Nobody was held out: whether {effect} are due to the campaign "
        "cannot be said.",
    },
}


def effect_words(language: str, result: EffectResult) -> str:
    """One sentence."""
    shares = {"value": 0.0, "low": 0.0, "high": 0.0}
    if result.uplift:
        shares = vars(result.uplift)
    told = {name: f"{share * 100:+.1f}" for name, share in shares.items()}
    effect = EFFECTS[language][result.effect]
    return SENTENCES[language][result.verdict].format(effect=effect, **told)
