import { expect, test } from 'vitest'
import { changesOf, conflictsOf, rebased } from '../src/api/edits'
import { factsWords } from '../src/audit/facts'
import { askFor as askAudit, KINDS as AUDITED, readFilters as readAudit } from '../src/audit/filters'
import { firstPassword } from '../src/staff/filters'
import type { SheetHeadings } from '../src/api/wire'
import { choicesOf, hasCode, mappingOf, twice } from '../src/imports/mapping'
import { fileName } from '../src/lists/saved'
import { askFor, readFilters, writeFilters } from '../src/stations/filters'
import { zh } from '../src/i18n/zh'
import { shortTime } from '../src/i18n/time'
import { hoursWords } from '../src/stations/hoursWords'
import { brandsOf, chinaMoment, isSuspended, spansWords } from '../src/stations/station'

interface Contract { properties?: Record<string, unknown> }

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
})

test('an event tells what it tells in words, and every kind has its own', () => {
  const words = new Map([['audit.fact.stage', '阶段'], ['audit.fact.drill', '演练'], ['stage.opened', '已受理'], ['kind.x', '某类']])
  const saying = { wordsAt: (key: string) => words.get(key), time: (at: string) => `<${at}>`, comma: '、' }
  const id = '01a21621-c89f-7181-b3b3-e0781059f972'
  const told = { stage: 'opened', drill: true, again: false, offer_id: id, ticket_id: id, doubts: [], none: null }
  expect(factsWords(told, saying)).toBe('阶段: 已受理 · 演练 · offer_id: …1059f972')
  expect(factsWords({ rows: 3, filters: { kind: 'x' } }, saying)).toBe('rows: 3 · filters: (kind: 某类)')
  expect(factsWords({ happened_at: 'T', signs: ['a', 'b'] }, saying)).toBe('happened_at: <T> · signs: a、b')
  const contracts = Object.entries(import.meta.glob<Contract>('../../schemas/events/*.json', { eager: true, import: 'default' }))
  expect(contracts.map(([file]) => file.replace(/.*\/(.*)\.json/, '$1')).filter((kind) => !AUDITED.includes(kind))).toEqual([])
  const facts = contracts.flatMap(([, contract]) => Object.keys(contract.properties ?? {}))
  expect(facts.filter((name) => !['ticket_id', 'station_id'].includes(name) && !(name in zh.audit.fact))).toEqual([])
})

test('opening hours are read in words', () => {
  expect(hoursWords('Mo-Sa 08:30-17:30; PH off', 'zh')).toBe('周一至周六 08:30-17:30; 节假日 休息')
  expect(hoursWords('Mo-Fr 09:00-18:00; Su,PH 10:00-16:00', 'en')).toBe('Mon–Fri 09:00-18:00; Sun,public holidays 10:00-16:00')
  expect(hoursWords('24/7', 'zh')).toBe('全天')
})

test('a time of another year has its year', () => {
  const now = new Date('2026-11-26T04:00:00Z')
  expect(shortTime('2026-11-25T16:30:00Z', 'zh', now)).toBe('11/26 00:30')
  expect(shortTime('2025-12-31T15:59:00Z', 'zh', now)).toBe('2025/12/31 23:59')
})

test('a first password has no signs that look alike, and no two of the same', () => {
  const random = (bytes: Uint8Array) => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>)
  const made = Array.from({ length: 50 }, () => firstPassword(random))
  expect(new Set(made).size).toBe(50)
  expect(made.every((one) => one.length === 14 && !/[01OIl]/.test(one))).toBe(true)
})
