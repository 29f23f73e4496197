import type { StationState } from '../../board/wire'

const state: Record<StationState, string> = {
  free: '可派',
  busy: '占用',
  off_duty: '不值班',
  suspended: '暂停',
}

export const map = {
  beneath: '底图',
  own: '简图(不联网)',
  zoom_in: '放大',
  zoom_out: '缩小',
  loading: '地图加载中',
  state,
  /** One sign for each stage, inside the mark of a rescue. */
  sign: { opened: '受', dispatching: '派', assigned: '接', en_route: '途', on_site: '到', handed_over: '转' },
  network: '地图:方向键移动,点击标记打开',
  all: '救援与服务站',
  rescues: '未结救援 {n}',
  stations: '画面内的服务站 {n}',
  rings: '告警',
  no_rescues: '没有已定位的未结救援',
  no_stations: '画面内没有这些状态的服务站',
  states: '显示哪些服务站',
  more: '另有 {n} 家:放大地图后再看',
  points: '地图:{n} 家服务站,方向键移动,点击打开',
  show: '地图',
  spot: '地图:点击或拖动标记来改位置,方向键移动',
}
