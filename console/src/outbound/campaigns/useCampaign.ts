import { ref, shallowRef } from 'vue'
import { answered, api } from '../../api/client'
import { problemWords } from '../../i18n/problemWords'
import { useLive } from '../../live/useLive'
import type { Campaign } from './wire'

/** One campaign as it stands, also when others move it. */
export function useCampaign(id: string) {
  const campaign = shallowRef<Campaign | null>(null)
  const problem = ref('')

  async function load(): Promise<void> {
    try {
      const params = { path: { campaign_id: id } }
      campaign.value = await answered(api.GET('/api/v1/campaigns/{campaign_id}', { params }))
      problem.value = ''
    } catch (failure) {
      problem.value = problemWords(failure)
    }
  }

  function take(now: Campaign): void {
    // An answer may be older than what was heard meanwhile.
    if (now.version >= (campaign.value?.version ?? 0)) campaign.value = now
  }

  useLive(['campaign'], ({ facts, isGap }) => (isGap || facts.some((one) => one.facts.campaign_id === id) ? load() : undefined))
  void load()
  return { campaign, problem, load, take }
}
