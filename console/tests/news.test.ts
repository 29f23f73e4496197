import { expect, test } from 'vitest'
import { isAbout, lineAfter, type Fact, type News } from '../src/live/news'

const fact: Fact = { id: '1', kind: 'ticket.moved', at: '', ticket_id: 'T', station_id: 'S', facts: {} }

test.each([
  ['ticket', true],
  ['ticket.moved', true],
  ['ticket.opened', false],
  ['tick', false],
  ['ticket:T', true],
  ['ticket:U', false],
  ['station:S', true],
])('topic %s hears of it: %s', (topic, is) => expect(isAbout(topic, fact)).toBe(is))

test('the line is lost until it is open again; a mere beat of another tab does not open it', () => {
  const news: News[] = ['beat', 'lost', 'beat', 'refused', 'resumed', { cursor: '1-1', fact: null }]
  const lines = news.map(
    ((line) => (one: News) => (line = lineAfter(line, one)))('connecting' as Parameters<typeof lineAfter>[0]),
  )
  expect(lines).toEqual(['live', 'lost', 'lost', 'lost', 'live', 'live'])
  expect(lineAfter('polling', 'lost')).toBe('polling')
})
