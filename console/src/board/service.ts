import type { HotlineDay } from '../api/wire'
import type { Board } from './reduce'

/** The hotline's day: the share of calls answered in time. Pure. */

/** Within how many seconds a call is answered in time. */
export const WITHIN_S = 15

export const OUTCOMES = ['in_time', 'late', 'abandoned'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface Served {
  day: HotlineDay | null
}

export const SERVICE_BOARD: Board<Served> = {
  nothing: { day: null },
  topics: ['queue.left', 'call.ended', 'call.disposed'],
  touched: () => ['day'],
}

/** Which figure the address has open. */
export function outcomeOf(value: unknown): Outcome | null {
  return OUTCOMES.find((one) => one === value) ?? null
}

/** In percent; a dash while there is nothing to share. Rounded down: 100 % is all of them. */
export function share(part: number, all: number): string {
  return all === 0 ? '–' : `${Math.floor((100 * part) / all)} %`
}
