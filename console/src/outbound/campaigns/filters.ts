import type { LocationQuery } from 'vue-router'
import { zh } from '../../i18n/zh'
import type { CampaignState } from './wire'

/** The list's filter, as the address bar holds it. Pure. */

export const STATES = Object.keys(zh.outbound.campaigns.state) as CampaignState[]

export function readState(query: LocationQuery): CampaignState | '' {
  return STATES.find((state) => state === query.state) ?? ''
}
