import { campaigns } from './campaigns'
import { due } from './due'
import { ownerCalls } from './ownerCalls'
import { results } from './results'

export const outbound = { group: '外呼', calls: ownerCalls, campaigns, due, results }
