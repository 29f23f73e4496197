import type { Course, Leg, Order, Verb } from '../api/wire'

/** Who hears whom in a call on the switch, read from its course. Pure. */

/**
 * `asking`: the third one's phone rings. `aside`: agent and third speak, the caller hears music.
 * `off`: no leg lives on the switch, or none of this agent's.
 */
export type Stage = 'off' | 'dialling' | 'talking' | 'held' | 'asking' | 'aside' | 'together'

const THIRD: readonly Leg['party'][] = ['colleague', 'station', 'outside']
const SETTLES: readonly Verb[] = ['hold', 'resume', 'consult', 'take_back', 'conference', 'hand_over', 'transfer']

export function stageOf({ legs, orders }: Course, me: string): Stage {
  const live = legs.filter((leg) => leg.ended_at === null)
  if (live.length === 0) return 'off'
  // To whom a call was handed over is its agent from then on.
  const agent =
    live.findLast((leg) => leg.party === 'agent') ??
    live.findLast((leg) => leg.party === 'colleague' && leg.staff_id === me)
  if (agent === undefined) return 'off'
  const third = thirdOf(legs.filter((leg) => leg !== agent))
  if (first(legs)?.answered_at === null && first(legs)?.party === 'outside') return 'dialling'
  // What another agent did before the caller came to this one is past.
  const own = orders.filter((one) => one.state === 'done' && Date.parse(one.asked_at) >= Date.parse(agent.rang_at))
  const last = own.findLast((one) => SETTLES.includes(one.verb))?.verb
  if (third !== null) {
    if (third.answered_at === null) return 'asking'
    return last === 'conference' ? 'together' : 'aside'
  }
  if (first(legs) === null) return 'dialling'
  return last === 'hold' ? 'held' : 'talking'
}

/** Whoever is asked or was brought in beside caller and agent. */
export function thirdOf(legs: readonly Leg[]): Leg | null {
  const other = first(legs)
  return legs.findLast((leg) => leg.ended_at === null && leg !== other && THIRD.includes(leg.party)) ?? null
}

/** The far end of the call: who called, or whom we have dialled. */
function first(legs: readonly Leg[]): Leg | null {
  return legs.find((leg) => leg.party === 'caller') ?? legs.find((leg) => leg.party === 'outside') ?? null
}

/** Stages in which the third one may pick up or leave without a word of the house. */
export const UNSETTLED: readonly Stage[] = ['dialling', 'asking', 'aside', 'together']

/** What may be ordered now, as the switch has it. */
const MAY: Readonly<Record<Stage, readonly Verb[]>> = {
  off: [],
  dialling: [],
  talking: ['hold', 'consult', 'transfer'],
  held: ['resume', 'consult', 'transfer'],
  asking: ['take_back'],
  aside: ['take_back', 'hand_over', 'conference'],
  together: ['take_back', 'hand_over'],
}

export function may(stage: Stage, verb: Verb): boolean {
  return MAY[stage].includes(verb)
}

/** The order that still waits for the switch. */
export function askedOf(orders: readonly Order[], me: string): Order | null {
  return orders.findLast((one) => one.state === 'asked' && one.asked_by === me) ?? null
}
