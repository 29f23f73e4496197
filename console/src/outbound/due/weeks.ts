import type { components } from '../../api/schema'

export type DueWeeks = components['schemas']['DueWeeks']

export interface Series {
  region: string | null
  due: number[]
}

const MOST_REGIONS = 6

/** The Mondays of the weeks asked for, as days. */
export function mondays(told: DueWeeks): string[] {
  const first = Date.parse(`${told.since}T00:00:00Z`)
  return Array.from({ length: told.weeks }, (_, at) => new Date(first + at * 7 * 86_400_000).toISOString().slice(0, 10))
}

/** Cars due by week: a series for each of the regions with the most, one (null) for all the others. */
export function seriesOf(told: DueWeeks): Series[] {
  const days = mondays(told)
  const all = new Map<string, number[]>()
  for (const item of told.items) {
    const row = all.get(item.region) ?? days.map(() => 0)
    row[days.indexOf(item.monday)]! += item.due
    all.set(item.region, row)
  }
  const sum = (row: readonly number[]): number => row.reduce((one, other) => one + other, 0)
  const sorted = [...all].sort(([, one], [, other]) => sum(other) - sum(one))
  const shown: Series[] = sorted.slice(0, MOST_REGIONS).map(([region, due]) => ({ region, due }))
  const rest = sorted.slice(MOST_REGIONS).map(([, due]) => due)
  if (rest.length > 0) shown.push({ region: null, due: days.map((_, at) => sum(rest.map((row) => row[at]!))) })
  return shown
}
