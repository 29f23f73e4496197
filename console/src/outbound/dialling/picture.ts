import type { Because, Mode, Pacing } from './wire'

/** What the picture of a campaign's dialling shows, out of what the API tells. Pure. */

const STALE_AFTER_MS = 15_000
/** Seconds between two looks, and how many of them are kept: five minutes. */
export const EVERY_MS = 2000
export const KEPT = 150

/** How the dialling stands in one word: why it goes as it goes, or that nobody dials. */
export type Standing = Because | 'not_looked_at'

export function standingOf(now: Pacing, mode: Mode): Standing {
  if (mode === 'preview') return 'by_hand'
  if (now.inbound > 0) return 'inbound_waits'
  return now.paced === null || isStale(now) ? 'not_looked_at' : now.paced.because
}

/** The mode it dials in at this moment: it may be more careful than what was set. */
export function modeNow(now: Pacing, mode: Mode): Mode {
  return now.paced === null || isStale(now) || mode === 'preview' ? mode : now.paced.mode
}

function isStale({ now, looked_at }: Pacing): boolean {
  return looked_at === null || Date.parse(now) - Date.parse(looked_at) > STALE_AFTER_MS
}

export interface Lines {
  /** Ringing for an agent who is free now. */
  covered: number
  /** Ringing for one who will be: dialled ahead. */
  ahead: number
  /** Answered, and nobody is there yet. */
  waiting: number
  /** Shown to an agent who has not dialled. */
  looked: number
}

/** Each call has its agent on the line before it rings. */
const WITH_OWN_AGENT: ReadonlySet<string> = new Set<Because>(['budget_spent', 'no_voice'])

export function linesOf({ agents, calls, paced }: Pacing, mode: Mode): Lines {
  const ringing = calls.dialling ?? 0
  const waiting = calls.answered ?? 0
  const hasOwn = paced !== null && WITH_OWN_AGENT.has(paced.because)
  const ahead = mode === 'preview' || hasOwn ? 0 : Math.max(ringing - Math.max(agents.free - waiting, 0), 0)
  return { covered: ringing - ahead, ahead, waiting, looked: calls.taken ?? 0 }
}

export interface Budget {
  /** Of those who answered, 0 to 1. */
  share: number
  cap: number
  /** How many more may find no agent before it is used up. */
  left: number
  isOver: boolean
}

export function budgetOf({ last_day: { answered, abandoned, cap } }: Pacing): Budget {
  const share = answered === 0 ? 0 : abandoned / answered
  return { share, cap, left: Math.max(Math.floor(cap * answered - abandoned), 0), isOver: answered > 0 && share > cap }
}

/** One look, kept for the picture of the last minutes. */
export interface Moment {
  at: number
  free: number
  talking: number
  writing: number
  ringing: number
}

export function momentOf({ now, agents, calls }: Pacing): Moment {
  return { at: Date.parse(now), ...agents, ringing: calls.dialling ?? 0 }
}

/** Fields that lie on each other, as points of a picture so wide and high. */
export function bands(moments: readonly Moment[], width: number, height: number): Record<'talking' | 'writing' | 'free', string> & { ringing: string; most: number } {
  const most = Math.max(4, ...moments.map((one) => Math.max(one.free + one.talking + one.writing, one.ringing)))
  const first = moments[0]?.at ?? 0
  const span = Math.max((moments.at(-1)?.at ?? 0) - first, 60_000)
  const x = (one: Moment): number => ((one.at - first) / span) * width
  // A line at the top is not cut in half.
  const y = (count: number): number => height - (count / most) * (height - 3)
  const field = (low: (one: Moment) => number, high: (one: Moment) => number): string => {
    const above = moments.map((one) => `${x(one).toFixed(1)},${y(high(one)).toFixed(1)}`)
    const below = moments.map((one) => `${x(one).toFixed(1)},${y(low(one)).toFixed(1)}`).reverse()
    return [...above, ...below].join(' ')
  }
  return {
    talking: field(() => 0, (one) => one.talking),
    writing: field((one) => one.talking, (one) => one.talking + one.writing),
    free: field((one) => one.talking + one.writing, (one) => one.talking + one.writing + one.free),
    ringing: moments.map((one) => `${x(one).toFixed(1)},${y(one.ringing).toFixed(1)}`).join(' '),
    most,
  }
}
