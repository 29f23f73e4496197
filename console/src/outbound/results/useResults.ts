import { ref, shallowRef } from 'vue'
import { answered, api } from '../../api/client'
import type { components } from '../../api/schema'
import { problemWords } from '../../i18n/problemWords'

export type Results = components['schemas']['ResultsOut']
export type EffectResult = components['schemas']['EffectResultOut']

/** What a campaign has brought, as it stands now. */
export function useResults(id: string) {
  const results = shallowRef<Results | null>(null)
  const problem = ref('')

  async function load(): Promise<void> {
    try {
      const params = { path: { campaign_id: id } }
      results.value = await answered(api.GET('/api/v1/campaigns/{campaign_id}/results', { params }))
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  void load()
  return { results, problem, load }
}
