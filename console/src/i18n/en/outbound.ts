import type { outbound as zh } from '../zh/outbound'
import { campaigns } from './campaigns'
import { due } from './due'
import { results } from './results'

export const outbound: typeof zh = { group: 'Outbound', campaigns, due, results }
