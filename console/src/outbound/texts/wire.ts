import type { components } from '../../api/schema'

/** What the route of texts that nobody understood answers. */
export type TextBack = components['schemas']['TextBackOut']
