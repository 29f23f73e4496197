import type { components } from '../../api/schema'

/** Short names for what the route of policy packs answers. */
type Schemas = components['schemas']

export type PackVersions = Schemas['PackVersions']
export type Pack = Schemas['PackOut']
export type PackRule = Schemas['PolicyRule']
export type Window = Schemas['PolicyWindow']
export type Basis = PackRule['basis']
