import type { Party, PhoneKind, Verb } from '../../api/wire'
import type { Stage } from '../../phone/stage'
import type { Standing } from '../../phone/standing'

const kind: Record<PhoneKind, string> = { browser: '浏览器', desk: '话机', none: '不用电话' }

const standing: Record<Standing, string> = {
  off: '未启用',
  elsewhere: '电话在此浏览器的另一个窗口。',
  connecting: '电话连接中…',
  ready: '电话就绪',
  insecure: '不能用麦克风:',
  refused: '浏览器未允许使用麦克风:',
  unplugged: '没有找到麦克风:',
  unheard: '麦克风没有声音:',
}

const stage: Record<Stage | 'asked' | 'listening', string> = {
  off: '接通中',
  dialling: '呼叫中',
  talking: '通话中',
  held: '保持中',
  asking: '正在呼叫第三方',
  aside: '咨询中,来电人等待',
  together: '三方通话',
  asked: '同事咨询您',
  listening: '旁听中',
}

const verb: Record<Verb, string> = {
  hold: '保持',
  resume: '取回',
  consult: '咨询',
  take_back: '收回',
  hand_over: '转交',
  conference: '三方',
  transfer: '直接转接',
  listen: '监听',
  whisper: '耳语',
  barge: '插话',
  stop_listening: '停止监听',
}

const done: Record<Verb, string> = {
  hold: '已保持,来电人听音乐',
  resume: '已取回',
  consult: '正在呼叫,来电人听音乐',
  take_back: '已收回',
  hand_over: '已转交',
  conference: '三方已接通',
  transfer: '已转接',
  listen: '监听已开始',
  whisper: '现在只有坐席听见您',
  barge: '现在双方都听见您',
  stop_listening: '监听已停止',
}

const party: Record<Party, string> = {
  caller: '来电人',
  agent: '坐席',
  colleague: '同事',
  station: '服务站',
  outside: '外线',
  supervisor: '班长',
  group: '坐席组',
}

/** Words of the agent's phone. */
export const phone = {
  kind,
  standing,
  stage,
  verb,
  done,
  party,
  title: '电话',
  bar: '通话',
  which: '用哪部电话',
  extension: '分机',
  sound: '麦克风与扬声器',
  microphone: '麦克风',
  speaker: '扬声器',
  of_system: '系统默认',
  level: '麦克风音量',
  ring: '来电时响铃',
  remedy: {
    elsewhere: '请到那个窗口接听。',
    insecure: '请用 https 打开本页。',
    refused: '请点地址栏左侧的图标,允许麦克风。',
    unplugged: '请接上耳麦。',
    unheard: '请关掉占用麦克风的程序,再回到本页。',
  },
  rings: '来电:{who}',
  asks: '同事请您接听:{who}',
  hang_up_first: '请先挂断当前通话',
  decline: '拒接',
  mute: '静音',
  keypad: '按键',
  asked: '{verb}…',
  listen_to: '监听 {name}',
  reach: {
    title: '咨询/转接',
    kind: { colleague: '同事', station: '服务站', owner: '车主号码', group: '坐席组', number: '其他号码' },
    search: '查找',
    type_number: '输入号码',
    nobody: '没有可选的人',
  },
  dial: {
    go: '拨打 {who}',
    no_seat: '请先上线',
    in_contact: '请先完成当前通话',
    no_phone: '您选了不用电话',
    not_ready: '电话尚未就绪',
  },
  refused: {
    callee_unreachable: '联系不上,对方没有电话或号码',
    not_while_waiting: '来电人在排队,不能操作',
    not_while_talking: '通话中不能这样操作',
    not_while_held: '保持中不能这样操作',
    not_while_asking: '正在呼叫第三方,不能这样操作',
    not_while_aside: '咨询中不能这样操作',
    not_while_together: '三方通话中不能这样操作',
    not_while_going: '转接中不能这样操作',
    not_while_handed: '接手的通话不能这样操作',
    seat_move_refused: '对方正在通话',
    call_over: '通话已结束',
    other: '未能完成({why})',
  },
  ending: {
    busy: '忙',
    declined: '拒接',
    no_answer: '无人接听',
    unknown_number: '空号',
    unreachable: '无法接通',
    lost: '断线',
  },
  course: {
    title: '通话经过',
    show: '经过',
    none: '这通电话不经过本系统的交换机。',
    rang: '振铃 {at}',
    spoke: '接通 {at}',
    left: '离开 {at}',
  },
}

/** What its keys do. */
export const phoneKeys = {
  phone_hold: '保持或取回来电人',
  phone_mute: '静音或取消',
  phone_keypad: '打开按键',
  phone_reach: '咨询或转接:选人',
  phone_hand_over: '咨询后转交',
  phone_conference: '咨询后三方通话',
}
