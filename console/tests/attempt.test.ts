import { expect, test } from 'vitest'
import { Attempt } from '../src/api/attempt'

test('pressed again it is the same action; other words or a good answer begin another', () => {
  const attempt = new Attempt()
  const first = attempt.header({ words: 'a' })
  expect(attempt.header({ words: 'a' })).toEqual(first)
  const other = attempt.header({ words: 'b' })
  expect(other).not.toEqual(first)
  attempt.done()
  expect(attempt.header({ words: 'b' })).not.toEqual(other)
})
