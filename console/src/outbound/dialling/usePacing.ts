import { onScopeDispose, ref, shallowRef } from 'vue'
import { answered, api } from '../../api/client'
import { problemWords } from '../../i18n/problemWords'
import { EVERY_MS, KEPT, momentOf, type Moment } from './picture'
import type { Pacing } from './wire'

/** How a campaign's calls stand, asked for every two seconds while the page is looked at; with the
 * last minutes. */
export function usePacing(id: string) {
  const now = shallowRef<Pacing | null>(null)
  const moments = shallowRef<readonly Moment[]>([])
  const problem = ref('')

  async function load(): Promise<void> {
    try {
      const params = { path: { campaign_id: id } }
      const told = await answered(api.GET('/api/v1/campaigns/{campaign_id}/pacing', { params }))
      now.value = told
      moments.value = [...moments.value, momentOf(told)].slice(-KEPT)
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  const timer = setInterval(() => document.hidden || void load(), EVERY_MS)
  onScopeDispose(() => clearInterval(timer))
  void load()
  return { now, moments, problem }
}
