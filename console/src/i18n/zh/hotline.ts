import type { CallBackReason } from '../../api/wire'

const why: Record<CallBackReason, string> = {
  asked: '要求回电',
  dropped_out: '排队时挂断',
  line_lost: '通话中断线',
}

/** Words of the hotline's floor, its groups and who takes which calls. */
export const hotline = {
  why,
  title: '热线',
  groups: '坐席组与技能',
  waits: '{group}:排队',
  call_backs: '待回拨',
  turn: '次序',
  standing: '状态',
  at: '正在 {name} 处振铃',
  takes: '接听的组',
  group: '坐席组',
  title_zh: '中文名称',
  title_en: '英文名称',
  second: '久等后转到组',
  expert: '再转到专家组',
  outside: '最后转外线号码',
  after_s: '等待秒数',
  no_group: '不转',
  save: '保存',
  saved: '已保存',
  colleagues: '谁接听哪些来电',
  pick: '选一位同事',
  languages: '语言',
  language: { zh: '中文', en: '英文' },
  skills: '技能(逗号分隔,小写字母、数字、下划线)',
  level: '今日 {n} 秒内接听',
  level_answered: '(不计放弃 {share})',
  outcome: { in_time: '按时接听', late: '超时接听', abandoned: '放弃' },
  handling: '平均处理',
  entered: '进入排队',
  agent: '坐席',
  talking: '正在通话',
  nobody_talks: '现在没有人在通话',
}
