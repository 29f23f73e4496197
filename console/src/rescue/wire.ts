import type { components } from '../api/schema'

/** Short names for what the rescue's views send and get. */
type Schemas = components['schemas']

export type Desk = Schemas['RescueDeskOut']
export type DeskPlace = Schemas['DeskPlaceOut']
export type Offer = Schemas['OfferOut']
export type OfferState = Schemas['OfferState']
export type Dispatch = Schemas['DispatchOut']
export type DispatchStage = Schemas['DispatchStage']
export type DeclineReason = Schemas['DeclineReason']
export type Considered = Schemas['ConsideredOut']
export type Preview = Schemas['PreviewOut']
export type PassedOver = Schemas['PassedOver']
export type StationSeen = Schemas['StationSeenOut']
export type Fault = Schemas['Fault']
export type Reading = Schemas['ReadingOut']
export type Spot = Schemas['SpotOut']
export type Datum = NonNullable<Schemas['ReadingDraft']['datum']>
export type Owner = Schemas['OwnerOut']
export type Vehicle = Schemas['VehicleOut']
export type TicketDraft = Schemas['TicketDraft']
export type Emergency = Schemas['Emergency']['service']
