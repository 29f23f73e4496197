import { onScopeDispose } from 'vue'
import { subscribe, type Change } from './live'
import type { Topic } from './news'

const GATHER_MS = 250

/**
 * Hear of these topics while the view is open; what falls into a quarter of a second comes as one.
 *
 * `act` gets the facts, oldest first, and `isGap` when it must load anew whatever it shows. While
 * it works nothing else is handed to it, so that an older answer never overtakes a newer one.
 * `gatherMs`: longer for a list that all the centre's news is about.
 */
export function useLive(
  topics: readonly Topic[],
  act: (change: Change) => void | Promise<void>,
  gatherMs = GATHER_MS,
): void {
  let gathered: Change | null = null
  let timer = 0
  let isWorking = false

  function hear(change: Change): void {
    gathered = {
      facts: [...(gathered?.facts ?? []), ...change.facts],
      isGap: change.isGap || (gathered?.isGap ?? false),
    }
    if (timer === 0 && !isWorking) timer = window.setTimeout(hand, gatherMs)
  }

  async function hand(): Promise<void> {
    timer = 0
    const change = gathered
    if (change === null) return
    gathered = null
    isWorking = true
    try {
      await act(change)
    } finally {
      isWorking = false
      if (gathered !== null) timer = window.setTimeout(hand, gatherMs)
    }
  }

  const leave = subscribe(topics, hear)
  onScopeDispose(() => {
    leave()
    clearTimeout(timer)
  })
}
