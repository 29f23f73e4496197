import { expect, test } from 'vitest'
import { moved } from '../src/lists/roving'
import { isBare, isComposing, keyName, keyWords } from '../src/shell/keys'

const press = (key: string, more = {}) =>
  ({ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, keyCode: 0, ...more })

test('names of keys, and which of them write a sign', () => {
  expect(keyName(press('Enter', { metaKey: true }))).toBe('Ctrl+Enter')
  expect(['Escape', 'Alt+q', 'Ctrl+Enter', 'j'].map(keyWords)).toEqual(['Esc', 'Alt+Q', 'Ctrl+Enter', 'j'])
  expect(['/', '?', 'j', 'Escape', 'Ctrl+k'].filter(isBare)).toEqual(['/', '?', 'j'])
})

test("an input method's keys are its own", () => {
  expect(isComposing(press('Process', { keyCode: 229 }))).toBe(true)
  expect(isComposing(press('j', { isComposing: true }))).toBe(true)
  expect(isComposing(press('j'))).toBe(false)
})

test('the ends of a list are ends', () => {
  expect([moved(-1, 'next', 3), moved(2, 'next', 3), moved(0, 'previous', 3), moved(1, 'last', 3)]).toEqual([0, 2, 0, 2])
  expect(moved(-1, 'next', 0)).toBe(-1)
})
