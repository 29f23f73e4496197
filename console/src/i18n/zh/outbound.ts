import { campaigns } from './campaigns'
import { due } from './due'
import { results } from './results'

export const outbound = { group: '外呼', campaigns, due, results }
