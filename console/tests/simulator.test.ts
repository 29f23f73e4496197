import { expect, test } from 'vitest'
import type { SimulatedAct, SpokenWords } from '../src/api/wire'
import { readingTime } from '../src/simulator/mouth'
import { Talk, type Ask, type Telephone } from '../src/simulator/talk'
import { silence, wavOf } from '../src/simulator/wav'

const words = (text: string): SpokenWords => ({ text, language: 'zh', step: text, sound: null })
const say = (text: string, whole = false): SimulatedAct => ({ kind: 'say', words: words(text), whole })
const ask = (sequence: number, more: Partial<Ask> = {}): SimulatedAct =>
  ({ kind: 'ask', step: 'menu', sequence, words: [words(`menu ${sequence}`)], keys: '39', timeout_s: 5, barge_in: true, ...more })
const WAIT: SimulatedAct = { kind: 'wait', step: 'queue', group: 'rescue' }

/** A caller who presses keys while something is said: `keys` by the text; what is not cut short is heard whole. */
class Caller implements Telephone {
  readonly log: string[] = []
  talk = new Talk(this)

  constructor(
    private readonly keys: Record<string, string>,
    private readonly answers: Record<string, SimulatedAct[]>,
  ) {}

  async say({ text }: SpokenWords, cut: AbortSignal): Promise<void> {
    for (const key of this.keys[text] ?? '') this.talk.key(key)
    await Promise.resolve()
    this.log.push(cut.aborted ? `${text}/` : text)
  }

  async pause(seconds: number, cut: AbortSignal): Promise<void> {
    for (const key of this.keys.pause ?? '') this.talk.key(key)
    if (!cut.aborted) this.log.push(`${seconds} s`)
  }

  async press(sequence: number, key: string | null): Promise<SimulatedAct[]> {
    for (const more of this.keys.sending ?? '') this.talk.key(more)
    this.log.push(`${sequence}:${key}`)
    return this.answers[`${sequence}:${key}`] ?? []
  }

  record = async (): Promise<SimulatedAct[]> => [WAIT]
  at = (): void => undefined
  took = (): void => undefined
}

async function calls(keys: Record<string, string>, answers: Record<string, SimulatedAct[]>, ...acts: SimulatedAct[]) {
  const caller = new Caller(keys, answers)
  const last = await caller.talk.run(acts)
  return { log: caller.log, last }
}

test('a key cuts the menu short; silence is told when the time is over', async () => {
  const answers = { '1:3': [say('safety'), WAIT], '1:null': [WAIT] }
  expect(await calls({ 'menu 1': '3' }, answers, ask(1))).toEqual({ log: ['menu 1/', '1:3', 'safety'], last: WAIT })
  expect((await calls({}, answers, ask(1))).log).toEqual(['menu 1', '5 s', '1:null'])
  expect((await calls({ pause: '3' }, answers, ask(1))).log).toEqual(['menu 1', '1:3', 'safety'])
})

test('a key that is typed ahead waits for what nobody may press away, and the rest is left out', async () => {
  const acts = [say('recorded', true), say('greeting'), ask(1)]
  expect((await calls({ recorded: '3' }, { '1:3': [WAIT] }, ...acts)).log).toEqual(['recorded', '1:3'])
  expect((await calls({ greeting: '3' }, { '1:3': [WAIT] }, ...acts)).log).toEqual(['recorded', 'greeting/', '1:3'])
})

test('of two presses one counts, and none while the first is on its way', async () => {
  const answers = { '1:3': [ask(2)], '2:null': [WAIT] }
  expect((await calls({ 'menu 1': '39', sending: '9' }, answers, ask(1))).log).toEqual(['menu 1/', '1:3', 'menu 2', '5 s', '2:null'])
})

test('a menu that may not be cut short loses keys that come too early', async () => {
  const whole = ask(1, { barge_in: false })
  expect((await calls({ 'menu 1': '3' }, { '1:null': [WAIT] }, whole)).log).toEqual(['menu 1', '5 s', '1:null'])
  expect((await calls({ pause: '3' }, { '1:3': [WAIT] }, whole)).log).toEqual(['menu 1', '1:3'])
})

test('keys do not cut short what is told on the way into the queue, and nobody speaks behind the end', async () => {
  expect((await calls({ safety: '3' }, {}, say('safety'), WAIT)).log).toEqual(['safety'])
  const caller = new Caller({}, {})
  caller.talk.stop()
  expect(await caller.talk.run([say('greeting'), WAIT])).toBe(null)
  expect(caller.log).toEqual([])
  const waiting = new Caller({}, {})
  await waiting.talk.run([say('safety'), WAIT])
  expect(waiting.talk.goal).toBe('queue')
})

test('a message is a file that the line can play', () => {
  const file = new DataView(wavOf(new Float32Array([0, 1, -1, 2])))
  expect(new TextDecoder().decode(file.buffer.slice(0, 4))).toBe('RIFF')
  expect([file.getUint16(22, true), file.getUint32(24, true), file.getUint16(34, true)]).toEqual([1, 8000, 16])
  expect([44, 46, 48, 50].map((at) => file.getInt16(at, true))).toEqual([0, 32767, -32767, 32767])
  expect(silence(1).byteLength).toBe(44 + 16000)
})

test('a text that nobody speaks stands for as long as it takes to be read', () => {
  expect(readingTime({ text: '好', language: 'zh' })).toBe(1.2)
  expect(readingTime({ text: '请'.repeat(45), language: 'zh' })).toBe(10)
})
