import { expect, test } from 'vitest'
import { askFor, readFilters, writeFilters } from '../src/tickets/filters'

const ID = '0198c0de-0000-7000-8000-000000000001'

test.each<Record<string, string>>([
  {},
  { kind: 'rescue', stage: 'on_site', live: '1' },
  { number: 'R 2511-4', assignee: 'me' },
  { assignee: ID, owner: ID },
])('the address %o comes back as it was', (address) => {
  expect(writeFilters(readFilters(address))).toEqual(address)
})

test('what the address cannot mean is left out', () => {
  const odd = { kind: 'x', stage: ['opened', 'closed'], live: 'yes', assignee: '1', owner: "'; drop" }
  expect(writeFilters(readFilters(odd))).toEqual({})
})

test('the API is asked by ids', () => {
  expect(askFor(readFilters({ assignee: 'me', live: '1' }), `staff:${ID}`)).toEqual({ live: true, assignee_id: ID })
})
