import type { components } from '../../api/schema'

/** What the route of texts that people read answers. */
export type TextBack = components['schemas']['TextBackOut']
