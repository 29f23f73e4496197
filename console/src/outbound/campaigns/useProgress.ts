import { onScopeDispose, ref, shallowRef } from 'vue'
import { answered, api } from '../../api/client'
import { problemWords } from '../../i18n/problemWords'
import type { Progress } from './wire'

/** Where a campaign stands, asked for again while the view is open and the page is looked at. */
export function useProgress(id: string, everyMs: number) {
  const progress = shallowRef<Progress | null>(null)
  const problem = ref('')

  async function load(): Promise<void> {
    try {
      const params = { path: { campaign_id: id } }
      progress.value = await answered(api.GET('/api/v1/campaigns/{campaign_id}/progress', { params }))
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  const timer = setInterval(() => document.hidden || void load(), everyMs)
  onScopeDispose(() => clearInterval(timer))
  void load()
  return { progress, problem, load }
}
