import type { Equipment, Truck } from '../api/wire'
import { zh } from '../i18n/zh'

export const FIELDS = ['plate', 'equipment', 'capacity_kg', 'height_cm'] as const
export type TruckField = (typeof FIELDS)[number]

export interface TruckFields {
  plate: string
  equipment: Equipment[]
  capacity_kg: number | null
  height_cm: number | null
  version: number
}

/** A truck that is not there yet. */
export const NEW_TRUCK: Omit<TruckFields, 'version'> = { plate: '', equipment: [], capacity_kg: null, height_cm: null }

export const EQUIPMENT = Object.keys(zh.stations.equipment) as Equipment[]

/** The fields that a person writes, of a truck or of none. What is not equipment of ours stays out. */
export function fieldsOf(truck: Truck | typeof NEW_TRUCK): TruckFields {
  const { plate, capacity_kg, height_cm } = truck
  const equipment = EQUIPMENT.filter((one) => (truck.equipment as string[]).includes(one))
  return { plate, equipment, capacity_kg, height_cm, version: 'version' in truck ? truck.version : 0 }
}

/** A number that was typed; nothing typed is not known. */
export function numberOf(typed: string): number | null {
  const number = Number.parseInt(typed, 10)
  return Number.isNaN(number) ? null : number
}
