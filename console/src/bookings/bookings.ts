import type { Booking, WorkshopDay } from '../api/wire'
import type { Language } from '../i18n'

/** What a booking is chosen from, and how it is told. Pure. */

export type Wanted = Booking['wanted']
export const WANTED: readonly Wanted[] = ['maintenance', 'first_service', 'repair', 'accident', 'recall']
const DAYS = 14
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ZONE = 'Asia/Shanghai'
const CALENDAR = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE })

/** The day of a moment by China's calendar, as the API has days. */
export function chinaDay(at: number | string): string {
  return CALENDAR.format(new Date(at))
}

/** Today and the days after it, as China's calendar has them. */
export function nextDays(now: Date, days = DAYS): string[] {
  return Array.from({ length: days }, (_, ahead) => chinaDay(now.getTime() + ahead * DAY_MS))
}

/** A day so many days after another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

function part(at: string, language: Language, form: Intl.DateTimeFormatOptions): string {
  const zone = { timeZone: ZONE, hourCycle: 'h23' } as const
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { ...zone, ...form }).format(new Date(at))
}

/** 周五 11/27 09:00; Fri 27/11 09:00: the weekday is what people ask first. */
export function visitTime(at: string, language: Language): string {
  const weekday = part(at, language, { weekday: 'short' })
  const day = part(at, language, { month: '2-digit', day: '2-digit' })
  return `${weekday} ${day} ${clockTime(at, language)}`
}

/** 09:00 */
export function clockTime(at: string, language: Language): string {
  return part(at, language, { hour: '2-digit', minute: '2-digit' })
}

/** 2.4, 18: kilometres with no more figures than help. */
export function kilometres(metres: number): string {
  const km = metres / 1000
  return km < 10 ? km.toFixed(1) : String(Math.round(km))
}

export interface Fullness {
  taken: number
  room: number
  share: number
}

/** How much of a day is taken; a day with more cars than room is whole. */
export function fullness(day: WorkshopDay): Fullness {
  const taken = day.hours.reduce((sum, hour) => sum + hour.taken, 0)
  const room = day.hours.reduce((sum, hour) => sum + hour.room, 0)
  return { taken, room, share: room === 0 ? (taken > 0 ? 1 : 0) : Math.min(1, taken / room) }
}

export type PlaceState = 'came' | 'booked' | 'free' | 'over'
export type ShownHour = WorkshopDay['hours'][number] & { places: PlaceState[]; cars: WorkshopDay['cars'] }

/** Each hour with its places, the taken ones first, and the cars that come in it. */
export function hoursOf(day: WorkshopDay): ShownHour[] {
  const hour = (at: string): number => Math.floor(Date.parse(at) / HOUR_MS)
  return day.hours.map((one) => {
    const cars = day.cars.filter((car) => hour(car.starts_at) === hour(one.starts_at))
    const held = cars.filter((car) => car.state === 'came' || car.state === 'booked')
    const taken = held.map((car, at): PlaceState => (at >= one.room ? 'over' : car.state === 'came' ? 'came' : 'booked'))
    const free = Math.max(0, one.room - taken.length)
    return { ...one, cars, places: [...taken, ...Array<PlaceState>(free).fill('free')] }
  })
}
