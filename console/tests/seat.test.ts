import { expect, test } from 'vitest'
import type { Call, HotlineAgent, HotlineGroup, QueuePlace, Seat } from '../src/api/wire'
import { countsOf } from '../src/board/hotline'
import { reduce, unknown } from '../src/board/reduce'
import { outcomeOf, share } from '../src/board/service'
import type { Fact } from '../src/live/news'
import { after, EMPTY, floorOf, isOfThisDesk, mineOf, ringsAt, seatBoard, type Floor } from '../src/seat/floor'
import { reasonOf, type Said } from '../src/seat/reason'
import { chosenOf, isAtTheHotline, phaseOf, sinceOf, wishOf } from '../src/seat/seat'

const ME = 'me'
const seat = (more: Partial<Seat> = {}): Seat => ({
  staff_id: ME,
  availability: 'ready',
  away_reason: null,
  availability_since: 'a',
  contact: 'none',
  call_id: null,
  contact_since: 'c',
  wish: null,
  wish_reason: null,
  lost: false,
  ...more,
})
const fact = (kind: string, facts: Record<string, unknown>): Fact =>
  ({ id: '1', kind, at: '', ticket_id: null, station_id: null, facts })
const queue = (what: string, entry_id: string, more: Record<string, unknown> = {}) =>
  fact(`queue.${what}`, { entry_id, call_id: `call-${entry_id}`, ...more })
const call = (id: string, more: Partial<Call> = {}): Call =>
  ({ id, state: 'ringing', direction: 'inbound', ...more }) as Call
const place = (id: string, more: Partial<QueuePlace> = {}): QueuePlace =>
  ({ id, call_id: `call-${id}`, offered_to: null, state: 'waiting', ...more }) as QueuePlace

test('one word for three strands: gone before in a contact, in a contact before what is offered', () => {
  expect(phaseOf(null)).toBe('out')
  expect(phaseOf(seat({ availability: 'signed_out' }))).toBe('out')
  expect(phaseOf(seat({ availability: 'away', away_reason: 'meal' }))).toBe('away')
  expect(phaseOf(seat({ availability: 'away', contact: 'wrap_up' }))).toBe('wrap_up')
  expect(phaseOf(seat({ contact: 'talking', lost: true }))).toBe('lost')
  expect([sinceOf(seat()), sinceOf(seat({ contact: 'talking' })), sinceOf(seat({ contact: 'talking', lost: true }))]).toEqual(['a', 'c', 'a'])
})

test('only who has a seat beats, and a talk is not left alone by signing out in it', () => {
  expect([null, seat({ availability: 'signed_out' })].map(isAtTheHotline)).toEqual([false, false])
  expect([seat(), seat({ lost: true }), seat({ availability: 'signed_out', contact: 'talking' })].map(isAtTheHotline)).toEqual([true, true, true])
})

test('the menu marks the wish before what is so now', () => {
  const talking = seat({ contact: 'talking', wish: 'away', wish_reason: 'meal' })
  expect(wishOf(seat())).toBeNull()
  expect(chosenOf(talking)).toEqual({ availability: 'away', reason: 'meal' })
  expect(chosenOf(seat())).toEqual({ availability: 'ready', reason: null })
})

test('a call rings at whom it is offered to, elsewhere not; one that is in no queue everywhere', () => {
  const rings = (floor: Floor, who = ME) => ringsAt(call('call-p'), floor, seat(), who)
  expect(rings(EMPTY)).toBe(true)
  const waits = after(EMPTY, queue('entered', 'p'))
  expect([rings(waits), isOfThisDesk(call('call-p'), waits, null, ME)]).toEqual([false, false])
  const mine = after(waits, queue('offered', 'p', { staff_id: ME, offers: 1 }))
  expect([rings(mine), rings(mine, 'she')]).toEqual([true, false])
  const passed = after(mine, queue('waits_again', 'p', { staff_id: ME }))
  expect(rings(passed)).toBe(false)
  const hers = after(passed, queue('offered', 'p', { staff_id: 'she', offers: 2 }))
  expect([rings(hers), rings(hers, 'she')]).toEqual([false, true])
})

test('facts heard twice, or of before the list that was loaded, end as the last one says', () => {
  const facts = [queue('entered', 'p'), queue('offered', 'p', { staff_id: ME }), queue('left', 'p')]
  const loaded = floorOf([place('p', { offered_to: ME })])
  expect([...facts, ...facts].reduce(after, loaded).size).toBe(0)
  expect(after(loaded, fact('queue.group_changed', { group: 'rescue' }))).toBe(loaded)
})

test('a call of ours rings only at its seat, and is dialled only there', () => {
  const ours = call('d', { direction: 'outbound' })
  const offered = seat({ contact: 'offered', call_id: 'd' })
  const dialling = seat({ contact: 'talking', call_id: 'd' })
  const told = [offered, dialling, seat()].map((one) => [ringsAt(ours, EMPTY, one, ME), isOfThisDesk(ours, EMPTY, one, ME)])
  expect(told).toEqual([[true, true], [false, true], [false, false]])
})

test('his place is his until it is left or goes to another', () => {
  const places = [place('q'), place('p', { offered_to: ME })]
  const floor = floorOf(places)
  const offered = seat({ contact: 'offered', call_id: 'call-p' })
  expect(mineOf(places, floor, offered)?.id).toBe('p')
  expect(mineOf(places, floor, seat())).toBeNull()
  expect(mineOf(places, after(floor, queue('left', 'p')), offered)).toBeNull()
  expect(mineOf(places, after(floor, queue('offered', 'p', { staff_id: 'she' })), offered)).toBeNull()
})

test('his browser asks anew for what is about him, and for all of it after a gap', () => {
  const board = seatBoard(ME)
  const asked = reduce(board, unknown(board), { is: 'asked' })
  const known = reduce(board, asked, { is: 'answered', parts: { seat: seat() } })
  const stale = (...facts: Fact[]) => [...reduce(board, known, { is: 'heard', facts, isGap: false }).stale]
  expect(stale(fact('seat.changed', { staff_id: 'she' }), queue('offered', 'p', { staff_id: 'she' }))).toEqual([])
  expect(stale(fact('seat.changed', { staff_id: ME }))).toEqual(['seat'])
  expect(stale(queue('offered', 'p', { staff_id: ME }))).toEqual(['seat', 'places'])
  expect([...reduce(board, known, { is: 'heard', facts: [], isGap: true }).stale]).toEqual(['seat', 'places'])
})

test('why it was his turn, in the order people say it', () => {
  const pick = { waited_s: 40.2, head_start_s: 3600, overtook: 3, last_agent: true, opened: ['language'] }
  const words = ([key, named = {}]: Said) => [key.replace('seat.', ''), ...Object.values(named)].join(' ')
  expect(reasonOf({ pick, urgency: 'danger', tier: 0 }, words)).toEqual([
    'why.waited seconds 40',
    'why.before 3',
    'why.since.danger',
    'why.last_agent',
    'why.opened.language',
  ])
  const plain = { ...pick, waited_s: 300, overtook: 0, last_agent: false, opened: [] }
  expect(reasonOf({ pick: plain, urgency: 'danger', tier: 5 }, words)).toEqual(['why.waited minutes 5'])
  expect(reasonOf({ pick: { ...plain, overtook: 1 }, urgency: 'rest', tier: 2 }, words)).toContain('why.since.tier')
  expect(reasonOf({ pick: null, urgency: 'rest', tier: 0 }, words)).toEqual([])
})

test('the floor in figures: callers by group, call-backs by themselves, agents by what they are', () => {
  const at = (minute: number) => `2026-11-26T10:${minute}:00Z`
  const items = [
    place('a', { kind: 'call', group: 'rescue', entered_at: at(30) }),
    place('b', { kind: 'call', group: 'rescue', entered_at: at(20) }),
    place('c', { kind: 'call_back', group: 'rescue', entered_at: at(10) }),
  ]
  const agents = [seat(), seat({ contact: 'talking' }), seat({ lost: true, contact: 'talking' })] as HotlineAgent[]
  const groups = [{ name: 'rescue' }, { name: 'desk' }] as HotlineGroup[]
  const counts = countsOf({ queue: { at: '', items }, agents, groups })
  const figures = Object.fromEntries(counts.map(({ count, n }) => [count, n]))
  expect(figures).toMatchObject({ 'group:rescue': 2, 'group:desk': 0, call_backs: 1, ready: 1, talking: 1, lost: 1, away: 0 })
  expect(counts[0]?.oldest).toBe(at(20))
})

test('not quite all in time is not 100 %', () => {
  expect([share(0, 0), share(199, 200), share(3, 3)]).toEqual(['–', '99 %', '100 %'])
  expect([outcomeOf('late'), outcomeOf('group:rescue')]).toEqual(['late', null])
})
