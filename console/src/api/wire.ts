import type { components, paths } from './schema'

/** Short names for what goes over the wire, as schemas/openapi.json has it. */
type Schemas = components['schemas']

export type { paths }
export type Session = Schemas['SessionOut']
export type Permission = Schemas['Permission']
export type Ticket = Schemas['TicketOut']
export type Kind = Schemas['Kind']
export type Stage = Schemas['Stage']
export type Call = Schemas['CallOut']
export type CallState = Schemas['CallState']
/** A call with the owners its number belongs to. */
export type Ringing = Schemas['RingingOut']
export type Owner = Schemas['OwnerOut']
export type Vehicle = Schemas['VehicleOut']
export type Fault = Schemas['Fault']
export type SampleCaller = Schemas['SampleCaller']
export type Alarm = Schemas['AlarmOut']
