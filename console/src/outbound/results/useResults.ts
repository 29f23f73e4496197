import { ref, shallowRef, watch, type Ref } from 'vue'
import { answered, api } from '../../api/client'
import type { components } from '../../api/schema'
import { useWords } from '../../i18n'
import { problemWords } from '../../i18n/problemWords'

export type Results = components['schemas']['ResultsOut']
export type ResultsOfAll = components['schemas']['ResultsOfAllOut']

/** What a campaign has brought, as it stands now. */
export function useResults(id: string) {
  const params = { path: { campaign_id: id } }
  return useRead<Results>(() => answered(api.GET('/api/v1/campaigns/{campaign_id}/results', { params })))
}

/** What all campaigns together have brought in the last so many days. */
export function useResultsOfAll(days: Ref<number>) {
  return useRead<ResultsOfAll>(() => answered(api.GET('/api/v1/campaign-results', { params: { query: { days: days.value } } })))
}

/** Read at once, and anew when another language is spoken: its sentences are the server's. */
function useRead<T>(read: () => Promise<T>) {
  const { locale } = useWords()
  const results = shallowRef<T | null>(null)
  const problem = ref('')

  async function load(): Promise<void> {
    try {
      results.value = await read()
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  watch(locale, load, { flush: 'post' })
  void load()
  return { results, problem, load }
}
