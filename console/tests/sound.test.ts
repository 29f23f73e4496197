import { describe, expect, it } from 'vitest'
import { outline, spoken } from '../src/recordings/sound'

describe('the picture of a sound', () => {
  it('has a line for each part, as high as it is loud, and one where it is silent', () => {
    expect(outline([0, 0.5, 1])).toBe('M0.5 19.5V20.5M1.5 10V30M2.5 0V40')
  })

  it('stays within its box', () => {
    expect(outline([7])).toBe('M0.5 0V40')
  })
})

describe('how long it is', () => {
  it('is said in minutes and seconds, and not when nobody knows', () => {
    expect([0, 59.6, 75, 3600].map(spoken)).toEqual(['0:00', '1:00', '1:15', '60:00'])
    expect(spoken(null)).toBe('')
  })
})
