import type { components } from '../../api/schema'

/** Short names for what the routes of calls to owners answer. */
type Schemas = components['schemas']

export type OwnerCall = Schemas['OwnerCallOut']
export type Promised = Schemas['PromisedCall']
export type Skip = Schemas['Skip']
export type Mode = Schemas['Begun']
export type CameOf = Schemas['CameOf']
export type Outcome = CameOf['outcome']
