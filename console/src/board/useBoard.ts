import { onScopeDispose, ref, shallowRef } from 'vue'
import { answered, api } from '../api/client'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'
import { untilMidnight } from './clock'
import { isCurrent, reduce, TOPICS, UNKNOWN, type Move, type Part, type Parts, type State } from './reduce'

const MOST = 200
const TRY_AGAIN_MS = 2000
const TICK_MS = 500

/** The board as it stands now, and the server's clock. `after` runs behind every answer. */
export function useBoard(after: () => Promise<void>) {
  const state = shallowRef<State>(UNKNOWN)
  const problem = ref('')
  const now = ref(Date.now())
  let ahead = 0
  let isAsking = false
  let again = 0
  let midnight = 0

  function make(move: Move): void {
    state.value = reduce(state.value, move)
  }

  /** Asks until all that was heard is shown. */
  async function catchUp(): Promise<void> {
    if (isAsking) return
    isAsking = true
    clearTimeout(again)
    try {
      while (state.value.stale.size > 0) {
        make({ is: 'asked' })
        const parts = await load([...state.value.asked])
        if (parts.figures) keepTime(parts.figures.at)
        make({ is: 'answered', parts })
        await after()
      }
      problem.value = ''
    } catch (failure) {
      make({ is: 'failed' })
      problem.value = problemWords(failure)
      again = window.setTimeout(catchUp, TRY_AGAIN_MS)
    } finally {
      isAsking = false
    }
  }

  /** The board's own clock may be wrong; what runs out is judged by the server's. */
  function keepTime(at: string): void {
    ahead = Date.parse(at) - Date.now()
    clearTimeout(midnight)
    // The day's figures change without news. A second late rather than a moment too early.
    midnight = window.setTimeout(anew, untilMidnight(Date.parse(at)) + 1000)
  }

  function anew(): Promise<void> {
    make({ is: 'heard', facts: [], isGap: true })
    return catchUp()
  }

  useLive(TOPICS, (change) => {
    make({ is: 'heard', ...change })
    return catchUp()
  })
  const tick = window.setInterval(() => (now.value = Date.now() + ahead), TICK_MS)
  onScopeDispose(() => {
    clearInterval(tick)
    clearTimeout(again)
    clearTimeout(midnight)
  })
  void catchUp()
  return { state, problem, now, anew, isCurrent: () => isCurrent(state.value) }
}

async function load(parts: readonly Part[]): Promise<Partial<Parts>> {
  const loaded = await Promise.all(parts.map(async (part) => [part, await LOAD[part]()] as const))
  return Object.fromEntries(loaded)
}

const params = { query: { limit: MOST } }
const LOAD: { [P in Part]: () => Promise<Parts[P]> } = {
  figures: () => answered(api.GET('/api/v1/board')),
  offers: async () => (await answered(api.GET('/api/v1/board/offers', { params }))).items,
  alarms: async () => (await answered(api.GET('/api/v1/board/alarms', { params }))).items,
  handovers: async () => (await answered(api.GET('/api/v1/board/handovers', { params }))).items,
}
