import type { Fault } from './wire'

/** The faults in the order of their digits: 1 to 9, then 0. Pure. */
export const FAULTS: readonly Fault[] = [
  'flat_tyre',
  'dead_battery',
  'out_of_fuel',
  'out_of_charge',
  'locked_out',
  'engine',
  'high_voltage',
  'accident',
  'stuck',
  'unknown',
]

export function digitOf(fault: Fault): string {
  return String((FAULTS.indexOf(fault) + 1) % 10)
}
