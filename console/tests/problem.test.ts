import { expect, test } from 'vitest'
import { withoutCodes } from '../src/i18n/codes'
import { zh } from '../src/i18n/zh'

function wordsAt(key: string): string | undefined {
  const found = key.split('.').reduce<unknown>((words, part) => (words as Record<string, unknown> | undefined)?.[part], zh)
  return typeof found === 'string' ? found : undefined
}

test.each([
  ['不符合条件(off_duty, no_truck)。', { reasons: 'off_duty, no_truck', station_code: 'S1' }, '不符合条件(不在值班、没有在用的救援车)。'],
  ['拖车现在是“in_yard”。', { stage: 'in_yard' }, '拖车现在是“停场过夜”。'],
  ['现在是“done”,不能变为“arrived”。', { stage: 'done', to: 'arrived' }, '现在是“已完成”,不能变为“已到达”。'],
  ['不能送到那里(too_far)。', { why: 'too_far' }, '不能送到那里(太远)。'],
  ['不能送到那里(on_mars)。', { why: 'on_mars' }, '不能送到那里(on_mars)。'],
])('codes in "%s" are said in words', (detail, facts, words) => {
  expect(withoutCodes({ detail, facts: facts as Record<string, string> }, '、', wordsAt)).toBe(words)
})
