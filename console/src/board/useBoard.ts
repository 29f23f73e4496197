import { computed, onScopeDispose, ref } from 'vue'
import { answered, api } from '../api/client'
import { useNow } from '../live/useNow'
import { FIGURES_BOARD, type Figured } from './boards'
import { untilMidnight } from './clock'
import { useParts, type Load } from './useParts'

const MOST = 200
const TICK_MS = 500

/** The figures and lists as they stand now, and the server's clock. `after` runs behind every answer. */
export function useBoard(after: () => Promise<void>) {
  const here = useNow(TICK_MS)
  const ahead = ref(0)
  const now = computed(() => here.value + ahead.value)
  let midnight = 0

  const { state, problem, anew } = useParts(FIGURES_BOARD, LOAD, {
    after({ figures }) {
      if (figures) keepTime(figures.at)
      return after()
    },
  })

  /** The board's own clock may be wrong; what runs out is judged by the server's. */
  function keepTime(at: string): void {
    ahead.value = Date.parse(at) - Date.now()
    clearTimeout(midnight)
    // The day's figures change without news. A second late rather than a moment too early.
    midnight = window.setTimeout(anew, untilMidnight(Date.parse(at)) + 1000)
  }

  onScopeDispose(() => clearTimeout(midnight))
  return { state, problem, now, anew }
}

const params = { query: { limit: MOST } }
const LOAD: Load<Figured> = {
  figures: () => answered(api.GET('/api/v1/board')),
  offers: async () => (await answered(api.GET('/api/v1/board/offers', { params }))).items,
  alarms: async () => (await answered(api.GET('/api/v1/board/alarms', { params }))).items,
  handovers: async () => (await answered(api.GET('/api/v1/board/handovers', { params }))).items,
}
