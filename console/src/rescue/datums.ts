import type { Datum } from './wire'

/** The grids coordinates may be in, the likeliest first: most people here read them off a map app. */
export const DATUMS: readonly Datum[] = ['gcj02', 'bd09', 'wgs84']
