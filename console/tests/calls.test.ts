import { describe, expect, it } from 'vitest'
import { askFor, readFilters, spoken, writeFilters } from '../src/calls/filters'

describe('the filters of the calls', () => {
  it('come back from the address as they were', () => {
    const address = { phone: '13800138000', live: '1', since: '2026-01-01', until: '2026-01-02' }
    expect(writeFilters(readFilters(address))).toEqual(address)
    expect(writeFilters(readFilters({ owner: "'; drop", since: 'today', live: 'yes' }))).toEqual({})
  })

  it('ask for whole days in China', () => {
    expect(askFor(readFilters({ since: '2026-01-01', until: '2026-01-02' }))).toEqual({
      since: '2026-01-01T00:00:00+08:00',
      until: '2026-01-02T16:00:00.000Z',
    })
  })

  it('say how long two have spoken', () => {
    expect(spoken('2026-01-01T00:00:00Z', '2026-01-01T00:01:05Z')).toBe('1:05')
    expect(spoken(null, '2026-01-01T00:01:05Z')).toBe('')
  })
})
