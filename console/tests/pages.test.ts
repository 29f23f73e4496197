import { expect, test } from 'vitest'
import type { Ticket } from '../src/api/wire'
import { extended, NOTHING, refreshed } from '../src/tickets/pages'

const ticket = (n: number): Ticket =>
  ({ id: `t${n}`, opened_at: `2026-11-25T10:00:0${n}Z` }) as Ticket
const ids = (listed: { tickets: Ticket[] }) => listed.tickets.map((one) => one.id)

test('a refreshed head brings what is new and keeps the pages behind it', () => {
  const two = extended(refreshed(NOTHING, { items: [ticket(5), ticket(4)], next_cursor: 'a' }), {
    items: [ticket(3), ticket(2)],
    next_cursor: 'b',
  })
  const now = refreshed(two, { items: [ticket(6), ticket(5), ticket(4)], next_cursor: 'c' })
  expect(ids(now)).toEqual(['t6', 't5', 't4', 't3', 't2'])
  expect(now.next).toBe('b')
})

test('what no longer fits the filters is gone', () => {
  const shown = refreshed(NOTHING, { items: [ticket(5), ticket(4)], next_cursor: null })
  expect(ids(refreshed(shown, { items: [ticket(5)], next_cursor: null }))).toEqual(['t5'])
})

test('a page that overlaps adds nothing twice', () => {
  const shown = refreshed(NOTHING, { items: [ticket(5), ticket(4)], next_cursor: 'a' })
  expect(ids(extended(shown, { items: [ticket(4), ticket(3)], next_cursor: null }))).toEqual(['t5', 't4', 't3'])
})
