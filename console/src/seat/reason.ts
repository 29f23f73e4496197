import type { PickReason, QueuePlace, Urgency } from '../api/wire'

/** Why it was a place's turn, and why this agent's, in words. Pure. */

/** A word of the page and what stands in it. */
export type Said = [key: string, named?: Record<string, string | number>]

const MINUTES_FROM_S = 120

export function lengthOf(seconds: number): Said {
  const whole = Math.max(0, Math.round(seconds))
  return whole < MINUTES_FROM_S
    ? ['seat.seconds', { n: whole }]
    : ['seat.minutes', { n: Math.round(whole / 60) }]
}

/** One entry for each half of the sentence, the wait first. */
export function reasonOf(place: Pick<QueuePlace, 'pick' | 'urgency' | 'tier'>, words: (said: Said) => string): string[] {
  const { pick } = place
  if (pick === null) return []
  const waited = words(['seat.why.waited', { length: words(lengthOf(pick.waited_s)) }])
  return [waited, ...turnOf(pick, place.urgency, place.tier).map(words), ...agentOf(pick).map(words)]
}

function turnOf(pick: PickReason, urgency: Urgency, tier: number): Said[] {
  if (pick.overtook === 0) return []
  const because = urgency === 'rest' ? (tier > 0 ? 'tier' : 'turn') : urgency
  return [['seat.why.before', { n: pick.overtook }], [`seat.why.since.${because}`]]
}

function agentOf(pick: PickReason): Said[] {
  const opened = pick.opened.filter((what) => what === 'group' || what === 'language' || what === 'skills')
  return [
    ...(pick.last_agent ? [['seat.why.last_agent'] as Said] : []),
    ...opened.map((what): Said => [`seat.why.opened.${what}`]),
  ]
}
