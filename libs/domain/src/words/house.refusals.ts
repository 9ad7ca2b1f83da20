import type { Words } from './speak';

/** What the server itself may say no to: sign-in, rights, files, jobs. */
export const houseRefusals = {
  'house.not-signed-in': { zh: '请先登录。', en: 'Please sign in first.' },
  'house.not-allowed': { zh: '您没有办理此事的权限。', en: 'You may not do this.' },
  'house.malformed': { zh: '请求内容有误：{where} {problem}。', en: 'The request is malformed: {where} {problem}.' },
  'house.not-found': { zh: '没有找到您要的内容。', en: 'What you asked for was not found.' },
  'house.fault': { zh: '服务器出现故障，已记录（编号 {requestId}）。您填写的内容没有丢失，请稍后再试。', en: 'The server failed; it is recorded (number {requestId}). What you entered is not lost. Try again in a moment.' },
} as const satisfies Record<string, Words>;
