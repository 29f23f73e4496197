import { expect, test } from 'vitest'
import { span, untilMidnight } from '../src/board/clock'
import { countOf, FIGURES, openFigure } from '../src/board/figure'
import { FIGURES_BOARD, HOURS_BOARD, MAP_BOARD } from '../src/board/boards'
import { isCurrent, partsOf, reduce, unknown, type Board, type State } from '../src/board/reduce'
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
  ...['handover.made', 'handover.seen', 'ticket.edited', 'place.confirmed', 'dispatch.moved', 'tow.moved'],
  ...['dispatch.truck_seen', 'station.suspended', 'station.import_applied'],
]
const AT_A_STATION = /^(offer|dispatch|tow)\.|^station\.suspended$/

function fact(id: number): Fact {
  const kind = KINDS[id % KINDS.length]!
  const station_id = AT_A_STATION.test(kind) ? 'S1' : null
  return { id: String(id), kind, at: '', ticket_id: null, station_id, facts: {} }
}

type Parts = Record<string, string>
const BOARDS = Object.entries({ figures: FIGURES_BOARD, map: MAP_BOARD, hours: HOURS_BOARD }) as unknown as [
  string,
  Board<Parts>,
][]

/** What the server would answer about a part: which of the committed events it comes of. */
function recount(board: Board<Parts>, committed: number, part: string): string {
  return Array.from({ length: committed }, (_, id) => id)
    .filter((id) => board.touched(fact(id)).includes(part))
    .join()
}

function answer(board: Board<Parts>, committed: number, parts: ReadonlySet<string>): Parts {
  return Object.fromEntries([...parts].map((part) => [part, recount(board, committed, part)]))
}

function expectEqual(board: Board<Parts>, state: State<Parts>, committed: number): void {
  for (const part of partsOf(board)) expect(state.shown[part]).toBe(recount(board, committed, part))
}

const STORIES = BOARDS.flatMap(([name, board]) => Array.from({ length: 40 }, (_, seed) => ({ name, board, seed })))

test.each(STORIES)(
  'whatever the order, repeats and failures, what is current is a recount ($name, story $seed)',
  ({ board, seed }) => {
    const upTo = chance(seed)
    let state = unknown(board)
    let committed = 0
    let answering: Parts | null = null
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
        const facts = upTo(2) ? [one!, again] : [one!]
        state = reduce(board, state, { is: 'heard', facts, isGap: upTo(40) === 0 })
      } else if (dice < 8 && state.asked.size === 0 && state.stale.size > 0) {
        state = reduce(board, state, { is: 'asked' })
        answering = answer(board, committed, state.asked)
      } else if (answering !== null) {
        // An answer may be older than what was heard since.
        state = reduce(board, state, upTo(6) === 0 ? { is: 'failed' } : { is: 'answered', parts: answering })
        answering = null
      }
      if (isCurrent(state) && onTheWay.length === 0) expectEqual(board, state, committed)
    }
    for (let times = 0; times < 300; times++) step()
    state = reduce(board, state, answering === null ? { is: 'failed' } : { is: 'answered', parts: answering })
    state = reduce(board, state, { is: 'heard', facts: onTheWay.reverse(), isGap: false })
    while (state.stale.size > 0) {
      state = reduce(board, state, { is: 'asked' })
      state = reduce(board, state, { is: 'answered', parts: answer(board, committed, state.asked) })
    }
    expect(isCurrent(state)).toBe(true)
    expectEqual(board, state, committed)
  },
)

test('what touches nothing asks for nothing', () => {
  const [, board] = BOARDS[0]!
  let state = reduce(board, unknown(board), { is: 'asked' })
  state = reduce(board, state, { is: 'answered', parts: {} })
  const note = { ...fact(0), kind: 'ticket.note_written' }
  expect(reduce(board, state, { is: 'heard', facts: [note], isGap: false })).toBe(state)
  expect([...reduce(board, state, { is: 'heard', facts: [], isGap: true }).stale]).toEqual(partsOf(board))
})

test.each([
  ['place.confirmed', null, ['rescues']],
  ['alarm.raised', null, ['rescues']],
  ['ticket.moved', 'S1', ['rescues', 'stations']],
  ['offer.made', 'S1', ['stations']],
  ['station.import_applied', null, ['stations']],
  ['dispatch.truck_seen', 'S1', []],
])('%s at station %s makes old on the map: %o', (kind, station_id, parts) =>
  expect(MAP_BOARD.touched({ ...fact(0), kind, station_id })).toEqual(parts),
)

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
