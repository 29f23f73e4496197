import { ref, shallowRef, watch, type Ref } from 'vue'
import { answered, api, isAborted } from '../api/client'
import { problemWords } from '../i18n/problemWords'
import { isStage, type Figure } from './figure'
import type { Alarm, Handover, Offer, Ticket } from './wire'

const PAGE = 50
const MOST = 200

/** What a figure counts, page by page. */
export interface Opened {
  tickets: Ticket[]
  offers: Offer[]
  alarms: Alarm[]
  handovers: Handover[]
}
interface Loaded {
  rows: Partial<Opened>
  next: string | null
}

const NOTHING: Opened = { tickets: [], offers: [], alarms: [], handovers: [] }

/** The list that the open figure opens to; `refresh` loads it as it is now. */
export function useOpened(figure: Ref<Figure | null>) {
  const opened = shallowRef<Opened>(NOTHING)
  const next = ref<string | null>(null)
  const problem = ref('')
  let asking = new AbortController()

  async function ask(limit: number, cursor: string | null): Promise<void> {
    if (figure.value === null) return
    const { signal } = asking
    try {
      const loaded = await pageOf(figure.value, { limit, ...(cursor !== null && { cursor }) }, signal)
      if (signal.aborted) return
      opened.value = cursor === null ? { ...NOTHING, ...loaded.rows } : joined(opened.value, loaded.rows)
      next.value = loaded.next
      problem.value = ''
    } catch (failure) {
      if (!signal.aborted && !isAborted(failure)) problem.value = problemWords(failure)
    }
  }

  /** As many as are shown, as they are now; an older question is dropped. */
  function refresh(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    const shown = Math.max(...Object.values(opened.value).map((rows) => rows.length))
    return ask(Math.min(MOST, Math.max(PAGE, shown)), null)
  }

  watch(
    figure,
    () => {
      opened.value = NOTHING
      next.value = null
      void refresh()
    },
    { immediate: true },
  )
  return { opened, next, problem, refresh, more: () => ask(PAGE, next.value) }
}

function joined(shown: Opened, rows: Partial<Opened>): Opened {
  return {
    tickets: [...shown.tickets, ...(rows.tickets ?? [])],
    offers: [...shown.offers, ...(rows.offers ?? [])],
    alarms: [...shown.alarms, ...(rows.alarms ?? [])],
    handovers: [...shown.handovers, ...(rows.handovers ?? [])],
  }
}

async function pageOf(
  figure: Figure,
  paged: { limit: number; cursor?: string },
  signal: AbortSignal,
): Promise<Loaded> {
  if (figure === 'offers' || figure === 'alarms' || figure === 'handovers') {
    const page = await answered(api.GET(`/api/v1/board/${figure}`, { params: { query: paged }, signal }))
    return { rows: { [figure]: page.items }, next: page.next_cursor ?? null }
  }
  const page = isStage(figure)
    ? await answered(api.GET('/api/v1/board/rescues', { params: { query: { ...paged, stage: figure } }, signal }))
    : await answered(
        api.GET('/api/v1/board/tickets', {
          params: { query: { ...paged, day: figure === 'opened_today' ? 'opened' : 'closed' } },
          signal,
        }),
      )
  return { rows: { tickets: page.items }, next: page.next_cursor ?? null }
}
