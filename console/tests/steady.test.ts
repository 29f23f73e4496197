import { expect, test } from 'vitest'
import { steady, type Send } from '../src/api/steady'

const waited: number[] = []
const PATIENCE = { pauses: [1, 2], wait: async (ms: number) => void waited.push(ms) }

/** Answers in this order; an Error is thrown. Remembers the keys that were sent. */
function line(...answers: (Response | Error)[]): { send: Send; keys: (string | null)[] } {
  const keys: (string | null)[] = []
  const send: Send = async (request) => {
    keys.push(request.headers.get('Idempotency-Key'))
    const answer = answers.shift()
    if (answer instanceof Response) return answer
    throw answer ?? new Error('asked too often')
  }
  return { send, keys }
}

const post = (headers: Record<string, string> = { 'Idempotency-Key': 'k' }) =>
  new Request('http://x/', { method: 'POST', body: '{}', headers })
const lost = new TypeError('network')
const inProgress = Response.json({ code: 'idempotency_in_progress' }, { status: 409 })

test('what carries a key is sent again under the same one', async () => {
  const { send, keys } = line(lost, inProgress, Response.json({}, { status: 201 }))
  expect((await steady(send, PATIENCE)(post())).status).toBe(201)
  expect(keys).toEqual(['k', 'k', 'k'])
})

test('what has no key is sent once', async () => {
  const { send, keys } = line(lost)
  await expect(steady(send, PATIENCE)(post({}))).rejects.toBe(lost)
  expect(keys).toHaveLength(1)
})

test('a reading has no key and is asked for again all the same', async () => {
  const { send } = line(lost, Response.json({}))
  const reading = new Request('http://x/api/v1/places/reading', { method: 'POST', body: '{}' })
  expect((await steady(send, PATIENCE)(reading)).status).toBe(200)
})

test('a refusal is an answer; patience ends', async () => {
  const refused = line(Response.json({ code: 'offer_over' }, { status: 409 }))
  expect((await steady(refused.send, PATIENCE)(post())).status).toBe(409)
  const away = line(lost, lost, new Response('', { status: 503 }))
  expect((await steady(away.send, PATIENCE)(post())).status).toBe(503)
})
