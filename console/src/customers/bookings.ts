import type { Booking, Station } from '../api/wire'

/** What a booking is chosen from. Pure. */

export type Wanted = Booking['wanted']
export const WANTED: readonly Wanted[] = ['maintenance', 'first_service', 'repair', 'accident', 'recall']
const DAYS = 14
const DAY_MS = 86_400_000

/** Today and the days after it, as China's calendar has them. */
export function nextDays(now: Date): string[] {
  const china = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' })
  return Array.from({ length: DAYS }, (_, ahead) => china.format(now.getTime() + ahead * DAY_MS))
}

/** Those of the owner's city before the others. */
export function nearFirst(stations: readonly Station[], city: string): Station[] {
  const isNear = (one: Station): boolean => city !== '' && (one.city_zh === city || one.city_en === city)
  return [...stations.filter(isNear), ...stations.filter((one) => !isNear(one))]
}
