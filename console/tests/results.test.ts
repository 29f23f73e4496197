import { describe, expect, it } from 'vitest'
import { inHundred, isTold, metersOf, placeOf, scaleOf, toneOf, type Compared } from '../src/outbound/results/uplift'

const ARM = { members: 100, effects: 10, rate: 0.1 }

function compared(some: Partial<Compared>): Compared {
  return {
    effect: 'booked',
    treated: ARM,
    held_out: ARM,
    uplift: { value: 0.2, low: 0.032, high: 0.41 },
    verdict: 'more',
    missing: { treated: 0, held_out: 0, effects: 0 },
    words: '',
    cost_per_effect: null,
    ...some,
  }
}

describe('the picture of the differences', () => {
  it('has none on it, and all that can be told, between round bounds', () => {
    const scale = scaleOf([compared({}), compared({ verdict: 'too_few', uplift: { value: 0.9, low: 0.8, high: 1 } })])
    expect(scale).toEqual({ low: -5, high: 45 })
    expect(placeOf(0, scale)).toBe(10)
    expect(scaleOf([compared({ uplift: { value: -0.1, low: -0.2, high: -0.02 }, verdict: 'fewer' })])).toEqual({ low: -20, high: 5 })
  })

  it('can be drawn where nothing can be told', () => {
    const scale = scaleOf([compared({ verdict: 'no_hold_out', uplift: null })])
    expect(scale.high).toBeGreaterThan(scale.low)
  })
})

describe('an effect', () => {
  it('is good when there is more of it, but of complaints', () => {
    expect(toneOf(compared({}))).toBe('good')
    expect(toneOf(compared({ effect: 'complained' }))).toBe('bad')
    expect(toneOf(compared({ effect: 'complained', verdict: 'fewer' }))).toBe('good')
    expect(toneOf(compared({ verdict: 'not_clear' }))).toBe('unclear')
    expect(toneOf(compared({ verdict: 'too_few' }))).toBe('open')
  })

  it('of which too few are known says how far they are', () => {
    const few = compared({ verdict: 'too_few', held_out: { members: 11, effects: 0, rate: 0 }, treated: { members: 46, effects: 3, rate: 0.07 }, missing: { treated: 0, held_out: 19, effects: 2 } })
    expect(isTold(few)).toBe(false)
    expect(metersOf(few)).toEqual([
      { what: 'held_out', have: 11, need: 30 },
      { what: 'effects', have: 3, need: 5 },
    ])
  })

  it('is said in a hundred, with its sign', () => {
    expect([0.386, -0.04, 0].map(inHundred)).toEqual(['+38.6', '−4.0', '0.0'])
  })
})
