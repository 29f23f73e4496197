import { ref, shallowRef, watch } from 'vue'
import { Attempt } from '../api/attempt'
import { answered, api } from '../api/client'
import type { components } from '../api/schema'
import type { Booking, Station } from '../api/wire'
import { problemWords } from '../i18n/problemWords'
import { useLive } from '../live/useLive'
import type { Wanted } from './bookings'

export interface Chosen {
  station_id: string
  starts_at: string
  wanted: Wanted
}

/** Books in the place of the desk's own way: a call that has moved the owner to it. */
export type Make = (draft: components['schemas']['BookingDraft'], key: { 'Idempotency-Key': string }) => Promise<Booking>

const byDesk: Make = (body, header) => answered(api.POST('/api/v1/bookings', { params: { header }, body }))

/** The bookings of a car as they stand, and what is done about them. */
export function useCarBookings(vehicleId: () => string, ownerId: () => string, make: Make = byDesk) {
  const bookings = shallowRef<Booking[]>([])
  const stations = shallowRef<Record<string, Station>>({})
  const problem = ref('')
  const attempt = new Attempt()

  async function trying<T>(act: () => Promise<T>): Promise<T | null> {
    try {
      const done = await act()
      problem.value = ''
      return done
    } catch (failure) {
      problem.value = problemWords(failure)
      return null
    }
  }

  async function read(): Promise<void> {
    const vehicle_id = vehicleId()
    const { items } = await answered(api.GET('/api/v1/bookings', { params: { query: { vehicle_id } } }))
    if (vehicle_id !== vehicleId()) return
    bookings.value = items
    const unknown = [...new Set(items.map((one) => one.station_id))].filter((id) => !stations.value[id])
    const found = await Promise.all(
      unknown.map((station_id) => answered(api.GET('/api/v1/stations/{station_id}', { params: { path: { station_id } } }))),
    )
    stations.value = { ...stations.value, ...Object.fromEntries(found.map((one) => [one.id, one])) }
  }

  async function acting<T>(act: () => Promise<T>): Promise<T | null> {
    return trying(async () => {
      const done = await act()
      attempt.done()
      await read()
      return done
    })
  }

  /** The station of the car's last visit that names one. */
  function lastStation(): Promise<string | null> {
    return trying(async () => {
      const params = { path: { vehicle_id: vehicleId() } }
      const { items } = await answered(api.GET('/api/v1/vehicles/{vehicle_id}/visits', { params }))
      return items.find((one) => one.station_id)?.station_id ?? ''
    })
  }

  function book(chosen: Chosen): Promise<Booking | null> {
    const body = { ...chosen, vehicle_id: vehicleId(), owner_id: ownerId(), note: '' }
    return acting(() => make(body, attempt.header(body)))
  }

  function move(booking_id: string, chosen: Chosen): Promise<Booking | null> {
    const body = { ...chosen, note: null }
    const params = { path: { booking_id }, header: attempt.header([booking_id, body]) }
    return acting(() => answered(api.POST('/api/v1/bookings/{booking_id}/time', { params, body })))
  }

  function cancel(booking_id: string): Promise<Booking | null> {
    const params = { path: { booking_id }, header: attempt.header(['cancel', booking_id]) }
    return acting(() => answered(api.POST('/api/v1/bookings/{booking_id}/cancellation', { params })))
  }

  const load = (): Promise<void | null> => trying(read)
  watch(vehicleId, load, { immediate: true })
  useLive(['booking'], async ({ facts, isGap }) => {
    if (isGap || facts.some((fact) => fact.facts.vehicle_id === vehicleId())) await load()
  })
  return { bookings, stations, problem, lastStation, book, move, cancel }
}
