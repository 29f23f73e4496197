import type { outbound as zh } from '../zh/outbound'
import { campaigns } from './campaigns'
import { due } from './due'
import { ownerCalls } from './ownerCalls'
import { results } from './results'

export const outbound: typeof zh = { group: 'Outbound', calls: ownerCalls, campaigns, due, results }
