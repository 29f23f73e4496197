import type { CallState } from '../../api/wire'

const state: Record<CallState, string> = { menu: '语音菜单中', ringing: '振铃', answered: '通话中', ended: '已挂断' }

/** Words of the agent's desk. */
export const desk = {
  state,
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
  back: '返回',
  aside: '搁置的工作',
  change: '重选',
  name: '姓名',
  plate_or_car: '车牌或车辆',
  plate_hint: '例:辽A12345,或 白色 昀驰 S7',
  drill: '演练(不派真车)',
  notes: '通话记录',
  notes_before: '随时自动保存;开工单时写入摘要。',
  notes_after: '随时自动保存;按 Ctrl+Enter 写入工单。',
  write: '写入工单',
  written: '已写入工单',
  number_for_caller: '请告诉来电人工单号',
  simulated: '模拟来电',
  sample_place: '来电人报的位置(抄入位置框):',
  simulated_for: '用于演示和培训:与真实来电走同一流程。',
  number: '来电号码(留空为未显示)',
  ring: '振铃',
  last: {
    title: '我们最近说过的', unsure: '不明是否送达', promised: '已承诺:', noted: '坐席记下:', call_back: '{at} 回电', web: '网页',
    half_done: '他有一份问卷没有答完,可以接着答。', go_on: '接着问', put_away: '收起问卷',
  },
  open_ticket: '为这通外呼开工单',
  sample: { known: '已登记车主', shared: '几位车主共用', unknown: '未登记号码' },
}

/** What its keys do. */
export const deskKeys = {
  desk_answer: '接听振铃的来电',
  desk_hang_up: '挂断当前通话',
  desk_done: '完成当前工作:回到搁置的工作,没有则空闲',
  desk_back: '回到搁置的工作,当前工作搁置',
  desk_about: '新救援:返回选来电事由',
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
