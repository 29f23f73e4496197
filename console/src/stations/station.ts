import type { HoursDay, Station } from '../api/wire'

/** What a station's fields mean. Pure. */

/** Suspended, and the suspension has not run out. */
export function isSuspended(station: Pick<Station, 'suspended_at' | 'suspended_until'>, at: Date): boolean {
  const { suspended_at, suspended_until } = station
  return suspended_at !== null && (suspended_until === null || Date.parse(suspended_until) > at.getTime())
}

/** The hours of a day as people read them: "08:30–17:30", an empty text when it is closed. */
export function spansWords(day: HoursDay, nextDay: (time: string) => string): string {
  return day.spans
    .map((span) => `${span.begins}–${span.over_midnight ? nextDay(span.ends) : span.ends}`)
    .join(', ')
}

/** Brands as they are typed, divided by commas of either script. */
export function brandsOf(typed: string): string[] {
  return typed.split(/[,,、;;\n]/).map((one) => one.trim()).filter(Boolean)
}

/** What an <input type="datetime-local"> holds, meant as China's time. */
export function chinaMoment(local: string): string {
  return `${local.length === 16 ? `${local}:00` : local}+08:00`
}
