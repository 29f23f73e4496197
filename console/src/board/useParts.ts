import { onScopeDispose, ref, shallowRef } from 'vue'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'
import { reduce, unknown, type Board, type Move, type State } from './reduce'

const TRY_AGAIN_MS = 2000

export type Load<P> = { [K in keyof P]: () => Promise<P[K]> }

interface Pace<P> {
  /** Runs behind every answer. */
  after?: (parts: Partial<P>) => void | Promise<void>
  gatherMs?: number
  /** So often everything is asked for without news: what the clock alone changes. */
  everyMs?: number
}

/** A board as it stands now: asks, listens, and asks anew for what it heard of. */
export function useParts<P extends object>(board: Board<P>, load: Load<P>, { after, gatherMs, everyMs }: Pace<P>) {
  const state = shallowRef<State<P>>(unknown(board))
  const problem = ref('')
  let isAsking = false
  let again = 0

  function make(move: Move<P>): void {
    state.value = reduce(board, state.value, move)
  }

  /** Asks until all that was heard is shown. */
  async function catchUp(): Promise<void> {
    if (isAsking) return
    isAsking = true
    clearTimeout(again)
    try {
      while (state.value.stale.size > 0) {
        make({ is: 'asked' })
        const parts = await loaded([...state.value.asked])
        make({ is: 'answered', parts })
        await after?.(parts)
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

  async function loaded(parts: readonly (keyof P)[]): Promise<Partial<P>> {
    const all = await Promise.all(parts.map(async (part) => [part, await load[part]()] as const))
    return Object.fromEntries(all) as Partial<P>
  }

  function anew(): Promise<void> {
    make({ is: 'heard', facts: [], isGap: true })
    return catchUp()
  }

  useLive(
    board.topics,
    (change) => {
      make({ is: 'heard', ...change })
      return catchUp()
    },
    gatherMs,
  )
  const tick = everyMs === undefined ? 0 : window.setInterval(anew, everyMs)
  onScopeDispose(() => {
    clearInterval(tick)
    clearTimeout(again)
  })
  void catchUp()
  return { state, problem, anew }
}
