import { Circle, Fill, RegularShape, Stroke, Style, Text } from 'ol/style'
import type { RescueStage, StationState } from '../board/wire'
import type { StationKind } from './marks'

/** How things look on the map, by day and by night. */

const FONT = '600 12px system-ui, sans-serif'
const SMALL = '12px system-ui, sans-serif'

interface Colours {
  sea: string
  land: string
  coast: string
  words: string
  halo: string
}

const DAY: Colours = { sea: '#d6e6f2', land: '#f7f5ef', coast: '#8a94a3', words: '#3a3f47', halo: '#ffffff' }
const NIGHT: Colours = { sea: '#10202c', land: '#23272b', coast: '#5c6873', words: '#d5d9de', halo: '#14171a' }
const STATIONS: Record<StationKind, string> = {
  ranked: '#0b57a4',
  asked: '#8a4b00',
  holder: '#146c2e',
  passed: '#6b7178',
}
const CAR = '#b3261e'
const TRUCK = '#0b57a4'

export function coloursOf(isDark: boolean): Colours {
  return isDark ? NIGHT : DAY
}

export function landStyle(colours: Colours): Style {
  return new Style({ fill: new Fill({ color: colours.land }), stroke: new Stroke({ color: colours.coast }) })
}

export function townStyle(name: string, colours: Colours): Style {
  const image = new Circle({ radius: 2, fill: new Fill({ color: colours.words }) })
  return new Style({ image, text: label(name, colours, SMALL, 10, 'declutter') })
}

export function stationStyle(kind: StationKind, number: string, name: string, colours: Colours): Style[] {
  const radius = kind === 'passed' ? 5 : 11
  const stroke = new Stroke({ color: '#ffffff', width: 2 })
  const image = new Circle({ radius, fill: new Fill({ color: STATIONS[kind] }), stroke, declutterMode: 'obstacle' })
  const inside = new Text({ text: number, font: FONT, fill: new Fill({ color: '#ffffff' }), declutterMode: 'obstacle' })
  const below = new Style({ text: label(name, colours, SMALL, radius + 9) })
  return kind === 'passed' ? [new Style({ image })] : [new Style({ image, text: inside, zIndex: 2 }), below]
}

export function carStyle(isConfirmed: boolean, age: string, colours: Colours): Style {
  const fill = new Fill({ color: isConfirmed ? CAR : '#ffffff' })
  const stroke = new Stroke({ color: isConfirmed ? '#ffffff' : CAR, width: 3 })
  return new Style({ image: new Circle({ radius: 9, fill, stroke, declutterMode: 'obstacle' }), text: label(age, colours, FONT, -18), zIndex: 3 })
}

export function accuracyStyle(): Style {
  return new Style({
    fill: new Fill({ color: 'rgba(179, 38, 30, 0.12)' }),
    stroke: new Stroke({ color: CAR, lineDash: [4, 4] }),
  })
}

export function truckStyle(age: string, colours: Colours): Style {
  const fill = new Fill({ color: TRUCK })
  const stroke = new Stroke({ color: '#ffffff', width: 2 })
  const image = new RegularShape({ points: 4, radius: 11, angle: Math.PI / 4, fill, stroke, declutterMode: 'obstacle' })
  return new Style({ image, text: label(age, colours, FONT, 18), zIndex: 4 })
}

export function wayStyle(): Style {
  return new Style({ stroke: new Stroke({ color: TRUCK, width: 3, lineDash: [8, 6] }) })
}

/** `obstacle`: always written, and names of towns give way to it. */
function label(text: string, colours: Colours, font: string, offsetY: number, mode: 'declutter' | 'obstacle' = 'obstacle'): Text {
  const fill = new Fill({ color: colours.words })
  return new Text({ text, font, offsetY, fill, stroke: new Stroke({ color: colours.halo, width: 3 }), declutterMode: mode })
}

const STATES: Record<'day' | 'night', Record<StationState, string>> = {
  day: { free: '#146c2e', busy: '#b35c00', off_duty: '#6b7178', suspended: '#b3261e' },
  night: { free: '#5fcf80', busy: '#ffb870', off_duty: '#a5abb2', suspended: '#ff8a80' },
}
const STAGES: Record<RescueStage, string> = {
  opened: '#b3261e',
  dispatching: '#b3261e',
  assigned: '#8a4b00',
  en_route: '#0b57a4',
  on_site: '#146c2e',
  handed_over: '#5b3a8c',
}
const ABOVE: readonly StationState[] = ['off_duty', 'free', 'busy', 'suspended']
const dots = new Map<string, Style>()

/** Told apart by shape, too: a disc, a triangle, a ring, a cross. */
export function stationDot(state: StationState, isDark: boolean, isFar: boolean): Style {
  const key = `${state}${isDark}${isFar}`
  let dot = dots.get(key)
  if (dot === undefined) {
    const image = stationShape(state, isDark)
    if (isFar) image.setScale(0.6)
    // Few are suspended or busy: they lie above the many.
    dots.set(key, (dot = new Style({ image, zIndex: ABOVE.indexOf(state) })))
  }
  return dot
}

function stationShape(state: StationState, isDark: boolean): Circle | RegularShape {
  const { halo } = coloursOf(isDark)
  const colour = STATES[isDark ? 'night' : 'day'][state]
  const fill = new Fill({ color: colour })
  if (state === 'suspended') {
    return new RegularShape({ points: 4, radius: 6, radius2: 0, angle: Math.PI / 4, stroke: new Stroke({ color: colour, width: 2 }), declutterMode: 'none' })
  }
  if (state === 'off_duty') {
    return new Circle({ radius: 4, stroke: new Stroke({ color: colour, width: 1.5 }), fill: new Fill({ color: halo }), declutterMode: 'none' })
  }
  if (state === 'busy') {
    return new RegularShape({ points: 3, radius: 6, fill, stroke: new Stroke({ color: halo }), declutterMode: 'none' })
  }
  return new Circle({ radius: 5, fill, stroke: new Stroke({ color: halo }), declutterMode: 'none' })
}

export function stationName(name: string, isDark: boolean): Style {
  return new Style({ text: label(name, coloursOf(isDark), SMALL, 14, 'declutter') })
}

/** A square with the letter of its stage; an alarm that nobody has taken rings it. */
export function rescueDot(stage: RescueStage, sign: string, rings: boolean, isDark: boolean): Style[] {
  const fill = new Fill({ color: STAGES[stage] })
  const stroke = new Stroke({ color: '#ffffff', width: 1.5 })
  const image = new RegularShape({ points: 4, radius: 12, angle: Math.PI / 4, fill, stroke })
  const text = new Text({ text: sign, font: FONT, fill: new Fill({ color: '#ffffff' }) })
  const mark = new Style({ image, text, zIndex: 2 })
  if (!rings) return [mark]
  const ring = new Circle({ radius: 16, stroke: new Stroke({ color: isDark ? '#ffb4ab' : CAR, width: 4 }) })
  return [new Style({ image: ring, zIndex: 1 }), mark]
}
