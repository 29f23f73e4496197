import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { answered, api, isAborted } from '../../api/client'
import { problemWords } from '../../i18n/problemWords'
import type { Count } from '../audiences/useQuestions'
import { reachOf, type Reached, type RuleAsk } from './reach'

const AFTER_MS = 600

/** How many of its audience a campaign would speak to, counted again a moment after it has changed. */
export function useReach(read: () => Reached) {
  const count = shallowRef<Count | null>(null)
  const problem = ref('')
  const isAsking = ref(false)
  let timer = 0
  let asking = new AbortController()

  async function ask(audience: string): Promise<void> {
    asking = new AbortController()
    const { signal } = asking
    try {
      const params = { path: { audience_id: audience } }
      const { rule } = await answered(api.GET('/api/v1/audiences/{audience_id}', { params, signal }))
      const body = { rule, ...reachOf(read()) } as RuleAsk
      const found = await answered(api.POST('/api/v1/audiences/count', { body, signal }))
      if (signal.aborted) return
      count.value = found
      problem.value = ''
    } catch (failure) {
      if (signal.aborted || isAborted(failure)) return
      count.value = null
      problem.value = problemWords(failure)
    }
    isAsking.value = false
  }

  function later(ms: number): void {
    asking.abort()
    clearTimeout(timer)
    const audience = read().audience_id
    isAsking.value = audience !== null
    if (audience === null) count.value = null
    else timer = window.setTimeout(() => void ask(audience), ms)
  }

  watch(() => JSON.stringify([read().audience_id, reachOf(read())]), () => later(AFTER_MS))
  onScopeDispose(() => {
    clearTimeout(timer)
    asking.abort()
  })
  later(0)
  return { count, problem, isAsking }
}
