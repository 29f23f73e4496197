import type { components } from '../../api/schema'

/** Short names for what the routes of promised calls answer. */
type Schemas = components['schemas']

export type NotKeptCall = Schemas['PromiseNotKept']
