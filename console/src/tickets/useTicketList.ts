import { ref, shallowRef, watch, type Ref } from 'vue'
import { answered, api, isAborted } from '../api/client'
import { useSession } from '../api/session'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'
import { askFor, type Filters } from './filters'
import { extended, NOTHING, refreshed, type Listed } from './pages'

const PAGE = 50
const MOST = 200

/** The tickets that fit the filters, page by page, as they stand now. */
export function useTicketList(filters: Ref<Filters>) {
  const me = useSession().who?.id ?? ''
  const listed = shallowRef<Listed>(NOTHING)
  const problem = ref('')
  const isLoading = ref(false)
  let asking = new AbortController()

  /** Asks once; an answer that was overtaken by other filters is dropped. */
  async function ask(limit: number, cursor: string | null, take: (page: PageOf) => void): Promise<void> {
    const { signal } = asking
    const query = { ...askFor(filters.value, me), limit, ...(cursor !== null && { cursor }) }
    isLoading.value = true
    try {
      const page = await answered(api.GET('/api/v1/tickets', { params: { query }, signal }))
      if (signal.aborted) return
      take(page)
      problem.value = ''
    } catch (failure) {
      if (signal.aborted || isAborted(failure)) return
      problem.value = problemWords(failure)
    } finally {
      if (!signal.aborted) isLoading.value = false
    }
  }

  function anew(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    return ask(PAGE, null, (page) => (listed.value = refreshed(NOTHING, page)))
  }

  function more(): Promise<void> {
    return ask(PAGE, listed.value.next, (page) => (listed.value = extended(listed.value, page)))
  }

  function refresh(): Promise<void> {
    const limit = Math.min(MOST, Math.max(PAGE, listed.value.tickets.length))
    return ask(limit, null, (page) => (listed.value = refreshed(listed.value, page)))
  }

  watch(filters, anew, { immediate: true, deep: true })
  useLive(['ticket'], refresh)
  return { listed, problem, isLoading, anew, more }
}

type PageOf = Parameters<typeof refreshed>[1]
