"""A group of agents and its calls, with the chances that the pacing asks for. Pure."""

from collections.abc import Sequence

from callcenter.outbound.dialling.answer_rate import AnswerRate
from callcenter.outbound.dialling.at_work import AtWork
from callcenter.outbound.dialling.look_ahead import Some
from callcenter.outbound.dialling.pacing import Group


def group_of(
    free: int,
    *,
    talking: Sequence[float],
    writing: Sequence[float],
    ringing: Sequence[float],
    waiting: int,
    answers: AnswerRate,
    work: AtWork,
) -> Group:
    """`talking`, `writing`: since how many seconds each does. `ringing`: the chance of each that it
    is answered, which its own campaign knows."""
    ahead = round(answers.seconds_to_answer)

    def still(since: float, *, talks: bool) -> float:
        return 1 - work.free_within(ahead, since=since, talks=talks)

    return Group(
        free,
        Some.of([still(since, talks=True) for since in talking]),
        Some.of([still(since, talks=False) for since in writing]),
        Some.of(ringing),
        waiting,
    )
