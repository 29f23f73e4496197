import type { Feature } from 'ol'
import type { Style } from 'ol/style'
import type { RescueStage, StationState } from '../board/wire'
import { at, type Looks } from './layers'
import type { Point } from './marks'
import { rescueDot, stationDot, stationName } from './styles'

/** Many stations and rescues on one map. */

export interface StationMark extends Point {
  id: string
  name: string
  state: StationState
}

export interface RescueMark extends Point {
  id: string
  name: string
  stage: RescueStage
  /** The stage in one letter. */
  sign: string
  rings: boolean
}

/** What a click means. */
export interface Opened {
  of: 'station' | 'rescue'
  id: string
}

/** Names appear where a pixel is smaller than this many metres: below it they would only collide. */
const NAMED_M = 400
/** The whole country: marks are smaller where a pixel is larger than this. */
const FAR_M = 3000

export function stationFeatures(stations: readonly StationMark[], { plane, isDark }: Looks): Feature[] {
  return stations.map((one) => {
    const feature = at(one, plane, [])
    let named: Style[] | undefined
    feature.setStyle((_, resolution) => {
      if (resolution > NAMED_M) return stationDot(one.state, isDark, resolution > FAR_M)
      return (named ??= [stationDot(one.state, isDark, false), stationName(one.name, isDark)])
    })
    return opens(feature, 'station', one)
  })
}

export function rescueMarks(rescues: readonly RescueMark[], { plane, isDark }: Looks): Feature[] {
  return rescues.map((one) => opens(at(one, plane, rescueDot(one.stage, one.sign, one.rings, isDark)), 'rescue', one))
}

function opens(feature: Feature, of: Opened['of'], { id, name }: { id: string; name: string }): Feature {
  feature.setProperties({ of, id, name }, true)
  return feature
}
