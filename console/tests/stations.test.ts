import { expect, test } from 'vitest'
import { changesOf, conflictsOf, rebased } from '../src/api/edits'
import { askFor as askAudit, factsWords, readFilters as readAudit } from '../src/audit/filters'
import { firstPassword } from '../src/staff/filters'
import type { SheetHeadings } from '../src/api/wire'
import { choicesOf, hasCode, mappingOf, twice } from '../src/imports/mapping'
import { fileName } from '../src/lists/saved'
import { askFor, readFilters, writeFilters } from '../src/stations/filters'
import { brandsOf, chinaMoment, isSuspended, spansWords } from '../src/stations/station'

test('filters come back from the address as they were; what it cannot mean is left out', () => {
  const address = { search: '沈阳', province: 'LN', kind: 'dealer', suspended: 'no' }
  expect(writeFilters(readFilters(address))).toEqual(address)
  expect(askFor(readFilters(address))).toEqual({ ...address, suspended: false })
  expect(writeFilters(readFilters({ province: 'XX', kind: '1', suspended: 'maybe' }))).toEqual({})
})

test('what two people change of one thing', () => {
  const base = { name: 'a', town: 'b', phone: 'c' }
  const mine = { ...base, name: 'mine', town: 'both' }
  const theirs = { ...base, name: 'theirs', town: 'both', phone: 'd' }
  expect(changesOf(base, mine)).toEqual({ name: 'mine', town: 'both' })
  // The same change is no conflict, and what was not touched follows.
  expect(conflictsOf(base, theirs, mine)).toEqual(['name'])
  expect(rebased(base, theirs, mine)).toEqual({ name: 'mine', town: 'both', phone: 'd' })
})

test('a suspension that has run out is none', () => {
  const now = new Date('2026-11-25T10:00:00Z')
  expect(isSuspended({ suspended_at: null, suspended_until: null }, now)).toBe(false)
  expect(isSuspended({ suspended_at: 'x', suspended_until: null }, now)).toBe(true)
  expect(isSuspended({ suspended_at: 'x', suspended_until: '2026-11-25T09:59:00Z' }, now)).toBe(false)
})

test('nights, brands and times', () => {
  const spans = [{ begins: '20:00', ends: '06:00', over_midnight: true }]
  const day = { day: '2026-10-01', kind: 'holiday' as const, by_hand: false, spans }
  expect(spansWords(day, (time) => `+${time}`)).toBe('20:00–+06:00')
  expect(brandsOf(' A、B,C, ;D')).toEqual(['A', 'B', 'C', 'D'])
  expect(chinaMoment('2026-11-25T08:30')).toBe('2026-11-25T08:30:00+08:00')
  expect(fileName('attachment; filename="stations.csv"')).toBe('stations.csv')
})

test('only what is meant differently is told; two headings for one column are seen', () => {
  const heading = (words: string, field: string | null) => ({ heading: words, field, examples: [] })
  const read = {
    headings: [heading('网点号', null), heading('编号', 'code'), heading('代码', 'code'), heading('模拟', 'simulated')],
    rows: 1,
    columns: [{ field: 'simulated', words: '', can_be_written: false }],
  } satisfies SheetHeadings
  const choices = choicesOf(read)
  expect(choices.map((one) => one.field)).toEqual(['-', 'code', '-', '-'])
  expect(mappingOf(choices)).toBe('代码=-\n模拟=-')
  choices[0]!.field = 'code'
  expect([twice(choices), hasCode(choices)]).toEqual([['code'], true])
  choices[1]!.field = '-'
  expect(mappingOf(choices)).toBe('网点号=code\n编号=-\n代码=-\n模拟=-')
})

test('a day of the audit is a day in China, and both ends are in it', () => {
  const filters = readAudit({ since: '2026-11-25', until: '2026-11-25', kind: 'x; drop', actor: 'cli' })
  expect(askAudit(filters)).toEqual({
    actor: 'cli',
    since: '2026-11-25T00:00:00+08:00',
    until: '2026-11-25T16:00:00.000Z',
  })
  expect(factsWords({ rows: 3, filters: { kind: 'x' }, none: null })).toBe('rows: 3 · filters: {"kind":"x"}')
})

test('a first password has no signs that look alike, and no two of the same', () => {
  const random = (bytes: Uint8Array) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>)
  const made = Array.from({ length: 50 }, () => firstPassword(random))
  expect(new Set(made).size).toBe(50)
  expect(made.every((one) => one.length === 14 && !/[01OIl]/.test(one))).toBe(true)
})
