import type { map as zh } from '../zh/map'

export const map: typeof zh = {
  beneath: 'Map beneath',
  own: 'Outline (offline)',
  zoom_in: 'Zoom in',
  zoom_out: 'Zoom out',
  loading: 'The map is loading',
  state: { free: 'Free', busy: 'Busy', off_duty: 'Off duty', suspended: 'Suspended' },
  sign: { opened: 'O', dispatching: 'D', assigned: 'A', en_route: 'W', on_site: 'S', handed_over: 'H' },
  network: 'Map: arrow keys move it, click a mark to open it',
  all: 'Rescues and stations',
  rescues: 'Open rescues {n}',
  stations: 'Stations in view {n}',
  rings: 'Alarm',
  no_rescues: 'No open rescue with a place',
  no_stations: 'No such station in view',
  states: 'Which stations are shown',
  more: '{n} more: zoom in to see them',
  points: 'Map: {n} stations, arrow keys move it, click one to open it',
  show: 'Map',
  spot: 'Map: click or drag the mark to change the place, arrow keys move the map',
}
