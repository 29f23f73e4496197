import { ref, shallowRef, watch } from 'vue'
import { answered, api, isAborted } from '../api/client'
import type { components } from '../api/schema'
import { problemWords } from '../i18n/problemWords'

export type Found = components['schemas']['SearchOut']

/** What fits the few signs that were typed; an answer that was overtaken is dropped. */
export function useSearch(typed: () => string) {
  const found = shallowRef<Found | null>(null)
  const problem = ref('')
  let asking = new AbortController()

  async function ask(): Promise<void> {
    asking.abort()
    asking = new AbortController()
    const { signal } = asking
    const q = typed()
    if (q === '') return void (found.value = null)
    try {
      const answer = await answered(api.GET('/api/v1/search', { params: { query: { q } }, signal }))
      if (signal.aborted) return
      found.value = answer
      problem.value = ''
    } catch (failure) {
      if (!signal.aborted && !isAborted(failure)) problem.value = problemWords(failure)
    }
  }

  watch(typed, ask, { immediate: true })
  return { found, problem, ask }
}
