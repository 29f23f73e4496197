export const bookings = {
  title: '预约',
  none: '没有预约',
  book: '预约进站',
  move: '改约',
  cancel: '取消',
  close: '收起',
  station: '服务站',
  what: '项目',
  day: '日期',
  full: '这一天没有空位',
  wanted: { first_service: '首保', maintenance: '保养', repair: '维修', accident: '事故', recall: '召回' },
  state: { booked: '已约', came: '已到', missed: '未到', cancelled: '已取消' },
}

export const ownerFiles = {
  title: '车主、车辆与进站记录',
  kind: { owners: '车主与车辆', visits: '进站记录' },
  which: '文件内容',
  file: '表格文件(.xlsx 或 .csv)',
  upload: '上传并试算',
  by_command: '超过 200 MB 的文件(或本系统设定的上限)请用命令行 callcenter import。',
  none: '还没有导入过',
  state: { waiting: '等待读取', reading: '读取中', planned: '已试算,未执行', applying: '写入中', applied: '已执行', failed: '读不了' },
  counts: '新增 {added} · 更改 {changed} · 不变 {unchanged} · 拒绝 {refused}',
  progress: '{done} / {total} 行',
  apply: '写入 {n} 行',
  errors: '下载被拒绝的行',
}
