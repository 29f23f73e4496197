/** When an owner is called back, as it is chosen: by China's clock, wherever the browser is. Pure. */

const OFFSET = '+08:00'
const OFFSET_MS = 8 * 3600_000
const STEP_MS = 5 * 60_000
const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS
/** Within an hour of now "this afternoon" says no more than "in an hour". */
const SOONEST_MS = HOUR_MS

export type QuickName = 'in_an_hour' | 'this_afternoon' | 'this_evening' | 'tomorrow_morning' | 'tomorrow_afternoon'

export interface Quick {
  name: QuickName
  /** As a field of date and time has it: 2026-11-26T15:00. */
  at: string
}

/** What people say on the telephone, as times; those that are past are left out. */
export function quickTimes(nowMs: number): Quick[] {
  const soon = Math.ceil((nowMs + HOUR_MS) / STEP_MS) * STEP_MS
  const today = fieldOf(nowMs).slice(0, 10)
  const tomorrow = fieldOf(nowMs + DAY_MS).slice(0, 10)
  const later: Quick[] = [
    { name: 'this_afternoon', at: `${today}T15:00` },
    { name: 'this_evening', at: `${today}T18:30` },
    { name: 'tomorrow_morning', at: `${tomorrow}T10:00` },
    { name: 'tomorrow_afternoon', at: `${tomorrow}T15:00` },
  ]
  return [{ name: 'in_an_hour', at: fieldOf(soon) }, ...later.filter(({ at }) => Date.parse(momentOf(at)) > nowMs + SOONEST_MS)]
}

/** This moment as a field of date and time has it. */
export function fieldOf(ms: number): string {
  return new Date(ms + OFFSET_MS).toISOString().slice(0, 16)
}

/** What was chosen there, as the API takes it. */
export function momentOf(field: string): string {
  return `${field}:00${OFFSET}`
}

export function isAhead(field: string, nowMs: number): boolean {
  return field !== '' && Date.parse(momentOf(field)) > nowMs
}
