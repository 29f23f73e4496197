import type { Outcome, Progress, TouchCount, TouchState, Way } from './wire'

/** Where the touches of a campaign stand, step by step. Pure. */

export const COLUMNS = ['waiting', 'under_way', 'sent', 'responded', 'failed', 'not_said'] as const
export type Column = (typeof COLUMNS)[number]
const COLUMN_OF: Record<TouchState, Column> = {
  ready: 'waiting',
  claimed: 'under_way',
  sending: 'under_way',
  sent: 'sent',
  failed: 'failed',
  unknown: 'failed',
  skipped: 'not_said',
  expired: 'not_said',
  withdrawn: 'not_said',
}
const OPEN: ReadonlySet<TouchState> = new Set<TouchState>(['ready', 'claimed', 'sending'])

export interface FunnelStep {
  step: number
  way: Way
  all: number
  counts: Record<Column, number>
  /** Outcome -> touches, most first. */
  outcomes: [Outcome, number][]
}

/** One row for each step and way, of a step its own way before the calls promised in it; `responded` is a part of what was said, not beside it. */
export function funnelOf(touches: readonly TouchCount[]): FunnelStep[] {
  const keys = [...new Set(touches.map((one) => `${one.step}:${one.way}`))]
  const rows = keys.map((key) => rowOf(touches.filter((one) => `${one.step}:${one.way}` === key)))
  return rows.sort((a, b) => a.step - b.step || b.all - a.all)
}

function rowOf(touches: readonly TouchCount[]): FunnelStep {
  const { step, way } = touches[0]!
  const counts = Object.fromEntries(COLUMNS.map((column) => [column, 0])) as Record<Column, number>
  const outcomes = new Map<Outcome, number>()
  for (const one of touches) {
    counts[COLUMN_OF[one.state]] += one.touches
    if (one.outcome === null) continue
    counts.responded += one.touches
    outcomes.set(one.outcome, (outcomes.get(one.outcome) ?? 0) + one.touches)
  }
  const sorted = [...outcomes].sort((a, b) => b[1] - a[1])
  return { step, way, all: sum(touches), counts, outcomes: sorted }
}

export interface Done {
  done: number
  all: number
  percent: number
}

/** How much of what was to be said has come to an end; not all of it while a run is still beginning. */
export function doneOf({ runs, touches }: Progress): Done {
  const all = sum(touches)
  const done = sum(touches.filter((one) => !OPEN.has(one.state)))
  const most = runs.some((run) => run.beginning) ? 99 : 100
  return { done, all, percent: all === 0 ? 0 : Math.min(most, Math.floor((100 * done) / all)) }
}

/** Reasons for which owners were left out of a run, with how many, most first. */
export function leftOut(run: { left_out: Record<string, number> }): [string, number][] {
  return Object.entries(run.left_out).filter(([, owners]) => owners > 0).sort((a, b) => b[1] - a[1])
}

function sum(touches: readonly TouchCount[]): number {
  return touches.reduce((all, one) => all + one.touches, 0)
}
