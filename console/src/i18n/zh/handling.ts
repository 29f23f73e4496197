import type { DeliveryState, DestinationKind, MessageState, NotThere, OnwardKind, Outcome, ProofKind, Sign, TowStage, Unsigned } from '../../rescue/wire'

const sign: Record<Sign, string> = {
  same_car: '同一辆车',
  same_plate: '同一车牌',
  same_phone: '同一电话',
  near: '同一地点',
  same_model: '同一车型',
  other_car: '车不同',
  other_plate: '车牌不同',
  other_model: '车型不同',
  other_carriageway: '对向车道',
  far_apart: '相距很远',
}

const notThere: Record<NotThere, string> = {
  suspended: '已暂停',
  refused: '不接车',
  not_simulated: '演练只去模拟站',
  no_workshop: '没有维修车间',
  skill_missing: '修不了这种故障',
  brand_not_authorised: '没有该品牌授权',
  closed: '到达时已关门',
}

const towStage: Record<TowStage, string> = {
  planned: '待装车',
  loaded: '已装车,途中',
  in_yard: '停场过夜',
  delivered: '已送达',
  ended: '不用拖',
}

const towKind: Record<DestinationKind, string> = { workshop: '维修站', yard: '夜间停车场', elsewhere: '另一地址' }

const travel: Record<OnwardKind, string> = {
  taxi: '出租车',
  with_car: '随车',
  hotel: '酒店',
  replacement_car: '代步车',
  own: '自行安排',
}

const outcome: Record<Outcome, string> = {
  repaired: '现场修好',
  towed_to_workshop: '拖回车间',
  brought_to_safety: '移到安全处',
  charged: '已充电',
  other: '其他',
}

const proof: Record<ProofKind, string> = { photo: '现场照片', signature: '车主签名' }

const unsigned: Record<Unsigned, string> = {
  not_asked: '未请车主签名',
  absent: '车主不在现场',
  unable: '不便签名',
  declined: '车主不愿签名',
}

const messageState: Record<MessageState, string> = {
  queued: '待发',
  sending: '发送中',
  sent: '已发出',
  failed: '发送失败',
  unknown: '不明是否送达',
  withdrawn: '已撤回',
}

const delivery: Record<DeliveryState, string> = { delivered: '已送达', undelivered: '未送达' }

/** Words of what is done with a rescue besides sending help: the cards around it. */
export const handling = {
  sign,
  not_there: notThere,
  outcome,
  why: { not_in_service: '不在服务中', too_far: '太远', in_yard: '车在停车场,请选维修站' },
  same: {
    title: '是否同一次救援',
    may_be: '可能与 {number} 是同一次救援',
    apart_m: '相距 {n} 米',
    apart_km: '相距 {n} 公里',
    apart_time: '相隔 {n} 分钟',
    this: '本单',
    goes_on: '是同一次:由 {number} 继续',
    turns_back: '{station} 返回',
    not_the_same: '不是同一次',
    goes_on_in: '与另一张工单是同一次救援,由它继续:',
    goes_on_for: '本单同时处理(同一次救援)',
    undo: '不是同一次,撤销合并',
    by_number: '与另一张工单是同一次救援',
    number: '工单号',
    look: '并排核对',
    told: '按来电人报的工单号',
    unknown_number: '没有这个工单号的救援。',
    no_place: '还没有位置',
    nobody: '未具姓名',
  },
  phone: {
    title: '服务站来电告知',
    departed: '已出发',
    arrived: '已到达',
    done: '已完成',
    eta: '还要几分钟',
    new_eta: '更新到达时间',
    outcome: '结果',
    gone: '车不在现场',
    gone_hint: '须有对方发来的照片,并已打电话给车主。',
    photo: '现场照片',
    called_owner: '已打电话给车主',
    gone_go: '登记车不在现场',
  },
  hand: {
    title: '按名指定服务站',
    hint: '最近的四十家,不论有何不便',
    filter: '按名称、编号筛选',
    choose: '选择',
    asked: '已问过',
    cannot: '不能在这里忽略',
    overrule: '逐条忽略(须有理由)',
    why: '理由,或与谁通话',
    ask: '派给这家',
    accepted: '电话已接单',
    eta: '预计分钟',
    truck: '救援车',
    first_fit: '第一辆合适的',
    busy: '执行中',
    unfit: '缺少设备',
    no_phone: '没有值班电话',
    none: '附近没有服务站',
    others: '其他服务站',
  },
  tow: {
    title: '拖车',
    stage: towStage,
    kind: towKind,
    away: '现场修不好,拖走',
    there_about: '约 {at} 到',
    wait_at_gate: '{at} 开门,请在门口等候。',
    opening_hours: '营业时间 {hours}',
    open_now: '营业中',
    closed_now: '现在关门',
    opens_at: '{at} 开门',
    call: '打电话 {phone}',
    morning: '早上送到',
    deliver_by: '{at} 前送到',
    no_workshop: '还没有早上的维修站,正在寻找。',
    no_destination: '还没有去处:请指定。',
    because: '理由:{reason}',
    why_not: '更近但不去',
    refused_by: '不接车:{name} · {reason}',
    proof: '照片',
    delivered: '已送到',
    at_workshop: '已送到维修站',
    refuse: '对方不接车',
    instead: '改送别处',
    station: '服务站',
    address: '另一地址',
    save: '改送',
  },
  onward: {
    title: '乘客后续出行',
    travel,
    persons: '{n} 人',
    how: '怎么走',
    how_many: '人数',
    note: '备注',
    record: '登记',
  },
  proof: {
    title: '照片与签名',
    kind: proof,
    unsigned,
    gone: '车不在现场的照片',
  },
  rating: { title: '车主评价', score: '{n} 分(满分 5 分)', follow_up: '回访工单' },
  said: {
    title: '已发信息',
    none: '还没有发过信息',
    failed: '{n} 条未送达或不明',
    state: messageState,
    channel: { text: '短信', duty_phone: '值班电话', email: '邮件' },
    delivery,
    to_station: '发给服务站',
    to_owner: '发给车主',
    again: '再发一次',
  },
  alarms: { title: '本单告警', taken: '{name} 已接手', somebody: '同事' },
  record: { title: '经过与备注' },
  car: {
    passengers: '{n} 人',
    weight: '{n} 千克',
    wheels_locked: '车轮锁死',
    low_clearance: '在低矮车库里',
    height: '限高 {n} 厘米',
    off_road: '离开道路',
  },
  work_order: '打印派工单',
  ticket_page: '工单页',
}
