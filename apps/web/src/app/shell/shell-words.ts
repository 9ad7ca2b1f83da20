import { dictionary } from '../words/dictionary';

export const shellWords = dictionary(
  {
    product: '绩衡', productLong: '预算绩效管理', skip: '跳到正文', navigation: '主导航', openNavigation: '打开导航', work: '我的工作', tables: '绩效目标表', rollUp: '区域汇总', import: '导入目标表', jobs: '后台任务', sources: '取数来源', reconciliation: '取数核对', people: '人员与单位', ruleProfiles: '评分规则',
    year: '预算年度', yearOption: '{year} 年', unit: '单位', allUnits: '全部单位', waiting: '{n} 件待办', account: '账户', changePassword: '修改密码', signOut: '退出登录', demonstration: '演示数据', today: '今天 {day}',
    groupDaily: '日常', groupData: '数据', groupAdministration: '管理', groupHelp: '帮助', selfCheck: '规则自检',
    notFoundTitle: '没有这个页面', notFoundText: '地址可能写错了，或者内容已经移走。', notFoundBack: '回到我的工作', version: '绩衡 {version}',
  },
  {
    product: 'Jiheng', productLong: 'Budget performance', skip: 'Skip to the content', navigation: 'Main navigation', openNavigation: 'Open navigation', work: 'My work', tables: 'Target tables', rollUp: 'Regional roll-up', import: 'Import tables', jobs: 'Background jobs', sources: 'Pull sources', reconciliation: 'Reconciliation', people: 'People and units', ruleProfiles: 'Scoring rules',
    year: 'Fiscal year', yearOption: '{year}', unit: 'Unit', allUnits: 'All units', waiting: '{n} waiting', account: 'Account', changePassword: 'Change password', signOut: 'Sign out', demonstration: 'Demonstration data', today: 'Today {day}',
    groupDaily: 'Daily', groupData: 'Data', groupAdministration: 'Administration', groupHelp: 'Help', selfCheck: 'Rule check',
    notFoundTitle: 'There is no such page', notFoundText: 'The address may be mistyped, or what was here has moved.', notFoundBack: 'Back to my work', version: 'Jiheng {version}',
  },
);
export type ShellKey = keyof (typeof shellWords)['zh'];
