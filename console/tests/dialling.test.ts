import { expect, test } from 'vitest'
import { reasonsOf } from '../src/outbound/campaigns/reasons'
import type { Progress } from '../src/outbound/campaigns/wire'
import { bands, budgetOf, linesOf, modeNow, momentOf, standingOf } from '../src/outbound/dialling/picture'
import type { Pacing } from '../src/outbound/dialling/wire'
import { clocks, isOpen, nowIn, spansOf } from '../src/outbound/policies/week'
import type { PackRule } from '../src/outbound/policies/wire'

const AT = '2026-11-26T02:00:00Z'
const NOW: Pacing = {
  now: AT,
  looked_at: AT,
  agents: { free: 3, talking: 4, writing: 1 },
  calls: { dialling: 6, answered: 1 },
  last_day: { hours: 24, answered: 200, abandoned: 4, cap: 0.03 },
  inbound: 0,
  paced: { mode: 'progressive', because: 'small_group', answer_rate: 0.4, answer_rate_within: 0.1 },
}

test('a line is dialled ahead when no agent is free for it; who has answered comes first', () => {
  expect(linesOf(NOW, 'predictive')).toEqual({ covered: 2, ahead: 4, waiting: 1, looked: 0 })
  expect(linesOf(NOW, 'preview').ahead).toBe(0)
  const spent = { ...NOW, paced: { mode: 'progressive', because: 'budget_spent', answer_rate: 0.4, answer_rate_within: 0.1 } } as const
  expect(linesOf(spent, 'progressive')).toEqual({ covered: 6, ahead: 0, waiting: 1, looked: 0 })
})

test('callers go before everything; an old look is no look', () => {
  expect(standingOf(NOW, 'predictive')).toBe('small_group')
  expect(standingOf({ ...NOW, inbound: 2 }, 'predictive')).toBe('inbound_waits')
  const old = { ...NOW, looked_at: '2026-11-26T01:59:00Z' }
  expect([standingOf(old, 'predictive'), modeNow(old, 'predictive')]).toEqual(['not_looked_at', 'predictive'])
  expect(modeNow(NOW, 'predictive')).toBe('progressive')
  expect(standingOf({ ...NOW, inbound: 2 }, 'preview')).toBe('by_hand')
})

test('what is left of the budget is counted in owners', () => {
  expect(budgetOf(NOW)).toEqual({ share: 0.02, cap: 0.03, left: 2, isOver: false })
  expect(budgetOf({ ...NOW, last_day: { hours: 24, answered: 10, abandoned: 1, cap: 0.03 } })).toMatchObject({ left: 0, isOver: true })
  expect(budgetOf({ ...NOW, last_day: { hours: 24, answered: 0, abandoned: 0, cap: 0.03 } }).share).toBe(0)
})

test('the picture of the minutes reaches from the first look to the last', () => {
  const later = { ...momentOf(NOW), at: Date.parse(AT) + 120_000 }
  const { free, most } = bands([momentOf(NOW), later], 600, 100)
  expect(most).toBe(8)
  expect(free.split(' ').map((point) => point.split(',')[0])).toEqual(['0.0', '600.0', '600.0', '0.0'])
})

test('reasons are gathered over runs and steps, most first; those that failed have none', () => {
  const touch = { step: 0, way: 'text', outcome: null } as const
  const progress: Progress = {
    runs: [1, 2].map((number) => ({ id: String(number), number, begun_at: AT, in_audience: 9, left_out: { silent: number, held_out: 5 }, beginning: false })),
    touches: [
      { ...touch, state: 'skipped', reason: 'refused', touches: 2 },
      { ...touch, step: 1, state: 'withdrawn', reason: 'refused', touches: 3 },
      { ...touch, state: 'ready', reason: 'cap', touches: 4 },
      { ...touch, state: 'ready', reason: '', touches: 90 },
      { ...touch, state: 'skipped', reason: 'new_code', touches: 1 },
    ],
  }
  const { before, never, waits } = reasonsOf(progress)
  expect(before.map(({ code, count, family }) => [code, count, family])).toEqual([['held_out', 10, 'compared'], ['silent', 3, 'wish']])
  expect(never.map(({ code, count }) => [code, count])).toEqual([['refused', 5], ['new_code', 1]])
  expect(waits).toEqual([{ code: 'cap', count: 4, family: 'rules' }])
})

test('a week is told in spans, and asked by the clock of its zone', () => {
  const open = [{ since: 540, until: 720 }]
  const rule = { purpose: 'marketing', way: 'text', basis: 'consent', hours: { mon: open, tue: open, wed: [], thu: [], fri: [], sat: [], sun: [], holiday: [] } } as PackRule
  expect(spansOf(rule).map(({ days, windows }) => [days.length, clocks(windows)])).toEqual([[2, '09:00–12:00'], [5, ''], [1, '']])
  const monday = nowIn('Asia/Shanghai', new Date('2026-11-23T03:59:00Z'))
  expect(monday).toEqual({ day: 'mon', minute: 719 })
  expect(isOpen(rule, monday)).toBe(true)
  expect(isOpen(rule, nowIn('Asia/Shanghai', new Date('2026-11-23T04:00:00Z')))).toBe(false)
  expect(spansOf({ ...rule, hours: null })).toHaveLength(2)
})
