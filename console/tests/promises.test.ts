import { expect, test } from 'vitest'
import { en } from '../src/i18n/en'
import { zh } from '../src/i18n/zh'

/** Codes by which a promised call may be broken: its own, and those of the touch that was to keep it. */
const BROKEN_BY = [
  'not_reached', 'wrong_number', 'expired', 'line_lost', 'claimer_died', 'silent', 'refused', 'campaign_stopped',
  'wrong_person', 'known_dispute', 'other', 'policy_unknown', 'no_words',
]

test.each(BROKEN_BY)('a supervisor reads why a promised call was broken: %s', (code) => {
  for (const words of [zh, en]) {
    const own = words.outbound.promises.reason as Record<string, string>
    const usual = words.outbound.why.reason as Record<string, string>
    expect(own[code] ?? usual[code]).toBeTruthy()
  }
})
