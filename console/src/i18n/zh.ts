import type { Kind, Stage } from '../api/wire'
import { bookings, ownerFiles } from './zh/bookings'
import { care, tiers } from './zh/care'
import { customer } from './zh/customer'
import { attention, desk, deskKeys } from './zh/desk'
import { flow, flowKeys } from './zh/flow'
import { hotline } from './zh/hotline'
import { phone, phoneKeys } from './zh/phone'
import { prompts } from './zh/prompts'
import { simulator, simulatorKeys } from './zh/simulator'
import { seat, seatKeys } from './zh/seat'
import { ticket } from './zh/ticket'
import { rescue, rescueKeys } from './zh/rescue'
import { handling } from './zh/handling'
import { board, handover, role } from './zh/board'
import { audiences } from './zh/audiences'
import { audit } from './zh/audit'
import { surveys } from './zh/surveys'
import { calls, owners } from './zh/calls'
import { docs } from './zh/docs'
import { imports } from './zh/imports'
import { province } from './zh/province'
import { left_messages, recordings } from './zh/recordings'
import { staff } from './zh/staff'
import { stations } from './zh/stations'
import { map } from './zh/map'
import { outbound } from './zh/outbound'
import { ownerCallKeys } from './zh/ownerCalls'

const kind: Record<Kind, string> = {
  complaint: '投诉',
  technical: '技术求助',
  rescue: '救援',
  enquiry: '咨询',
  part_order: '紧急订货',
}

const stage: Record<Stage, string> = {
  opened: '已受理',
  in_progress: '处理中',
  dispatching: '派单中',
  assigned: '已接单',
  en_route: '途中',
  on_site: '已到场',
  handed_over: '已转路方',
  resolved: '已解决',
  closed: '已关闭',
  cancelled: '已取消',
  merged: '已合并',
}

export const zh = {
  kind,
  stage,
  board,
  handover,
  role,
  province,
  audiences,
  audit,
  surveys,
  responses: { none: '还没有答卷', shown: '已显示 {n} 份' },
  calls,
  left_messages,
  recordings,
  owners,
  docs,
  imports,
  staff,
  stations,
  map,
  outbound,
  product: '客户关怀中心',
  skip: '跳到正文',
  menu: '菜单',
  nav: {
    desk: '坐席',
    tickets: '工单',
    rescue_new: '新救援',
    calls: '来电',
    left_messages: '留言',
    owners: '车主',
    tiers: '等级规则',
    audiences: '人群',
    handover: '交接班',
    board: '看板',
    hotline: '热线',
    call_flow: '热线流程',
    prompts: '热线提示音',
    simulator: '电话模拟',
    stations: '服务站',
    station_imports: '服务站导入',
    campaigns: '外呼活动',
    policies: '外呼规则包',
    texts_back: '短信回复',
    due: '到期保养',
    staff: '员工',
    surveys: '问卷',
    audit: '审计',
    inbox: '收件箱',
    station: '服务站',
    docs: '接口',
    password: '密码',
  },
  search: { label: '搜索', hint: '工单、电话、车牌、VIN、姓名 ( / )' },
  ticket,
  rescue,
  handling,
  line: { connecting: '连接中', live: '实时', lost: '重连中', polling: '定时更新' },
  file: { choose: '选择文件', none: '还没有选文件' },
  exports: { title: '导出', xlsx: '导出 Excel', csv: '导出 CSV' },
  offline: '连接中断,正在重连;恢复后自动补齐。',
  theme: { dark: '深色', light: '浅色' },
  language: { other: 'English' },
  desk,
  seat,
  phone,
  hotline,
  flow,
  prompts,
  simulator,
  customer,
  bookings,
  ownerFiles,
  care,
  tiers,
  attention,
  sign_out: '退出',
  alarms: { title: '告警', none: '没有待处理的告警', more: '只显示最近 {n} 条', take: '由我处理' },
  alarm: {
    rescue_nobody_left: '没有服务站可派',
    rescue_not_accepted: '到时仍无人接单',
    rescue_nearer_station: '位置更正后有更近的服务站',
    dispatch_not_departed: '接单后未出发',
    dispatch_late: '超过承诺到达时间',
    dispatch_silent: '长时间没有消息',
    dispatch_driving_away: '救援车正在远离',
    rescue_handed_over: '已转路方,请回访是否到达',
    rescue_not_located: '还没有位置,没有派单',
    rescue_reopened: '工单重新打开,没有派单',
    rescue_place_to_read: '车主已回复位置,请查看',
    rescue_owner_wrote: '车主留言,请查看',
    rescue_rated_badly: '车主评价差,请回访',
    survey_answered_badly: '问卷答得差,请回访',
    jobs_parked: '有后台任务被搁置,请联系值班工程师',
    tow_no_destination: '拖车没有去处,请指定',
    tow_not_delivered: '车仍在停车场,过了送站时间',
    recording_unclaimed: '有录音找不到所属来电,请联系值班工程师',
  },
  shortcuts: {
    ...deskKeys,
    ...seatKeys,
    ...phoneKeys,
    ...simulatorKeys,
    ...flowKeys,
    ...rescueKeys,
    ...ownerCallKeys,
    title: '快捷键',
    help: '显示快捷键',
    search: '搜索',
    tickets: '打开工单列表',
    next: '下一行',
    previous: '上一行',
    open: '打开所选行',
    close: '关闭',
    edit: '修改工单',
  },
  tickets: {
    title: '工单',
    filters: '筛选',
    kind: '类别',
    stage: '阶段',
    any: '全部',
    number: '工单号',
    live: '只看未结',
    mine: '只看我的',
    clear: '清除筛选',
    opened_at: '受理时间',
    caller: '来电人',
    phone: '电话',
    summary: '摘要',
    none: '没有符合条件的工单',
    more: '更多',
    shown: '已显示 {n} 张',
    danger: '危险',
    expressway: '高速',
    drill: '演练',
    here: '所在列表',
    of_owner: '车主:{name}',
  },
  problem: {
    comma: '、',
    no_answer: '没有连上服务器。已重试多次,请检查网络后再试。',
    http_error: '请求没有成功(状态 {status})。',
    report: '编号 {id}',
    retry: '再试一次',
  },
  not_found: { title: '没有这个页面', words: '地址可能有误,请从左侧菜单进入。' },
  empty: { title: '欢迎', words: '您的角色在此暂无页面,请从左侧菜单进入。' },
}

/** Every language has the same keys: the compiler says so. */
export type Words = typeof zh
