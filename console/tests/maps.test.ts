import { expect, test } from 'vitest'
import { hourOf, rowsOf, totals } from '../src/board/hours'
import { byUrgency, countStates, isWithin } from '../src/board/mapped'
import type { Hours, MapRescue, MapStation } from '../src/board/wire'
import { fromGcj02, toGcj02 } from '../src/map/gcj02'

// As callcenter/places/datum.py shifts them; the last six are not shifted.
test.each([
  [41.8057, 123.4315, 41.808128, 123.4376357],
  [31.2304, 121.4737, 31.2284577, 121.4782231],
  [43.8256, 87.6168, 43.8268054, 87.6196499],
  [22.5, 113.95, 22.4969961, 113.9548831],
  [22.53, 114.06, 22.5272856, 114.0651155],
  [18.25, 109.5, 18.2483315, 109.5041184],
  [22.28, 114.16, 22.28, 114.16],
  [22.19, 113.54, 22.19, 113.54],
  [22.21, 113.54, 22.21, 113.54],
  [25.03, 121.5, 25.03, 121.5],
  [35.68, 139.69, 35.68, 139.69],
  [60, 30, 60, 30],
])('GCJ-02 of %f, %f, and back again', (lat, lon, shiftedLat, shiftedLon) => {
  const there = toGcj02({ lat, lon })
  expect(there.lat).toBeCloseTo(shiftedLat, 6)
  expect(there.lon).toBeCloseTo(shiftedLon, 6)
  const back = fromGcj02(there)
  expect(Math.hypot(back.lat - lat, back.lon - lon)).toBeLessThan(1e-8)
})

test('an alarm comes first, then who has waited longest', () => {
  const one = (id: string, stage_since: string, rings = false) => ({ id, stage_since, rings }) as MapRescue
  const sorted = byUrgency([one('late', '2026-11-26T03:00:00Z'), one('early', '2026-11-26T01:00:00Z'), one('rings', '2026-11-26T02:00:00Z', true)])
  expect(sorted.map(({ id }) => id)).toEqual(['rings', 'early', 'late'])
})

test('stations are counted by how they stand, and listed where they are in view', () => {
  const stations = [{ state: 'free' }, { state: 'busy' }, { state: 'free' }] as MapStation[]
  expect(countStates(stations)).toEqual({ free: 2, busy: 1, off_duty: 0, suspended: 0 })
  const box = { south: 41, west: 123, north: 42, east: 124 }
  expect([isWithin({ lat: 41.8, lon: 123.4 }, box), isWithin({ lat: 40, lon: 123.4 }, box), isWithin({ lat: 0, lon: 0 }, null)]).toEqual([true, false, true])
})

const hours = (days: number): Hours => ({
  at: '2026-11-26T02:30:00Z',
  snapshot: '1:1:',
  days,
  opened_today: Array.from({ length: 24 }, (_, hour) => (hour < 11 ? hour : 0)),
  closed_today: Array.from({ length: 24 }, () => 0),
  opened_before: Array.from({ length: 24 }, (_, hour) => hour * 7),
  closed_before: Array.from({ length: 24 }, () => 1),
})

test('the hour is China’s; hours to come are empty, a mean is of the days that were', () => {
  expect([hourOf(Date.parse('2026-11-25T16:00:00Z')), hourOf(Date.parse('2026-11-26T15:59:59Z'))]).toEqual([0, 23])
  const rows = rowsOf(hours(7))
  expect(rows).toHaveLength(24)
  expect(rows[10]).toEqual({ hour: 10, opened: 10, closed: 0, openedMean: 10, closedMean: 0.1 })
  expect(rows[11]).toMatchObject({ opened: null, closed: null, openedMean: 11 })
  expect(totals(hours(7))).toEqual({ hour: 10, days: 7, opened: 55, closed: 0, opened_mean: '55.0', closed_mean: '1.6' })
  expect(rowsOf(hours(0))[10]).toMatchObject({ opened: 10, openedMean: null })
})
