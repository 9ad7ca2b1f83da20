import { dictionary } from './dictionary';
import { en } from './en';
import { zhCn } from './zh-cn';

/** The shared words of the signed-in pages: states, moves, roles, columns of the forms. */
export const commonWords = dictionary(zhCn, en);
