import { expect, test } from 'vitest'
import { languageOf } from '../src/i18n/language'

test.each([
  [null, null, 'zh-CN', 'zh'],
  [null, null, 'zh', 'zh'],
  [null, null, 'de-DE', 'en'],
  [null, 'zh', 'en-US', 'zh'],
  ['en', 'zh', 'zh-CN', 'en'],
  ['fr', 'xx', 'zh-TW', 'zh'],
] as const)('chosen by the person %s, at this desk %s, of the browser %s: %s', (own, here, browser, language) => {
  expect(languageOf(own, here, browser)).toBe(language)
})
