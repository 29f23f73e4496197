import { expect, test } from 'vitest'
import { same } from '../src/api/edits'
import { actsOf } from '../src/outbound/campaigns/acts'
import { doneOf, funnelOf, leftOut } from '../src/outbound/campaigns/funnel'
import { asLocal, asMoment } from '../src/outbound/campaigns/moments'
import { placeOf } from '../src/outbound/campaigns/places'
import { inserted, listed, movedVariant, otherwise, withNewVariant, withRule, withSaid } from '../src/outbound/campaigns/plan'
import { reachOf, type Reached } from '../src/outbound/campaigns/reach'
import { textParts, typical } from '../src/outbound/campaigns/textParts'
import type { Campaign, Plan, Step, TouchCount, Variant } from '../src/outbound/campaigns/wire'

const said = { zh: '您好', en: 'Hello', subject_zh: '', subject_en: '' }
const variant = (code: string): Variant => ({ code, tiers: [], models: [], provinces: [], occasions: [], words: { text: said } })
const plan = { steps: [], variants: [variant('gold'), variant('usual')] } as unknown as Plan

test('a text message is counted as the network cuts it', () => {
  expect([0, 160, 161, 306, 307].map((n) => textParts('a'.repeat(n)))).toEqual([0, 1, 2, 2, 3])
  expect([70, 71, 134, 135].map((n) => textParts('好'.repeat(n)))).toEqual([1, 2, 2, 3])
  // Signs of the extension take two septets; a smiling face takes two units.
  expect([textParts('€'.repeat(80)), textParts('€'.repeat(81))]).toEqual([1, 2])
  expect([textParts('😀'.repeat(35)), textParts('😀'.repeat(36))]).toEqual([1, 2])
})

test('typical facts stand in for those of nobody in particular', () => {
  expect(typical('{owner},{plate|您的爱车},{nonsense}', 'zh')).toBe('王小明,辽A12345,{nonsense}')
})

test('a fact is put in where one writes, with what is said for who has none', () => {
  expect(inserted('您好再见', otherwise('plate', 'zh'), 2, 2)).toEqual({ text: '您好{plate|您的爱车}再见', at: 14 })
  expect(otherwise('owner', 'en')).toBe('owner')
  // Who never came is told by another variant: no word for his last visit is true.
  expect(otherwise('last_visit', 'en')).toBe('last_visit')
})

test('what is for fewer is put before what it is like, and codes stay their own', () => {
  expect(withNewVariant(plan, 1).variants.map(({ code }) => code)).toEqual(['gold', 'variant_3', 'usual'])
  expect(movedVariant(plan, 1, 0).variants.map(({ code }) => code)).toEqual(['usual', 'gold'])
  expect(movedVariant(plan, 0, -1).variants.map(({ code }) => code)).toEqual(['gold', 'usual'])
  expect(withSaid(variant('a'), 'text', undefined)).toEqual({ words: {} })
  expect(listed(' EX5, EX7、EX5 ,')).toEqual(['EX5', 'EX7'])
})

test('a rule taken away is the usual one again', () => {
  const rule = { then: 'end', after_minutes: 0, at_most: 1, other_day_part: false } as const
  const step = { rules: { busy: rule } } as unknown as Step
  expect(withRule(step, 'busy', null)).toEqual({ rules: {} })
  expect(withRule(step, 'machine', rule)).toEqual({ rules: { busy: rule, machine: rule } })
})

test('a fault leads to its place', () => {
  expect(placeOf('steps.2', plan)).toEqual({ section: 'steps', step: 2 })
  expect(placeOf('steps.1.survey_id', plan)).toEqual({ section: 'steps', step: 1, field: 'survey_id' })
  expect(placeOf('variants.usual.text', plan)).toEqual({ section: 'variants', variant: 1, way: 'text' })
  expect(placeOf('variants', plan)).toEqual({ section: 'variants' })
  expect(placeOf('ways.email', plan)).toEqual({ section: 'variants', way: 'email' })
  expect(placeOf('hold_out_percent', plan)).toEqual({ section: 'measure' })
})

test('touches are gathered by step, and only what is over counts as done', () => {
  const touches: TouchCount[] = [
    { step: 0, way: 'text', state: 'sent', outcome: 'booked', reason: '', touches: 2 },
    { step: 0, way: 'text', state: 'sent', outcome: null, reason: '', touches: 3 },
    { step: 0, way: 'text', state: 'ready', outcome: null, reason: '', touches: 4 },
    { step: 1, way: 'agent_call', state: 'sending', outcome: null, reason: '', touches: 1 },
  ]
  const [first, second] = funnelOf(touches)
  expect(first!.counts).toEqual({ waiting: 4, under_way: 0, sent: 5, responded: 2, failed: 0, not_said: 0 })
  expect(first!.outcomes).toEqual([['booked', 2]])
  expect(second!.counts.under_way).toBe(1)
  expect(doneOf({ runs: [], touches })).toEqual({ done: 5, all: 10, percent: 50 })
  const said = touches.map((one) => ({ ...one, state: 'sent' as const }))
  const run = { id: '1', number: 1, begun_at: '2026-11-30T20:30:00Z', in_audience: 900, left_out: {} }
  expect(doneOf({ runs: [{ ...run, beginning: true }], touches: said }).percent).toBe(99)
  expect(doneOf({ runs: [{ ...run, beginning: false }], touches: said }).percent).toBe(100)
  expect(leftOut({ left_out: { silent: 1, cap: 5, held_out: 0 } })).toEqual([['cap', 5], ['silent', 1]])
})

test('moments go by the clocks of China, and back', () => {
  expect(asLocal('2026-11-30T20:30:00Z')).toBe('2026-12-01T04:30')
  expect(asMoment('2026-12-01T04:30')).toBe('2026-12-01T04:30:00+08:00')
  expect([asLocal(null), asMoment('')]).toEqual(['', null])
})

test('who may not approve is not offered to send back either', () => {
  const campaign = { state: 'submitted' } as Campaign
  expect(actsOf(campaign, () => true)).toEqual(['approve', 'send_back', 'stop'])
  expect(actsOf(campaign, (right) => right !== 'outbound_approve')).toEqual(['approve', 'stop'])
  expect(actsOf(campaign, (right) => right === 'outbound_read')).toEqual([])
})

test('the same fields in another order are the same', () => {
  expect(same({ a: 1, b: { c: 2, d: [1, 2] } }, { b: { d: [1, 2], c: 2 }, a: 1 })).toBe(true)
  expect(same({ a: [1, 2] }, { a: [2, 1] })).toBe(false)
})

test('what a campaign would reach is asked by its own policy, ways and hold-out', () => {
  const steps = [{ way: 'text' }, { way: 'agent_call' }, { way: 'text' }] as unknown as Step[]
  const asked = { id: 'a', kind: 'maintenance', purpose: 'contract', audience_id: 'b', policy: 'eu', plan: { ...plan, steps, hold_out_percent: 15 } } as Reached
  expect(reachOf(asked)).toEqual({ purpose: 'contract', ways: ['text', 'agent_call'], policy: 'eu', campaign_id: 'a', held_out_percent: 15, holds_out: true })
  expect(reachOf({ ...asked, kind: 'recall' }).holds_out).toBe(false)
})
