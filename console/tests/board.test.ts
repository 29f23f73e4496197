import { expect, test } from 'vitest'
import { span, untilMidnight } from '../src/board/clock'
import { countOf, FIGURES, openFigure } from '../src/board/figure'
import { isCurrent, PARTS, reduce, touched, UNKNOWN, type Part, type Parts, type State } from '../src/board/reduce'
import type { Figures } from '../src/board/wire'
import type { Fact } from '../src/live/news'

/** The same numbers at each run. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const KINDS = [
  ...['ticket.opened', 'ticket.moved', 'ticket.assigned', 'ticket.note_written', 'offer.made', 'offer.seen'],
  ...['offer.accepted', 'offer.ended', 'alarm.raised', 'alarm.taken', 'alarm.handed_on', 'alarm.cleared'],
  ...['handover.made', 'handover.seen', 'ticket.edited'],
]

function fact(id: number): Fact {
  return { id: String(id), kind: KINDS[id % KINDS.length]!, at: '', ticket_id: null, station_id: null, facts: {} }
}

/** What the server would answer about a part: which of the committed events it comes of. */
function recount(committed: number, part: Part): string {
  return Array.from({ length: committed }, (_, id) => id)
    .filter((id) => touched(fact(id).kind).includes(part))
    .join()
}

function answer(committed: number, parts: ReadonlySet<Part>): Partial<Parts> {
  return Object.fromEntries([...parts].map((part) => [part, recount(committed, part)]))
}

function expectEqual(state: State, committed: number): void {
  for (const part of PARTS) expect(state.shown[part]).toBe(recount(committed, part))
}

test.each(Array.from({ length: 100 }, (_, seed) => seed))(
  'whatever the order, repeats and failures, what is current is a recount (story %i)',
  (seed) => {
    const upTo = chance(seed)
    let state = UNKNOWN
    let committed = 0
    let answering: Partial<Parts> | null = null
    const onTheWay: Fact[] = []
    const heard: Fact[] = []
    function step(): void {
      const dice = upTo(10)
      if (dice < 3) onTheWay.push(fact(committed++))
      else if (dice < 6 && onTheWay.length > 0) {
        // Any that is on the way, perhaps one that was heard before.
        const [one] = onTheWay.splice(upTo(onTheWay.length), 1)
        heard.push(one!)
        const again = heard[upTo(heard.length)]!
        state = reduce(state, { is: 'heard', facts: upTo(2) ? [one!, again] : [one!], isGap: upTo(40) === 0 })
      } else if (dice < 8 && state.asked.size === 0 && state.stale.size > 0) {
        state = reduce(state, { is: 'asked' })
        answering = answer(committed, state.asked)
      } else if (answering !== null) {
        // An answer may be older than what was heard since.
        state = reduce(state, upTo(6) === 0 ? { is: 'failed' } : { is: 'answered', parts: answering })
        answering = null
      }
      if (isCurrent(state) && onTheWay.length === 0) expectEqual(state, committed)
    }
    for (let times = 0; times < 300; times++) step()
    state = reduce(state, answering === null ? { is: 'failed' } : { is: 'answered', parts: answering })
    state = reduce(state, { is: 'heard', facts: onTheWay.reverse(), isGap: false })
    while (state.stale.size > 0) {
      state = reduce(state, { is: 'asked' })
      state = reduce(state, { is: 'answered', parts: answer(committed, state.asked) })
    }
    expect(isCurrent(state)).toBe(true)
    expectEqual(state, committed)
  },
)

test('what touches nothing asks for nothing', () => {
  let state = reduce(UNKNOWN, { is: 'asked' })
  state = reduce(state, { is: 'answered', parts: {} })
  const same = reduce(state, { is: 'heard', facts: [{ ...fact(0), kind: 'ticket.note_written' }], isGap: false })
  expect(same).toBe(state)
  expect([...reduce(state, { is: 'heard', facts: [], isGap: true }).stale]).toEqual(PARTS)
})

test.each([
  [-5000, '0:00'],
  [25_400, '0:25'],
  [725_000, '12:05'],
  [11_230_000, '3:07:10'],
])('%i ms are read as %s', (milliseconds, words) => expect(span(milliseconds)).toBe(words))

test('the day is China’s', () => {
  expect(untilMidnight(Date.parse('2026-11-25T15:59:59Z'))).toBe(1000)
  expect(untilMidnight(Date.parse('2026-11-25T16:00:00Z'))).toBe(24 * 3600 * 1000)
})

test('the address opens a figure; what is none opens nothing', () => {
  expect(openFigure({ open: 'dispatching' })).toBe('dispatching')
  expect(openFigure({ open: 'resolved' })).toBeNull()
  expect(openFigure({})).toBeNull()
  const figures = { rescues: { dispatching: 3 }, offers: 2, closed_today: 7 } as unknown as Figures
  expect((['dispatching', 'opened', 'offers', 'closed_today'] as const).map((one) => countOf(figures, one))).toEqual([
    3, 0, 2, 7,
  ])
  expect(new Set(FIGURES).size).toBe(11)
})
