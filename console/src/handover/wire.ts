import type { components } from '../api/schema'

/** Short names for what the routes of the shift's end answer. */
type Schemas = components['schemas']

export type Unfinished = Schemas['Unfinished']
export type Handover = Schemas['HandoverOut']
export type Handed = Schemas['HandedOut']
