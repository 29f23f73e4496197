/** When an owner is called back, as it is chosen: by China's clock, wherever the browser is. Pure. */

/** From when to when he may be called, as the API has it. */
export interface Span {
  begins_at: string
  ends_at: string
}

const OFFSET = '+08:00'
const OFFSET_MS = 8 * 3600_000
const STEP_MS = 5 * 60_000
const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS
/** Within an hour of now "this afternoon" says no more than "in an hour". */
const SOONEST_MS = HOUR_MS

export type QuickName = 'next_allowed' | 'in_an_hour' | 'this_afternoon' | 'this_evening' | 'tomorrow_morning' | 'tomorrow_afternoon'

export interface Quick {
  name: QuickName
  /** As a field of date and time has it: 2026-11-26T15:00. */
  at: string
}

/** What people say on the telephone, as times; those that are past, or at which he may not be called,
 * are left out. Where an hour on is not allowed, the first time behind it is offered. */
export function quickTimes(nowMs: number, spans: readonly Span[] | null = null): Quick[] {
  const soon = Math.ceil((nowMs + HOUR_MS) / STEP_MS) * STEP_MS
  const today = fieldOf(nowMs).slice(0, 10)
  const tomorrow = fieldOf(nowMs + DAY_MS).slice(0, 10)
  const later: Quick[] = [
    { name: 'this_afternoon', at: `${today}T15:00` },
    { name: 'this_evening', at: `${today}T18:30` },
    { name: 'tomorrow_morning', at: `${tomorrow}T10:00` },
    { name: 'tomorrow_afternoon', at: `${tomorrow}T15:00` },
  ]
  const ahead = later.filter(({ at }) => Date.parse(momentOf(at)) > nowMs + SOONEST_MS && isAllowed(at, spans))
  const first: Quick = { name: 'in_an_hour', at: fieldOf(soon) }
  if (isAllowed(first.at, spans)) return [first, ...ahead]
  const next = nextAllowed(first.at, spans)
  return next === null ? ahead : [{ name: 'next_allowed', at: next }, ...ahead.filter(({ at }) => at !== next)]
}

/** Whether he may be called then; where that is not known the API will say. */
export function isAllowed(field: string, spans: readonly Span[] | null): boolean {
  if (spans === null || field === '') return true
  const at = Date.parse(momentOf(field))
  return spans.some((one) => Date.parse(one.begins_at) <= at && at < Date.parse(one.ends_at))
}

/** The first time behind this one at which he may be called, to five minutes; null: not known. */
export function nextAllowed(field: string, spans: readonly Span[] | null): string | null {
  const at = Date.parse(momentOf(field))
  const later = (spans ?? []).map((one) => Math.ceil(Math.max(Date.parse(one.begins_at), at) / STEP_MS) * STEP_MS)
  const found = later.find((ms, n) => ms < Date.parse(spans![n]!.ends_at))
  return found === undefined ? null : fieldOf(found)
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
