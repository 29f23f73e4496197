import { expect, test } from 'vitest'
import { lookAt, roundBox, type StationMark } from '../src/map/marks'
import { possibleActs } from '../src/rescue/acts'
import { ageOf, kilometres, minutesUntil } from '../src/rescue/ages'
import { barred, overruled, stationMarks, travelMinutes } from '../src/rescue/choice'
import { draftIn, EMPTY } from '../src/rescue/asked'
import { FAULTS, digitOf } from '../src/rescue/faults'
import { isClear, isOnExpressway, openQuestions, withDirection } from '../src/rescue/reading'
import type { Considered, Desk, PassedOver, Reading } from '../src/rescue/wire'

const NOON = Date.parse('2026-01-01T12:00:00Z')

test('every fault has one digit of its own', () => {
  expect(FAULTS.map(digitOf)).toEqual([...'1234567890'])
})

test('a kept draft comes back, without what is no field any more', () => {
  expect(draftIn(JSON.stringify({ ...EMPTY, fault: 'stuck', gone: 1 }))).toEqual({ ...EMPTY, fault: 'stuck' })
  expect([draftIn(''), draftIn('null'), draftIn('{')]).toEqual([{}, {}, {}])
})

test.each([
  ['2026-01-01T11:59:50Z', { unit: 'seconds', n: 10 }],
  ['2026-01-01T11:50:30Z', { unit: 'minutes', n: 9 }],
  ['2026-01-01T02:30:00Z', { unit: 'hours', n: 9 }],
  ['2026-01-01T12:00:30Z', { unit: 'seconds', n: 0 }],
])('a fix of %s is %o old at noon', (at, age) => expect(ageOf(at, NOON)).toEqual(age))

test('a promise that has passed is negative, one of half a minute is one minute', () => {
  expect(minutesUntil('2026-01-01T12:00:30Z', NOON)).toBe(1)
  expect(minutesUntil('2026-01-01T11:59:30Z', NOON)).toBeLessThan(0)
  expect([kilometres(940), kilometres(9_940), kilometres(18_400)]).toEqual(['0.9', '9.9', '18'])
})

const considered = (id: string, reasons: PassedOver[] = [], seconds: number | null = null): Considered => ({
  station_id: id,
  distance_m: 1000,
  reasons,
  seconds,
  method: null,
})

test('a person overrules duty and skill by name; a suspension is lifted at the station', () => {
  expect(overruled(considered('S', ['off_duty', 'already_asked']))).toEqual(['off_duty'])
  expect(barred(considered('S', ['off_duty', 'other_rung']))).toBe(false)
  expect(barred(considered('S', ['suspended']))).toBe(true)
  expect(travelMinutes(considered('S', [], 61))).toBe(2)
  expect(travelMinutes(considered('S'))).toBeNull()
})

test('the map says who holds it, who is asked, who would come and who not', () => {
  const station = (id: string) => ({ id, code: id, name_zh: `站${id}`, name_en: id, lat: 1, lon: 2, phone: null })
  const asked = { id: 'O', stationId: 'B', distanceM: 1, state: 'offered' as const, expiresAt: 0, isSeen: false, endReason: null, handReason: null }
  const choice = { rung: 'near', doubts: [], ranked: [considered('A'), considered('B')], passed_over: [considered('C')], stations: [] }
  const marks = stationMarks({ choice, stations: ['A', 'B', 'C', 'D'].map(station), asked: [asked], holderId: 'D', language: 'zh' })
  expect(marks.map((one) => [one.id, one.kind, one.number, one.name])).toEqual([
    ['A', 'ranked', '1', '站A'],
    ['B', 'asked', '2', '站B'],
    ['C', 'passed', '', '站C'],
    ['D', 'holder', '', '站D'],
  ])
})

test('the map moves when there is something else to look at, not when a fix is renewed', () => {
  const station: StationMark = { id: 'A', kind: 'ranked', number: '1', name: '', lat: 1, lon: 1 }
  const car = { lat: 41.80001, lon: 123.4 }
  expect(lookAt([car], [station])).toBe(lookAt([{ ...car, lat: 41.80002 }], [station]))
  expect(lookAt([car], [station])).not.toBe(lookAt([car], [station, { ...station, id: 'B' }]))
})

test('names are asked for round boxes: a small move asks nothing new', () => {
  const box = { south: 41.5, west: 122.9, north: 42.1, east: 124.2 }
  const round = roundBox(box)
  expect(round.south <= box.south && round.north >= box.north && round.west <= box.west && round.east >= box.east).toBe(true)
  expect(roundBox({ ...box, west: 122.95 })).toEqual(round)
  expect(roundBox({ south: -90, west: -180, north: 90, east: 180 })).toEqual({ south: -90, west: -180, north: 90, east: 180 })
})

const reading: Reading = {
  kind: 'post',
  understood: 'G15 K1234+500',
  ask: [],
  candidates: [],
  towards: [],
  spot: { lat: 41, lon: 123, accuracy_m: 50, source: 'road_post', province: '21', near: '', doubts: [] },
}

test('a place is clear when nothing must be asked and nothing is doubted', () => {
  expect(isClear(reading)).toBe(true)
  expect(isClear({ ...reading, spot: null })).toBe(false)
  const asks = { ...reading, ask: [{ code: 'direction', words: '' }] }
  expect(isClear(asks)).toBe(false)
  expect(openQuestions(asks)).toEqual(['ask_direction'])
  expect(withDirection('G15 K1234 ', '大连')).toBe('G15 K1234 往大连方向')
})

test.each([
  ['opened', null, ['hand_over', 'resolve', 'cancel']],
  ['dispatching', { held: false }, ['hold', 'new_round', 'hand_over', 'cancel']],
  ['dispatching', { held: true }, ['release', 'new_round', 'hand_over', 'cancel']],
  ['handed_over', null, ['new_round', 'resolve', 'cancel']],
  ['resolved', null, ['close', 'reopen']],
  ['closed', null, ['reopen']],
  ['merged', null, []],
])('what may be done when it is %s', (stage, ladder, acts) => {
  const desk = { ticket: { stage, place_id: null }, rescue: { ladder, dispatches: [] } } as unknown as Desk
  expect(possibleActs(desk)).toEqual(acts)
})

test.each([
  ['G15沈海高速 K10+500', true],
  ['G1503 K3', true],
  ['G102 K88', false],
  ['41.80000, 123.40000', false],
])('%s is on an expressway: %s', (understood, is) => expect(isOnExpressway({ ...reading, understood })).toBe(is))
