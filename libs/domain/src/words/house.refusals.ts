import type { Words } from './speak';

/** What the server itself may say no to: sign-in, rights, files, jobs. */
export const houseRefusals = {
  'house.not-signed-in': { zh: '请先登录。', en: 'Please sign in first.' },
  'house.not-allowed': { zh: '您没有办理此事的权限。', en: 'You may not do this.' },
  'house.malformed': { zh: '请求内容有误：{where} {problem}。', en: 'The request is malformed: {where} {problem}.' },
  'house.not-found': { zh: '没有找到您要的内容。', en: 'What you asked for was not found.' },
  'house.fault': { zh: '服务器出现故障，已记录（编号 {requestId}）。您填写的内容没有丢失，请稍后再试。', en: 'The server failed; it is recorded (number {requestId}). What you entered is not lost. Try again in a moment.' },
  'house.wrong-password': { zh: '账号或密码不正确。', en: 'The login name or the password is not correct.' },
  'house.too-many-attempts': { zh: '登录失败次数过多，请 {minutes} 分钟后再试，或请管理员重置密码。', en: 'Too many failed sign-ins. Try again in {minutes} minutes, or ask an administrator to reset the password.' },
  'house.too-many-requests': { zh: '请求过于频繁，请稍候再试。', en: 'Too many requests. Wait a moment and try again.' },
  'house.csrf': { zh: '页面已过期或请求来自其他网站，请刷新页面后再试。', en: 'The page has expired, or the request came from another site. Refresh the page and try again.' },
  'house.password-change-needed': { zh: '您用的是一次性密码，请先设置自己的密码。', en: 'You signed in with a one-time password. Set a password of your own first.' },
  'house.present-password-wrong': { zh: '现在的密码不正确，请重新输入。', en: 'The present password is not correct. Enter it again.' },
  'house.password-unchanged': { zh: '新密码不能与现在的密码相同，请换一个。', en: 'The new password must differ from the present one.' },
  'house.password-is-login': { zh: '密码不能包含账号，请换一个不易猜到的。', en: 'The password must not contain the login name. Choose one that is hard to guess.' },
  'house.set-up-already': { zh: '系统已经完成初始设置，请直接登录。', en: 'The system has been set up already. Please sign in.' },
  'house.login-taken': { zh: '账号“{login}”已被使用，请换一个。', en: 'The login name “{login}” is taken. Choose another.' },
  'house.unit-code-taken': { zh: '单位编码“{code}”已被“{name}”使用，请核对编码。', en: 'The unit code “{code}” is already used by “{name}”. Check the code.' },
  'house.unit-above-needed': { zh: '只有管理全部单位的管理员才能新建最上级单位，请选择上级单位。', en: 'Only an administrator of all units may make a topmost unit. Choose the unit above.' },
  'house.last-administrator': { zh: '这是最后一位可登录的管理员，不能停用或取消其管理员角色。请先指定另一位管理员。', en: 'This is the last administrator who can sign in. Appoint another one first.' },
  'house.too-large': { zh: '提交的内容过大，请减小文件后再试。', en: 'What you sent is too large. Make the file smaller and try again.' },
  'house.unsupported-media': { zh: '不支持这种内容格式。', en: 'This kind of content is not supported.' },
  'house.not-ready': { zh: '服务正在启动或数据库暂时无法连接，请稍后再试。', en: 'The service is starting or the database cannot be reached. Try again in a moment.' },
  'house.job-failed': { zh: '处理时发生故障（编号 {reference}），已试 {attempts} 次。您可以重试；仍不成功请把编号告诉管理员。', en: 'The work failed (number {reference}) after {attempts} attempts. You may retry; if it fails again, tell the administrator the number.' },
  'house.job-not-retryable': { zh: '只有失败的任务才能重试，这项任务现在是“{state}”。', en: 'Only a failed job can be retried; this one is “{state}”.' },
  'house.job-not-cancellable': { zh: '这项任务已经结束（“{state}”），不能再取消。', en: 'This job has ended (“{state}”) and cannot be cancelled.' },
} as const satisfies Record<string, Words>;
