import type { Pack, PackRule, Window } from './wire'

/** The hours of a rule as a picture of a week, and in words. Pure. */

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'holiday'] as const
export type Day = (typeof DAYS)[number]
export const DAY_MINUTES = 24 * 60

const WHOLE: readonly Window[] = [{ since: 0, until: DAY_MINUTES }]

export function windowsOn(rule: PackRule, day: Day): readonly Window[] {
  if (rule.hours === null) return WHOLE
  return rule.hours[day] ?? []
}

export interface Span {
  days: Day[]
  windows: readonly Window[]
}

/** Days that follow each other and have the same hours, together. */
export function spansOf(rule: PackRule): Span[] {
  const spans: Span[] = []
  for (const day of DAYS) {
    const windows = windowsOn(rule, day)
    const last = spans.at(-1)
    if (last && day !== 'holiday' && clocks(last.windows) === clocks(windows)) last.days.push(day)
    else spans.push({ days: [day], windows })
  }
  return spans
}

/** 09:00–12:00, 14:00–20:00 */
export function clocks(windows: readonly Window[]): string {
  return windows.map(({ since, until }) => `${clock(since)}–${clock(until)}`).join(', ')
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

/** The day of the week and the minute in a zone; of a holiday nothing is known here. */
export function nowIn(zone: string, at: Date): { day: Day; minute: number } {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at)
  const of = (type: string): string => parts.find((one) => one.type === type)?.value ?? ''
  return { day: of('weekday').toLowerCase().slice(0, 3) as Day, minute: Number(of('hour')) * 60 + Number(of('minute')) }
}

export function isOpen(rule: PackRule, { day, minute }: { day: Day; minute: number }): boolean {
  return windowsOn(rule, day).some(({ since, until }) => since <= minute && minute < until)
}

export function ruleOf(pack: Pack, purpose: PackRule['purpose'], way: PackRule['way']): PackRule | undefined {
  return pack.rules.find((one) => one.purpose === purpose && one.way === way)
}
