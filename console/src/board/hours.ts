import { CHINA_AHEAD } from './clock'
import type { Hours } from './wire'

/** The day by the hour, as the chart and its table have it. Pure. */

export interface HourRow {
  hour: number
  /** Null for the hours to come. */
  opened: number | null
  closed: number | null
  /** Null on the first day. */
  openedMean: number | null
  closedMean: number | null
}

const HOUR_MS = 3_600_000

export function hourOf(at: number): number {
  return Math.floor(((at + CHINA_AHEAD) / HOUR_MS) % 24)
}

export function rowsOf(hours: Hours): HourRow[] {
  const now = hourOf(Date.parse(hours.at))
  const today = (count: number, hour: number): number | null => (hour <= now ? count : null)
  const mean = (sum: number): number | null => (hours.days > 0 ? Math.round((sum / hours.days) * 10) / 10 : null)
  return hours.opened_today.map((opened, hour) => ({
    hour,
    opened: today(opened, hour),
    closed: today(hours.closed_today[hour]!, hour),
    openedMean: mean(hours.opened_before[hour]!),
    closedMean: mean(hours.closed_before[hour]!),
  }))
}

/** All of today, and what the days before had on average in the hours that have begun. */
export function totals(hours: Hours): { hour: number; days: number; opened: number; closed: number; opened_mean: string; closed_mean: string } {
  const hour = hourOf(Date.parse(hours.at))
  const sum = (counts: readonly number[]): number => counts.slice(0, hour + 1).reduce((all, one) => all + one, 0)
  const mean = (counts: readonly number[]): string => (sum(counts) / Math.max(hours.days, 1)).toFixed(1)
  return {
    hour,
    days: hours.days,
    opened: sum(hours.opened_today),
    closed: sum(hours.closed_today),
    opened_mean: mean(hours.opened_before),
    closed_mean: mean(hours.closed_before),
  }
}
