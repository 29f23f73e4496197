import type { Permission } from '../../api/wire'
import type { Campaign, CampaignState } from './wire'

/** What may be done with a campaign as it stands. Pure. */

export type Act = 'submit' | 'approve' | 'send_back' | 'pause' | 'resume' | 'stop'

const OF_STATE: Record<CampaignState, readonly Act[]> = {
  draft: ['submit'],
  submitted: ['approve', 'send_back', 'stop'],
  running: ['pause', 'stop'],
  paused: ['resume', 'stop'],
  stopped: [],
  over: [],
}
const REASONED: ReadonlySet<Act> = new Set<Act>(['send_back', 'pause', 'stop'])

/** Approving stays in sight of who may not: it says why. */
export function actsOf(campaign: Campaign, may: (right: Permission) => boolean): Act[] {
  if (!may('outbound_write')) return []
  return OF_STATE[campaign.state].filter((act) => act !== 'send_back' || may('outbound_approve'))
}

/** Its draft and its approval are behind it: there is how it goes, or went, to tell of. */
export function hasBegun(state: CampaignState): boolean {
  return state !== 'draft' && state !== 'submitted'
}

export function needsReason(act: Act): act is 'send_back' | 'pause' | 'stop' {
  return REASONED.has(act)
}
