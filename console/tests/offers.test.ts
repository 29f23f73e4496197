import { expect, test } from 'vitest'
import type { Fact } from '../src/live/news'
import { after, boardOf, clock, leftOf, NOBODY, type Board } from '../src/rescue/offers'
import type { Desk, Offer } from '../src/rescue/wire'

const offer: Offer = {
  id: 'A',
  ticket_id: 'T',
  station_id: 'S',
  rung: 'near',
  distance_m: 1200,
  overruled: [],
  hand_reason: null,
  state: 'offered',
  made_at: '2026-01-01T10:00:00Z',
  expires_at: '2026-01-01T10:01:00Z',
  seen_at: null,
  ended_at: null,
  end_reason: null,
}

function board(offers: Offer[], now = '2026-01-01T10:00:00Z', heardAt = Date.parse(now)): Board {
  return boardOf({ now, rescue: { offers } } as Pick<Desk, 'now' | 'rescue'>, heardAt)
}

function fact(kind: string, facts: Record<string, unknown>): Fact {
  return { id: '1', kind, at: '', ticket_id: 'T', station_id: 'S2', facts }
}

test('the countdown is the server’s, however wrong the clock here is', () => {
  const here = Date.parse('2026-01-01T10:00:00Z')
  for (const wrongMs of [-3_600_000, 0, 90_000]) {
    const seen = board([offer], '2026-01-01T10:00:10Z', here + wrongMs)
    expect(leftOf(seen.asked[0]!, seen, here + wrongMs + 20_000)).toBe(30_000)
    expect(leftOf(seen.asked[0]!, seen, here + wrongMs + 3_600_000)).toBe(0)
  }
})

test('the newest is first, and an offer that has ended is not waited for', () => {
  const declined: Offer = { ...offer, id: 'B', state: 'declined', end_reason: 'too_far' }
  const seen = board([declined, offer])
  expect(seen.asked.map((one) => one.id)).toEqual(['A', 'B'])
  expect(leftOf(seen.asked[1]!, seen, 0)).toBeNull()
})

test('what is heard is shown at once: made, seen, run out, accepted', () => {
  let now = board([offer])
  now = after(now, fact('offer.seen', { offer_id: 'A' }))
  expect(now.asked[0]).toMatchObject({ id: 'A', isSeen: true })
  now = after(now, fact('offer.ended', { offer_id: 'A', state: 'expired', reason: null }))
  now = after(now, fact('offer.made', { offer_id: 'B', rung: 'near' }))
  now = after(now, fact('offer.made', { offer_id: 'B', rung: 'near' }))
  expect(now.asked.map((one) => [one.id, one.stationId, one.state])).toEqual([
    ['B', 'S2', 'offered'],
    ['A', 'S', 'expired'],
  ])
  expect(leftOf(now.asked[0]!, now, 0)).toBeNull()
  now = after(now, fact('offer.accepted', { offer_id: 'B', dispatch_id: 'D', by_phone: false }))
  expect(now.asked[0]!.state).toBe('accepted')
})

test('other news changes nothing, nor does news of an offer that is not known', () => {
  expect(after(NOBODY, fact('ticket.moved', {}))).toBe(NOBODY)
  expect(after(NOBODY, fact('offer.ended', { offer_id: 'X', state: 'expired' })).asked).toEqual([])
})

test.each([
  [65_000, '1:05'],
  [60_000, '1:00'],
  [900, '0:01'],
  [0, '0:00'],
])('%s ms is shown as %s', (ms, words) => expect(clock(ms)).toBe(words))
