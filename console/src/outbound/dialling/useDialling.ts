import { ref, shallowRef } from 'vue'
import { answered, api } from '../../api/client'
import { problemWords } from '../../i18n/problemWords'
import { useLive } from '../../live/useLive'
import type { Dialling, Group } from './wire'

/** How a campaign's calls are dialled, also when a colleague sets it; and the groups there are. */
export function useDialling(id: string) {
  const dialling = shallowRef<Dialling | null>(null)
  const groups = shallowRef<readonly Group[]>([])
  const problem = ref('')

  async function load(): Promise<void> {
    try {
      const params = { path: { campaign_id: id } }
      dialling.value = await answered(api.GET('/api/v1/campaigns/{campaign_id}/dialling', { params }))
      if (groups.value.length === 0) groups.value = (await answered(api.GET('/api/v1/hotline-groups'))).items
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  function take(now: Dialling): void {
    if (now.version >= (dialling.value?.version ?? 0)) dialling.value = now
  }

  useLive(['campaign.dialling_set', 'campaign.edited'], ({ facts, isGap }) =>
    isGap || facts.some((one) => one.facts.campaign_id === id) ? load() : undefined,
  )
  void load()
  return { dialling, groups, problem, load, take }
}
