import type { components } from '../api/schema'

/** Short names for what the board's routes answer. */
type Schemas = components['schemas']

export type Figures = Schemas['BoardOut']
export type Ticket = Schemas['BoardTicket']
export type Offer = Schemas['BoardOffer']
export type Alarm = Schemas['BoardAlarm']
export type Handover = Schemas['BoardHandover']
export type Hours = Schemas['BoardHours']
export type MapRescue = Schemas['MapRescue']
export type MapStation = Schemas['MapStation']
export type StationState = Schemas['StationState']

/** Stages a rescue on the board may stand in, in the order of its way. */
export const STAGES = ['opened', 'dispatching', 'assigned', 'en_route', 'on_site', 'handed_over'] as const
export type RescueStage = (typeof STAGES)[number]
