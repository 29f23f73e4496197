import { expect, test } from 'vitest'
import { towSeen, waitsUntil } from '../src/rescue/tow'
import { joined } from '../src/rescue/record'
import type { Destination, SecondLeg, Stop, Tow } from '../src/rescue/wire'
import type { Timeline } from '../src/tickets/timeline'

const place = (change: Partial<Destination>) =>
  ({ id: 'D', kind: 'workshop', station_id: 'S', workshop_id: null, opens_at: null, refused_at: null, passed_by: [], ...change }) as Destination
const tow = (change: Partial<Tow>) => ({ id: 'T', stage: 'planned', destination_id: 'D', destinations: [place({})], ...change }) as Tow
const leg = (...tows: Tow[]): SecondLeg => ({ tows, stops: [{ id: 'S' } as Stop], onward_travel: [] })

test('a tow that ended without a car is not the one that is looked at', () => {
  expect(towSeen(leg(tow({ stage: 'ended' })))).toBeNull()
  expect(towSeen(leg(tow({ id: 'A', stage: 'in_yard' }), tow({ id: 'B', stage: 'ended' })))?.tow.id).toBe('A')
})

test('it goes on until the car is at a place that is known', () => {
  expect(towSeen(leg(tow({})))).toMatchObject({ at: { id: 'D' }, stop: { id: 'S' }, goesOn: true })
  expect(towSeen(leg(tow({ stage: 'delivered' })))?.goesOn).toBe(false)
  expect(towSeen(leg(tow({ stage: 'delivered', destination_id: null })))?.goesOn).toBe(true)
})

test('a truck waits at the gate of a workshop only, and only on its way', () => {
  const gate = [place({ opens_at: '08:00' })]
  expect(waitsUntil(towSeen(leg(tow({ destinations: gate })))!)).toBe('08:00')
  expect(waitsUntil(towSeen(leg(tow({ stage: 'delivered', destinations: gate })))!)).toBeNull()
  expect(waitsUntil(towSeen(leg(tow({ destinations: [place({ kind: 'yard', opens_at: '08:00' })] })))!)).toBeNull()
})

test('what happened to a merged rescue stands between what happened to the one that goes on', () => {
  const of = (...times: number[]) =>
    ({ events: times.map((n) => ({ id: String(n), at: `2026-01-01T00:0${n}:00Z` })), notes: [], emergencies: [], changes: [], names: {} }) as unknown as Timeline
  expect(joined([of(1, 3), of(2)])?.events.map((one) => one.id)).toEqual(['1', '2', '3'])
  expect(joined([])).toBeNull()
})
