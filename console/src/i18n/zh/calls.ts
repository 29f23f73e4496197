import type { EndReason } from '../../api/wire'

const end: Record<EndReason, string> = {
  caller_hung_up: '对方挂断',
  agent_hung_up: '坐席挂断',
  abandoned: '未接通',
  line_lost: '断线',
  call_back_asked: '要求回电',
  went_outside: '转至外线',
  no_answer: '无人接听',
  busy: '忙线',
  unreachable: '无法接通',
  not_dialled: '未拨出',
  flow_hung_up: '语音流程结束',
}

export const calls = {
  title: '来电',
  filters: '筛选',
  phone: '完整号码',
  live: '只看进行中',
  of_owner: '只看一位车主',
  rang: '振铃',
  number: '号码',
  who: '车主',
  state: '状态',
  spoken: '通话',
  about: '工单',
  ticket: '打开工单',
  none: '没有符合条件的来电',
  shown: '已显示 {n} 个',
  states: { menu: '语音菜单中', ringing: '振铃', answered: '通话中', ended: '已结束' },
  end,
}

export const owners = {
  title: '车主',
  one: '车主',
  filters: '筛选',
  search: '姓名、拼音、电话尾号、车牌、VIN 尾号',
  name: '姓名',
  language: '语言',
  languages: { zh: '中文', en: '英文' },
  facts: '资料',
  new_phone: '新电话',
  add_phone: '添加电话',
  all_tickets: '全部工单',
  all_calls: '全部来电',
  none: '没有符合条件的车主',
  shown: '已显示 {n} 位',
  too_many: '符合的太多,未全部列出;请输入更多。',
}
