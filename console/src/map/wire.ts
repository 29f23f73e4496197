import type { components } from '../api/schema'

/** Short names for what the map's routes answer. */
export type MapLayer = components['schemas']['MapLayer']
export type MapTiles = components['schemas']['MapTiles']
