import { dictionary } from '../words/dictionary';

export const peopleWords = dictionary(
  {
    title: '人员与单位', people: '人员', units: '单位', addPerson: '添加人员', addUnit: '添加单位', name: '姓名或岗位', login: '账号', roles: '角色', state: '状态', active: '在用', inactive: '已停用', firstPassword: '待改初始密码', edit: '修改', resetPassword: '重置密码', noPeople: '还没有其他人员。',
    vacant: '还没有人担任：{roles}', vacantWhy: '目标表由填报人导入并送审，经审核人、单位负责人、主管部门、财政部门确认后批复，各季度随后按期开放填报。填报与签字不能是同一人；一人可以兼任其他角色。', vacantNext: '下一步：请填报人登录，在“导入目标表”里导入本年度的绩效目标表。',
    role: '角色', unit: '单位（含下级）', addRole: '添加角色', removeRole: '去掉角色：{role}', chooseUnit: '请选择单位', create: '添加', creating: '正在添加…', saveChange: '保存修改', loginHint: '小写字母、数字、点、横线，2 到 64 位', passwordOnce: '{name} 的一次性密码', passwordOnceHint: '请当面或电话告知本人。这里只显示一次，首次登录时必须修改。', understood: '知道了',
    unitName: '单位名称', unitCode: '单位编码', unitKind: '性质', unitParent: '上级单位', noParent: '无（最上级）', kindUNIT: '预算单位', kindDEPARTMENT: '主管部门', kindFINANCE: '财政部门', nameMissing: '请填写名称。', codeMissing: '请填写单位编码。', loginShape: '账号只能用小写字母、数字、点、横线和下划线，2 到 64 位。', rolesMissing: '请至少给一个角色，并选择单位。', personSaved: '已保存 {name}', unitSaved: '已添加 {name}', resetAsk: '为 {name} 生成新的一次性密码？原密码立即失效。',
  },
  {
    title: 'People and units', people: 'People', units: 'Units', addPerson: 'Add a person', addUnit: 'Add a unit', name: 'Name or post', login: 'Account', roles: 'Roles', state: 'State', active: 'Active', inactive: 'Inactive', firstPassword: 'Has a one-time password', edit: 'Edit', resetPassword: 'Reset password', noPeople: 'Nobody else yet.',
    vacant: 'Nobody holds yet: {roles}', vacantWhy: 'A reporter imports and submits the target tables; reviewer, manager, department and finance pass them in turn, and then the quarters open as they come. Whoever enters values cannot sign them; other roles may be held together.', vacantNext: 'Next: let a reporter sign in and import this year’s target tables under “Import tables”.',
    role: 'Role', unit: 'Unit (and below)', addRole: 'Add a role', removeRole: 'Remove the role {role}', chooseUnit: 'Choose a unit', create: 'Add', creating: 'Adding…', saveChange: 'Save', loginHint: '2 to 64 small letters, digits, dots, dashes', passwordOnce: 'One-time password of {name}', passwordOnceHint: 'Tell it in person or by telephone. It is shown once and must be changed at the first sign-in.', understood: 'Done',
    unitName: 'Name', unitCode: 'Code', unitKind: 'Kind', unitParent: 'Unit above', noParent: 'None (topmost)', kindUNIT: 'Budget unit', kindDEPARTMENT: 'Department', kindFINANCE: 'Finance', nameMissing: 'Enter a name.', codeMissing: 'Enter a code.', loginShape: 'An account has 2 to 64 small letters, digits, dots, dashes or underscores.', rolesMissing: 'Give at least one role with its unit.', personSaved: '{name} saved', unitSaved: '{name} added', resetAsk: 'Make a new one-time password for {name}? The old one stops working at once.',
  },
);
