import type { CallState, Fault } from '../../api/wire'

const state: Record<CallState, string> = { ringing: '振铃', answered: '通话中', ended: '已挂断' }

const fault: Record<Fault, string> = {
  flat_tyre: '爆胎、扎胎',
  dead_battery: '电瓶亏电',
  out_of_fuel: '没油',
  out_of_charge: '没电(电动车)',
  locked_out: '钥匙锁在车内',
  engine: '发动机故障',
  high_voltage: '高压系统故障',
  accident: '事故',
  stuck: '陷车',
  unknown: '故障不清楚',
}

/** Words of the agent's desk. */
export const desk = {
  state,
  fault,
  title: '坐席台',
  calls: '来电',
  no_calls: '没有来电',
  queue: '待处理工单',
  no_queue: '没有等待处理的工单',
  unknown: '未登记来电',
  withheld: '未显示号码',
  shared: '{n} 位车主共用',
  mine: '我的',
  colleague: '同事接听',
  answer: '接听',
  hang_up: '挂断',
  done: '完成',
  work: '当前工作',
  free: '空闲。来电时车主和车辆会直接显示在这里;也可从左侧选一项。',
  who: '是哪一位?',
  nobody_of_them: '都不是,另一位',
  which_car: '哪一辆车?',
  other_car: '其他车辆',
  about: '来电事由',
  already: '询问已有工单 {number}({kind},{stage})',
  what_fault: '出了什么故障?',
  back: '返回',
  change: '重选',
  caller: '来电人',
  car: '车辆',
  name: '姓名',
  plate_or_car: '车牌或车辆',
  plate_hint: '例:辽A12345,或 白色 昀驰 S7',
  danger: '有人员危险',
  expressway: '在高速公路上',
  drill: '演练(不派真车)',
  notes: '通话记录',
  notes_before: '随时自动保存;开工单时写入摘要。',
  notes_after: '随时自动保存;按 Ctrl+Enter 写入工单。',
  write: '写入工单',
  written: '已写入工单',
  number_for_caller: '请告诉来电人工单号',
  opened_at: '受理时间',
  summary: '摘要',
  rescue_page: '打开救援页面',
  rescue_next: '接着确认位置并派单。',
  ticket_page: '打开工单页',
  simulated: '模拟来电',
  sample_place: '来电人报的位置(抄入位置框):',
  simulated_for: '用于演示和培训:与真实来电走同一流程。',
  number: '来电号码(留空为未显示)',
  ring: '振铃',
  sample: { known: '已登记车主', shared: '几位车主共用', unknown: '未登记号码' },
}

/** What its keys do. */
export const deskKeys = {
  desk_answer: '接听振铃的来电',
  desk_hang_up: '挂断当前通话',
  desk_done: '完成当前工作,回到空闲',
  desk_notes: '跳到通话记录',
  desk_write: '把记录写入工单',
  pick: '选列表中的一项',
}

/** Sound and notifications. */
export const attention = {
  sound: '提示音',
  notices: '桌面通知',
  on: '开',
  off: '关',
  refused: '浏览器未允许通知,请在地址栏的网站设置中允许。',
  ring: '有来电',
}
