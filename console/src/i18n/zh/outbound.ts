import { campaigns } from './campaigns'

export const outbound = { group: '外呼', campaigns }
