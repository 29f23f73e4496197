import { expect, test } from 'vitest'
import { everything, kept, NOTHING, size, switched } from '../src/handover/choice'
import type { Unfinished } from '../src/handover/wire'

const held = {
  tickets: [{ id: 'a' }, { id: 'b' }],
  alarms: [{ id: 'x' }],
  has_more: false,
} as unknown as Unfinished

test('one is chosen and left again; all are chosen at once', () => {
  const one = switched(NOTHING, 'tickets', 'a')
  expect(one).toEqual({ tickets: ['a'], alarms: [] })
  expect(switched(one, 'tickets', 'a')).toEqual(NOTHING)
  expect(size(everything(held))).toBe(3)
})

test('what is no longer held is no longer chosen', () => {
  const chosen = { tickets: ['a', 'gone'], alarms: ['x', 'over'] }
  expect(kept(chosen, held)).toEqual({ tickets: ['a'], alarms: ['x'] })
})
