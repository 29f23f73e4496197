import type { Board } from './reduce'
import type { Alarm, Figures, Handover, Hours, MapRescue, MapStation, Offer } from './wire'

/** The boards of the supervisor's page: figures and lists, the map, the hours of the day. Pure. */

export interface Figured {
  figures: Figures | null
  offers: Offer[]
  alarms: Alarm[]
  handovers: Handover[]
}

const FIGURED: Record<string, readonly (keyof Figured)[]> = {
  'ticket.opened': ['figures'],
  'ticket.moved': ['figures', 'offers', 'handovers'],
  'ticket.assigned': ['figures', 'handovers'],
  'offer.made': ['figures', 'offers'],
  'offer.seen': ['offers'],
  'offer.accepted': ['figures', 'offers'],
  'offer.ended': ['figures', 'offers'],
  'alarm.raised': ['figures', 'alarms', 'handovers'],
  'alarm.taken': ['figures', 'alarms', 'handovers'],
  'alarm.handed_on': ['figures', 'handovers'],
  'alarm.cleared': ['figures', 'alarms', 'handovers'],
  'handover.made': ['figures', 'handovers'],
  'handover.seen': ['figures', 'handovers'],
}

export const FIGURES_BOARD: Board<Figured> = {
  nothing: { figures: null, offers: [], alarms: [], handovers: [] },
  topics: ['ticket', 'offer', 'alarm', 'handover'],
  touched: ({ kind }) => FIGURED[kind] ?? [],
}

export interface Mapped {
  rescues: MapRescue[] | null
  stations: MapStation[] | null
}

/** Facts about a station that change nothing of how it stands, and come often. */
const SAME_STATION = ['dispatch.truck_seen', 'dispatch.eta_changed', 'offer.seen', 'station.exported']

export const MAP_BOARD: Board<Mapped> = {
  nothing: { rescues: null, stations: null },
  topics: ['ticket.moved', 'place.confirmed', 'alarm', 'offer', 'dispatch', 'tow', 'station'],
  touched({ kind, station_id }) {
    const isRescue = kind === 'ticket.moved' || kind === 'place.confirmed' || kind.startsWith('alarm.')
    const isStation = (station_id !== null || kind.startsWith('station.')) && !SAME_STATION.includes(kind)
    return [...(isRescue ? ['rescues' as const] : []), ...(isStation ? ['stations' as const] : [])]
  },
}

export interface Timed {
  hours: Hours | null
}

export const HOURS_BOARD: Board<Timed> = {
  nothing: { hours: null },
  topics: ['ticket.opened', 'ticket.moved'],
  touched: ({ kind }) => (kind === 'ticket.opened' || kind === 'ticket.moved' ? ['hours'] : []),
}
