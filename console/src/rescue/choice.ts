import type { StationKind, StationMark } from '../map/marks'
import type { Asked } from './offers'
import type { Considered, PassedOver, Preview, StationSeen } from './wire'

/** Who would come, who is asked and who holds it: for the list and for the map. Pure. */

/** What a person may overrule by name and with a reason. */
const OVERRULED_BY_NAME: ReadonlySet<PassedOver> = new Set<PassedOver>([
  'off_duty',
  'skill_missing',
  'no_truck',
  'equipment_missing',
  'truck_too_weak',
  'truck_too_high',
  'no_free_truck',
])
/** What does not count against a station that a person names. */
const NEVER_AGAINST_HAND: ReadonlySet<PassedOver> = new Set<PassedOver>(['already_asked', 'other_rung', 'slower_by_road'])

/** The reasons that asking it by hand overrules. */
export function overruled(one: Considered): PassedOver[] {
  return one.reasons.filter((reason) => OVERRULED_BY_NAME.has(reason))
}

/** Whether something speaks against it that nobody may overrule here. */
export function barred(one: Considered): boolean {
  return one.reasons.some((reason) => !OVERRULED_BY_NAME.has(reason) && !NEVER_AGAINST_HAND.has(reason))
}

/** Whole minutes by road, where a router was asked. */
export function travelMinutes(one: Considered): number | null {
  return one.seconds == null ? null : Math.ceil(one.seconds / 60)
}

interface Seen {
  choice: Preview | null
  stations: readonly StationSeen[]
  asked: readonly Asked[]
  holderId: string | null
  language: 'zh' | 'en'
}

/** Every station as the map shows it; the ranked ones carry their number. */
export function stationMarks({ choice, stations, asked, holderId, language }: Seen): StationMark[] {
  const order = new Map(choice?.ranked.map((one, at) => [one.station_id, at + 1]))
  const waiting = new Set(asked.filter((one) => one.state === 'offered').map((one) => one.stationId))
  const kindOf = (id: string): StationKind => {
    if (id === holderId) return 'holder'
    if (waiting.has(id)) return 'asked'
    return order.has(id) ? 'ranked' : 'passed'
  }
  return stations.map((one) => ({
    id: one.id,
    lat: one.lat,
    lon: one.lon,
    kind: kindOf(one.id),
    number: String(order.get(one.id) ?? ''),
    name: language === 'zh' ? one.name_zh : one.name_en,
  }))
}

/** Whether what somebody types names this station. */
export function fitsFilter(station: StationSeen, typed: string): boolean {
  const wanted = typed.normalize('NFKC').trim().toLowerCase()
  return [station.code, station.name_zh, station.name_en].some((one) => one.toLowerCase().includes(wanted))
}
