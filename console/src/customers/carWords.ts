import type { Vehicle } from '../api/wire'

/** A car in one line: plate and model, else the tail of its VIN. Pure. */
export function carWords(car: Pick<Vehicle, 'plate' | 'model' | 'vin'>): string {
  const known = [car.plate ?? '', car.model].filter(Boolean).join(' ')
  return known || `…${(car.vin ?? '').slice(-6)}`
}
