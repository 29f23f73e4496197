import { ref, shallowRef, watch, type Ref } from 'vue'
import { isAborted } from '../api/client'
import { problemWords } from '../i18n/problemWords'

export interface PageOf<T> {
  items: T[]
  next_cursor?: string | null
}

/** One page of a list: behind the cursor, or its head when there is none. */
export type Ask<T> = (cursor: string | null, signal: AbortSignal) => Promise<PageOf<T>>

/** A list by filters, page by page; an answer that was overtaken by other filters is dropped. */
export function usePages<T>(filters: Ref<unknown>, ask: Ask<T>) {
  const items = shallowRef<T[]>([])
  const next = ref<string | null>(null)
  const problem = ref('')
  const isLoading = ref(false)
  let asking = new AbortController()

  async function load(cursor: string | null): Promise<void> {
    const { signal } = asking
    isLoading.value = true
    try {
      const page = await ask(cursor, signal)
      if (signal.aborted) return
      items.value = cursor === null ? page.items : [...items.value, ...page.items]
      next.value = page.next_cursor ?? null
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
    return load(null)
  }

  watch(filters, anew, { immediate: true })
  return { items, next, problem, isLoading, anew, more: () => load(next.value) }
}
