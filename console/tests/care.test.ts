import { describe, expect, it } from 'vitest'
import { cellOf, isSilent, type Consents, type ConsentWord } from '../src/customers/care'
import { draftsOf, isWhole, rulesOf } from '../src/customers/tierRules'

function word(said: Partial<ConsentWord>): ConsentWord {
  return {
    granted: true, purpose: 'marketing', channel: 'text', evidence: 'paper', reference: '', reason: null,
    said_at: '2026-03-01T09:00:00Z', recorded_at: '2026-03-01T09:00:00Z', recorded_by_name: '林', ...said,
  }
}

function consents(granted: string[], refused: string[], words: ConsentWord[]): Consents {
  return { reach: { granted, refused, silent: [], silent_at: null }, words }
}

describe('a cell of the grid', () => {
  it('names the latest word that says so', () => {
    const words = [word({ granted: false }), word({ reference: 'A' }), word({ channel: 'call', reference: 'B' })]
    const now = consents(['marketing:call'], ['marketing:text'], words)
    expect(cellOf(now, 'marketing', 'text')).toEqual({ state: 'refused', word: words[0] })
    expect(cellOf(now, 'marketing', 'call').word?.reference).toBe('B')
    expect(cellOf(now, 'greeting', 'text')).toEqual({ state: 'unspoken', word: null })
  })

  it('is refused by silence, and not by the end of one', () => {
    const silence = word({ granted: false, purpose: null, evidence: 'text_reply' })
    const now = consents([], ['greeting:text'], [word({ purpose: 'marketing' }), silence])
    expect(cellOf(now, 'greeting', 'text').word).toBe(silence)
  })
})

it('wants no contact at all only when every channel is silent', () => {
  const now = consents([], [], [])
  expect(isSilent(now)).toBe(false)
  const all = { ...now, reach: { ...now.reach, silent: ['call', 'automated_call', 'email', 'text'] as Consents['reach']['silent'] } }
  expect(isSilent(all)).toBe(true)
})

describe('rules of the tiers', () => {
  const gold = { tier: 2, needs: 'all' as const, least: { cars: null, visits: 3, spend: null, years: 2 } }

  it('come back as they were', () => {
    expect(rulesOf(draftsOf([gold]))).toEqual([gold])
    expect(draftsOf([]).map((one) => one.tier)).toEqual([1, 2])
  })

  it('need a threshold each', () => {
    const drafts = draftsOf([gold])
    expect(isWhole(drafts)).toBe(true)
    drafts[0]!.isUsed = true
    expect(isWhole(drafts)).toBe(false)
    drafts[0]!.least.spend = '3000'
    expect(isWhole(drafts)).toBe(true)
    expect(rulesOf(drafts)[0]!.least.spend).toBe(3000)
  })
})
