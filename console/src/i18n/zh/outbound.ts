import { campaigns } from './campaigns'
import { dialling } from './dialling'
import { due } from './due'
import { ownerCalls } from './ownerCalls'
import { policies } from './policies'
import { promises } from './promises'
import { results } from './results'
import { texts } from './textsBack'
import { why } from './why'

export const outbound = { group: '外呼', calls: ownerCalls, campaigns, dialling, due, policies, promises, results, texts, why }
