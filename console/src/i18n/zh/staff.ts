import type { Role } from '../../api/wire'

const role: Record<Role, string> = {
  agent: '坐席',
  supervisor: '主管',
  expert: '专家',
  station: '服务站',
  admin: '管理员',
}
const may: Record<Role, string> = {
  agent: '接电话、受理工单、派救援;看到的号码是遮盖的。',
  supervisor: '坐席能做的一切,另可看完整号码、收件箱,维护服务站。',
  expert: '处理技术工单;不派救援。',
  station: '只看自己服务站的派单、车辆和值班。',
  admin: '管理员工、令牌和服务站;看不到车主和工单。',
}

export const staff = {
  title: '员工',
  filters: '筛选',
  search: '登录名或姓名',
  login: '登录名',
  login_hint: '小写字母、数字、点或连字符',
  name: '姓名',
  role,
  may,
  role_label: '角色',
  state: '状态',
  any_state: '启用与停用',
  active: '启用',
  locked: '已停用',
  must_change: '待改密码',
  station: '服务站',
  clear: '清除筛选',
  add: '新增员工',
  none: '没有符合条件的员工',
  shown: '已显示 {n} 人',
  close: '关闭',
  new_password: '重设密码',
  lock: '停用账号',
  unlock: '启用账号',
  given: '{login} 的初始密码:',
  given_hint: '只显示这一次,不会保存。请当面或电话告知,首次登录须修改。',
  written_down: '已记下',
}
