import { expect, test } from 'vitest'
import { EventStreamParser } from '../src/live/eventStream'

const HELLO = 'retry: 2000\nid: 7-1\nevent: feed.hello\ndata: {}\n\n'
const TWO = 'id: 7-2\nevent: ticket.opened\ndata: {"a":\ndata: 1}\n\n: beat\nid: 7-9\n\n'

test('reads the same events however the line cuts them', () => {
  const text = HELLO + TWO
  for (const length of [1, 2, 5, 13, text.length]) {
    const parser = new EventStreamParser()
    const heard = []
    for (let at = 0; at < text.length; at += length) heard.push(...parser.push(text.slice(at, at + length)))
    expect(heard).toEqual([
      { id: '7-1', kind: 'feed.hello', data: '{}' },
      { id: '7-2', kind: 'ticket.opened', data: '{"a":\n1}' },
      { id: '7-9', kind: '', data: '' },
    ])
  }
})

test('a comment alone says nothing, an event without its end is not told', () => {
  const parser = new EventStreamParser()
  expect(parser.push(': beat\n\n')).toEqual([])
  expect(parser.push('id: 1-1\r\nevent: call.ended\r\ndata: {}')).toEqual([])
  expect(parser.push('\r\n\r\n')).toEqual([{ id: '1-1', kind: 'call.ended', data: '{}' }])
})
