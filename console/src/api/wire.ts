import type { components, paths } from './schema'

/** Short names for what goes over the wire, as schemas/openapi.json has it. */
type Schemas = components['schemas']

export type { paths }
export type Session = Schemas['SessionOut']
export type Permission = Schemas['Permission']
export type Ticket = Schemas['TicketOut']
export type Kind = Schemas['Kind']
export type Stage = Schemas['Stage']
export type Alarm = Schemas['AlarmOut']
export type Station = Schemas['StationOut']
export type StationKind = Schemas['StationKind']
export type Skill = Schemas['Skill']
export type Equipment = Schemas['Equipment']
export type Province = NonNullable<Schemas['StationDraft']['province']>
export type Truck = Schemas['TruckOut']
export type PassedOver = Schemas['PassedOver']
export type Readiness = Schemas['Readiness']
export type HoursDay = Schemas['DayHoursOut']
export type SpecialDay = Schemas['OverrideOut']
export type Duty = Schemas['DutyOut']
export type Place = Schemas['ReadingOut']
export type SheetHeadings = Schemas['HeadingsOut']
export type ImportHead = Schemas['StationImportHead']
export type StationImport = Schemas['StationImportOut']
export type ImportRow = Schemas['ImportRowOut']
export type ImportOutcome = ImportRow['outcome']
export type Colleague = Schemas['StaffOut']
export type Role = Schemas['Role']
export type AuditLine = Schemas['AuditLine']
