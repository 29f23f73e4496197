import { expect, test } from 'vitest'
import type { Ticket } from '../src/api/wire'
import { differences, settled } from '../src/tickets/conflict'
import { changed, patchOf, valuesOf } from '../src/tickets/fields'
import { stepsOf } from '../src/tickets/moves'
import { linesOf, type Timeline } from '../src/tickets/timeline'

const before = { summary: 'a', caller_name: 'W', 'particulars.severity': 'low' }
const mine = { ...before, summary: 'mine', caller_name: 'M' }
const theirs = { ...before, summary: 'theirs', 'particulars.severity': 'high' }

test('both changes stand side by side, and only what both have changed must be chosen', () => {
  expect(differences(before, mine, theirs)).toEqual([
    { name: 'summary', before: 'a', theirs: 'theirs', mine: 'mine', isClash: true },
    { name: 'particulars.severity', before: 'low', theirs: 'high', mine: 'low', isClash: false },
  ])
  expect(differences(before, mine, before)).toEqual([])
  expect(differences(before, mine, { ...before, summary: 'mine' })[0]?.isClash).toBe(false)
})

test('nothing of the other is lost unless I say so', () => {
  const kept = { caller_name: 'M', 'particulars.severity': 'high' }
  expect(settled(before, mine, theirs, {})).toEqual({ ...kept, summary: 'theirs' })
  expect(settled(before, mine, theirs, { summary: 'mine' })).toEqual({ ...kept, summary: 'mine' })
})

test('an edit sends what was changed and nothing else', () => {
  const ticket = {
    kind: 'part_order', summary: 's', caller_name: null, caller_phone: '138****8000', language: 'zh',
    particulars: { part_numbers: ['A1', 'B2'], waiting_car: '' },
  } as unknown as Ticket
  const shown = valuesOf(ticket)
  expect(shown['particulars.part_numbers']).toBe('A1\nB2')
  const now = { ...shown, caller_name: ' 王 ', 'particulars.part_numbers': 'A1\n\n C3 ' }
  expect(patchOf('part_order', now, changed(shown, now))).toEqual({
    caller_name: '王',
    particulars: { part_numbers: ['A1', 'C3'] },
  })
  expect(patchOf('part_order', { ...shown, caller_phone: '' }, ['caller_phone'])).toEqual({ caller_phone: null })
})

test('a rescue under dispatch is not ended here', () => {
  expect(stepsOf('rescue', 'en_route')).toEqual([])
  expect(stepsOf('complaint', 'opened')[0]).toBe('start')
  expect(stepsOf('complaint', 'resolved')).toEqual(['closure', 'reopening'])
})

test('lines carry the words and the changes that belong to them, newest first', () => {
  const event = (id: string, kind: string, at: string, facts = {}) =>
    ({ id, kind, at, actor: 'staff:1', station_id: null, facts })
  const lines = linesOf({
    events: [
      event('1', 'ticket.note_written', 't1', { note_id: 'n' }),
      event('2', 'ticket.edited', 't2'),
      event('3', 'ticket.assigned', 't3', { assignee_id: null }),
    ],
    notes: [{ id: 'n', author: 'staff:1', words: 'called', written_at: 't1' }],
    changes: [{ id: 'c', version: 2, changed_by: 'staff:1', changed_at: 't2', fields: [{ field: 'summary', was: '', now: 'x' }] }],
    emergencies: [],
    names: {},
  } as Timeline)
  expect(lines.map((line) => [line.event, line.note, line.changes.length])).toEqual([
    ['ticket.given_back', '', 0],
    ['ticket.edited', '', 1],
    ['ticket.note_written', 'called', 0],
  ])
})
