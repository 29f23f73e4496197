import type { components } from '../../api/schema'
import { waysOf } from './plan'
import type { Campaign, Kind } from './wire'

/** What a campaign asks of the owners of its audience. Pure. */

export type RuleAsk = components['schemas']['RuleAsk']
export type Reached = Pick<Campaign, 'id' | 'kind' | 'purpose' | 'audience_id' | 'policy' | 'plan'>

const NEVER_HELD_OUT: ReadonlySet<Kind> = new Set<Kind>(['recall', 'complaint_call_back', 'rescue_follow_up'])

/** As its run will ask it. */
export function reachOf(campaign: Reached): Omit<RuleAsk, 'rule'> {
  return {
    purpose: campaign.purpose,
    ways: waysOf(campaign.plan),
    policy: campaign.policy,
    campaign_id: campaign.id,
    held_out_percent: campaign.plan.hold_out_percent,
    holds_out: !NEVER_HELD_OUT.has(campaign.kind),
  }
}
