import type { PauseReason, RecordingKind, RecordingRule, RecordingState, RemovedWhy } from '../../api/wire'

const kind: Record<RecordingKind, string> = { talk: '通话', message: '留言' }
const state: Record<RecordingState, string> = {
  running: '正在录音',
  kept: '已保存',
  lost: '没有录到声音',
  removed: '已删除',
}
const why: Record<RemovedWhy, string> = { expired: '到期', asked: '车主要求', mistake: '误录' }
const pause_reason: Record<PauseReason, string> = {
  card: '报卡号',
  identity: '报证件号',
  asked: '来电者要求',
  other: '其他',
}
const mode: Record<RecordingRule['mode'], string> = { off: '不录音', all: '全部通话', groups: '只录这些坐席组' }

/** Words of recordings, their rule, and what was left for us. */
export const recordings = {
  kind,
  state,
  why,
  pause_reason,
  mode,
  not_made: { not_announced: '没有告知来电者', switch_refused: '交换机未能录音' },
  purpose: { play: '收听', download: '下载' },
  title: '录音',
  play: '播放',
  download: '下载',
  sound_of: '{about} 的录音',
  until: '保存至 {at}',
  held: '已封存',
  removed: '{at} 删除({why})',
  not_yours: '只有通话的坐席本人和班长可以收听。',
  hold: '封存录音',
  hold_since: '{at} 由 {name} 封存:{reason}',
  lift: '解除封存',
  pause: '暂停录音',
  resume: '继续录音',
  because: '原因',
  changing: '正在切换…',
  is_paused: '录音已暂停',
  rule: '录音规则',
  which: '录哪些通话',
  groups: '坐席组',
  talk_days: '通话保存天数',
  complaint_days: '投诉保存天数',
  message_days: '留言保存天数',
  notice: '接通前会告知来电者本次通话可能被录音;没有告知就不录。到期的录音自动删除,封存的除外。',
  no_sound: '告知语没有声音({languages}),这些来电不会录音。请安装 espeak-ng 或上传录音。',
}

export const left_messages = {
  title: '留言',
  all: '包括已处理的',
  left: '留言时间',
  length: '时长',
  sound: '声音',
  gone: '声音已不在',
  at_carrier: '声音在线路方',
  unheard: '未听',
  heard_by: '{name} 已听 {at}',
  handled_by: '{name} 已处理 {at}',
  handle: '标记已处理',
  call_back: '安排回电',
  none: '没有待处理的留言',
  shown: '已显示 {n} 条',
}
