import type { components } from '../../api/schema'

/** Short names for what the routes of a campaign's dialling answer. */
type Schemas = components['schemas']

export type Dialling = Schemas['DiallingOut']
export type Pacing = Schemas['PacingOut']
export type Mode = Dialling['mode']
export type Machine = Dialling['machine']
export type Because = NonNullable<Pacing['paced']>['because']
export type Group = Schemas['GroupOut']
