import type { outbound as zh } from '../zh/outbound'
import { campaigns } from './campaigns'

export const outbound: typeof zh = { group: 'Outbound', campaigns }
