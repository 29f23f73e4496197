import { expect, test } from 'vitest'
import { promiseOf } from '../src/desk/promised'
import { keyOf, OUTCOMES, stageOf } from '../src/outbound/calls/outcomes'
import { fieldOf, isAhead, isAllowed, momentOf, nextAllowed, quickTimes } from '../src/outbound/calls/promise'
import { byKey } from '../src/outbound/surveys/byKey'
import { blankQuestion, blankSurvey } from '../src/outbound/surveys/edit'

const at = (time: string) => Date.parse(`2026-11-26T${time}:00+08:00`)
const names = (time: string) => quickTimes(at(time)).map(({ name }) => name)

test('what people say on the telephone is a time by the clocks of China', () => {
  expect(quickTimes(at('10:02'))).toEqual([
    { name: 'in_an_hour', at: '2026-11-26T11:05' },
    { name: 'this_afternoon', at: '2026-11-26T15:00' },
    { name: 'this_evening', at: '2026-11-26T18:30' },
    { name: 'tomorrow_morning', at: '2026-11-27T10:00' },
    { name: 'tomorrow_afternoon', at: '2026-11-27T15:00' },
  ])
})

test('what is past, or within the hour, is not offered', () => {
  expect(names('14:30')).not.toContain('this_afternoon')
  expect(names('18:00')).toEqual(['in_an_hour', 'tomorrow_morning', 'tomorrow_afternoon'])
})

test('late in the evening an hour on is tomorrow', () => {
  expect(quickTimes(at('23:30'))[0]).toEqual({ name: 'in_an_hour', at: '2026-11-27T00:30' })
  expect(quickTimes(at('23:30'))[1]?.at).toBe('2026-11-27T10:00')
})

test('a field of date and time comes back as it went', () => {
  expect(fieldOf(Date.parse(momentOf('2026-11-27T10:00')))).toBe('2026-11-27T10:00')
  expect(isAhead('2026-11-26T10:01', at('10:00'))).toBe(true)
  expect(isAhead('2026-11-26T09:59', at('10:00'))).toBe(false)
  expect(isAhead('', at('10:00'))).toBe(false)
})

test('only when he may be called, and the first such time where an hour on is not', () => {
  const spans = [
    { begins_at: '2026-11-26T01:00:00Z', ends_at: '2026-11-26T04:00:00Z' },
    { begins_at: '2026-11-26T06:00:00Z', ends_at: '2026-11-26T10:00:00Z' },
    { begins_at: '2026-11-27T01:00:00Z', ends_at: '2026-11-27T04:00:00Z' },
  ]
  expect(quickTimes(at('11:10'), spans)).toEqual([
    { name: 'next_allowed', at: '2026-11-26T14:00' },
    { name: 'this_afternoon', at: '2026-11-26T15:00' },
    { name: 'tomorrow_morning', at: '2026-11-27T10:00' },
  ])
  expect(quickTimes(at('09:10'), spans)[0]?.name).toBe('in_an_hour')
  expect(isAllowed('2026-11-26T18:00', spans)).toBe(false)
  expect(isAllowed('2026-11-26T18:00', null)).toBe(true)
  expect(nextAllowed('2026-11-26T18:00', spans)).toBe('2026-11-27T09:00')
  expect(nextAllowed('2026-11-28T18:00', spans)).toBeNull()
})

test('each outcome has a key of its own', () => {
  const keys = OUTCOMES.map((_, n) => keyOf(n))
  expect(new Set(keys).size).toBe(OUTCOMES.length)
  expect([keys[0], keys.at(-1)]).toEqual(['Alt+1', 'Alt+0'])
})

test('how far a call is goes by the line, which knows first', () => {
  const call = (state: 'ringing' | 'answered' | 'ended', answered_at: string | null = null) => ({ state, answered_at })
  expect(stageOf({ state: 'taken' }, null)).toBe('looks')
  expect(stageOf({ state: 'dialling' }, null)).toBe('rings')
  expect(stageOf({ state: 'connected' }, null)).toBe('talks')
  expect(stageOf({ state: 'dialling' }, call('answered', '2026-11-26T10:00:00Z'))).toBe('talks')
  expect(stageOf({ state: 'connected' }, call('ended', '2026-11-26T10:00:00Z'))).toBe('write_up')
  expect(stageOf({ state: 'dialling' }, call('ended'))).toBe('over')
})

test('a digit is a score, or an option in its place', () => {
  const survey = blankSurvey()
  expect(byKey(blankQuestion('nps', survey), {}, '9')).toEqual({ score: 9 })
  expect(byKey(blankQuestion('csat', survey), {}, '9')).toBeNull()
  expect(byKey(blankQuestion('single', survey), {}, '2')).toEqual({ choice: 'o2' })
  expect(byKey(blankQuestion('single', survey), {}, '3')).toBeNull()
  const once = byKey(blankQuestion('multiple', survey), {}, '1')!
  expect(once).toEqual({ choices: ['o1'] })
  expect(byKey(blankQuestion('multiple', survey), once, '1')).toEqual({ choices: [] })
  expect(byKey(blankQuestion('text', survey), {}, '1')).toBeNull()
  expect(byKey(blankQuestion('nps', survey), {}, 'a')).toBeNull()
})

test('a promise in the ledger is a time, or words', () => {
  expect(promiseOf('call_back 2026-11-27T02:00:00+00:00')).toBe('2026-11-27T02:00:00+00:00')
  expect(promiseOf('call_back soon')).toBeNull()
  expect(promiseOf('a free wash')).toBeNull()
})
