import type { Fact } from '../live/news'
import type { Desk, OfferState } from './wire'

/** Who has been asked and how long each has left, by the server's clock. Pure. */

export interface Asked {
  id: string
  stationId: string
  distanceM: number | null
  state: OfferState
  /** By the server's clock, in ms; null until the desk has told it. */
  expiresAt: number | null
  isSeen: boolean
  endReason: string | null
  handReason: string | null
}

export interface Board {
  /** The newest first. */
  asked: readonly Asked[]
  /** How far the server's clock is before the one here, in ms. */
  aheadMs: number
}

export const NOBODY: Board = { asked: [], aheadMs: 0 }

/** The board as the desk's answer has it; `heardAt` is when it came, by the clock here. */
export function boardOf(desk: Pick<Desk, 'now' | 'rescue'>, heardAt: number): Board {
  const asked = desk.rescue.offers.map((offer) => ({
    id: offer.id,
    stationId: offer.station_id,
    distanceM: offer.distance_m,
    state: offer.state,
    expiresAt: Date.parse(offer.expires_at),
    isSeen: offer.seen_at !== null,
    endReason: offer.end_reason,
    handReason: offer.hand_reason,
  }))
  return { asked: asked.reverse(), aheadMs: Date.parse(desk.now) - heardAt }
}

/** The board after one event: what it says is shown at once, before the desk is asked anew. */
export function after(board: Board, { kind, facts, station_id }: Fact): Board {
  const id = String(facts.offer_id)
  const change = (to: Partial<Asked>): Board => ({
    ...board,
    asked: board.asked.map((one) => (one.id === id ? { ...one, ...to } : one)),
  })
  switch (kind) {
    case 'offer.made':
      return made(board, id, station_id)
    case 'offer.seen':
      return change({ isSeen: true })
    case 'offer.accepted':
      return change({ state: 'accepted' })
    case 'offer.ended':
      return change({ state: facts.state as OfferState, endReason: textOrNull(facts.reason) })
    default:
      return board
  }
}

function made(board: Board, id: string, stationId: string | null): Board {
  if (stationId === null || board.asked.some((one) => one.id === id)) return board
  const fresh: Asked = {
    id,
    stationId,
    distanceM: null,
    state: 'offered',
    expiresAt: null,
    isSeen: false,
    endReason: null,
    handReason: null,
  }
  return { ...board, asked: [fresh, ...board.asked] }
}

function textOrNull(told: unknown): string | null {
  return typeof told === 'string' ? told : null
}

/** How long the station has left, in ms; null when it is not waited for, or not known. */
export function leftOf(asked: Asked, board: Board, hereMs: number): number | null {
  if (asked.state !== 'offered' || asked.expiresAt === null) return null
  return Math.max(0, asked.expiresAt - (hereMs + board.aheadMs))
}

/** 1:05, as a clock counts down; the last second is 0:01 until it is over. */
export function clock(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
