import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { answered, api, isAborted } from '../../api/client'
import { i18n } from '../../i18n'
import { problemWords } from '../../i18n/problemWords'
import type { Campaign, Tried } from './wire'

const AFTER_MS = 600

export type Asked = Pick<Campaign, 'kind' | 'purpose' | 'audience_id' | 'plan'>

/** A plan tried on real people, again a moment after it has changed. */
export function useTrial(read: () => Asked) {
  const tried = shallowRef<Tried | null>(null)
  const problem = ref('')
  const isTrying = ref(false)
  let timer = 0
  let asking = new AbortController()

  async function ask(): Promise<void> {
    asking = new AbortController()
    const { signal } = asking
    const { kind, purpose, audience_id, plan } = read()
    try {
      const body = { kind, purpose, audience_id, plan }
      const found = await answered(api.POST('/api/v1/campaign-trials', { body, signal }))
      if (signal.aborted) return
      tried.value = found
      problem.value = ''
    } catch (failure) {
      if (signal.aborted || isAborted(failure)) return
      problem.value = problemWords(failure)
    }
    isTrying.value = false
  }

  function later(ms: number): void {
    asking.abort()
    clearTimeout(timer)
    isTrying.value = true
    timer = window.setTimeout(() => void ask(), ms)
  }

  watch([() => JSON.stringify(read()), i18n.global.locale], () => later(AFTER_MS))
  onScopeDispose(() => {
    clearTimeout(timer)
    asking.abort()
  })
  later(0)
  return { tried, problem, isTrying }
}
