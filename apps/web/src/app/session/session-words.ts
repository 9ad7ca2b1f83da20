import { dictionary } from '../words/dictionary';

/** The sentences of the pages outside the shell. */
export const sessionWords = dictionary(
  {
    product: '绩衡', tagline: '预算绩效管理', pillars: '目标有据 · 监控有数 · 自评有理', about: '绩效目标、季度填报、评分与单位自评，在一处完成，每一分都说得清来处。',
    signIn: '登录', login: '账号', password: '密码', showPassword: '显示密码', signingIn: '正在登录…', loginMissing: '请输入账号。', passwordMissing: '请输入密码。',
    lost: '登录已过期，请重新登录，之后会回到刚才的页面。', demonstration: '演示环境：点一个账号即可填入，密码都是 {password}。', demonstrationWindow: '演示环境：各角色的账号和密码印在启动窗口里。', forgotten: '忘记密码请联系本单位系统管理员。',
    setupTitle: '首次设置', setupIntro: '系统里还没有任何人。请填写本单位并创建第一位系统管理员，之后由管理员添加其他人员。',
    unitName: '单位名称', unitNameHint: '与公章一致的全称', unitKind: '性质', kindUNIT: '预算单位', kindDEPARTMENT: '主管部门', kindFINANCE: '财政部门', unitCode: '单位编码（可不填）', unitCodeHint: '财政部门给的编码；不填则为 001，以后可改', regionCode: '区划代码（可不填）', regionHint: '2 至 12 位数字，例如 652324；评分规则可按地区指定', regionShape: '区划代码是 2 至 12 位数字。', displayName: '姓名或岗位', displayNameHint: '会显示在办理记录和表格上', loginHint: '小写字母、数字、点、横线，至少 2 位', create: '创建并进入',
    creating: '正在创建…', newPassword: '新密码', newPasswordHint: '至少 10 位，可用一句容易记的话', repeat: '再输入一次新密码', tooShort: '密码至少 10 位，现在是 {n} 位。', notSame: '两次输入的密码不一致。', unitNameMissing: '请输入单位名称（至少 2 个字）。',
    loginShape: '账号只能用小写字母、数字、点、横线和下划线，2 到 64 位。', displayNameMissing: '请输入姓名或岗位。',
    passwordTitle: '修改密码', passwordFirst: '这是一次性密码。请先设置您自己的密码，再继续使用。', current: '当前密码', change: '保存新密码', changing: '正在保存…', currentMissing: '请输入当前密码。', leave: '返回', signOut: '退出登录', version: '版本 {version}',
    awayTitle: '服务暂时连接不上', awayUnanswered: '连接不上服务器：服务可能正在启动，或者网络中断。', awayWaits: '这里每隔几秒自动再试一次，恢复后回到刚才要看的页面；已登录的不用重新登录。', awayNow: '马上再试', awayAsking: '正在再试…',
  },
  {
    product: 'Jiheng', tagline: 'Performance of public budgets', pillars: 'Targets with grounds · monitoring with figures · accounts with reasons', about: 'Targets, quarterly actuals, scoring and the year’s self-evaluation in one place, with every point explained.',
    signIn: 'Sign in', login: 'Account', password: 'Password', showPassword: 'Show password', signingIn: 'Signing in…', loginMissing: 'Enter your account.', passwordMissing: 'Enter your password.',
    lost: 'Your session has ended. Sign in again and you will come back to the page you were on.', demonstration: 'Demonstration: choose an account to fill it in; the password is {password} for all.', demonstrationWindow: 'Demonstration: the accounts and passwords of all roles are printed in the window it was started from.', forgotten: 'Forgotten the password? Ask the administrator of your unit.',
    setupTitle: 'First set-up', setupIntro: 'Nobody is here yet. Name your unit and make the first administrator, who then adds everybody else.',
    unitName: 'Name of the unit', unitNameHint: 'The full name, as on the seal', unitKind: 'Kind', kindUNIT: 'Budget unit', kindDEPARTMENT: 'Department', kindFINANCE: 'Finance', unitCode: 'Code (optional)', unitCodeHint: 'As given by the finance authority; 001 if left empty, to be changed later', regionCode: 'Region code (optional)', regionHint: '2 to 12 digits such as 652324; scoring rules can be assigned by region', regionShape: 'A region code has 2 to 12 digits.', displayName: 'Name or post', displayNameHint: 'Shown in histories and on forms', loginHint: 'Small letters, digits, dots and dashes, at least 2', create: 'Create and enter',
    creating: 'Creating…', newPassword: 'New password', newPasswordHint: 'At least 10 characters; a sentence you remember is fine', repeat: 'The new password once more', tooShort: 'A password has at least 10 characters; this one has {n}.', notSame: 'The two passwords differ.', unitNameMissing: 'Enter the name of the unit (at least 2 characters).',
    loginShape: 'An account has 2 to 64 small letters, digits, dots, dashes or underscores.', displayNameMissing: 'Enter a name or post.',
    passwordTitle: 'Change password', passwordFirst: 'This was a one-time password. Choose your own before you go on.', current: 'Present password', change: 'Save new password', changing: 'Saving…', currentMissing: 'Enter your present password.', leave: 'Back', signOut: 'Sign out', version: 'Version {version}',
    awayTitle: 'The service is away', awayUnanswered: 'The server cannot be reached: it may be starting, or the network is down.', awayWaits: 'This page asks again every few seconds and returns to the page you asked for; whoever is signed in stays so.', awayNow: 'Try now', awayAsking: 'Trying…',
  },
);
export type SessionKey = keyof (typeof sessionWords)['zh'];
