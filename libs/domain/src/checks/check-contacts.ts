import { normalizeText } from '../text';
import type { DocumentContext } from './document-context';
import type { Finding } from './finding';
import { aFinding } from './findings';

const MOBILE = /^(?:\+?86)?1[3-9]\d{9}$/u;
const LANDLINE = /^(?:\(?0\d{2,3}\)?-?)?[2-9]\d{6,7}(?:-\d{1,6})?$/u;
const SERVICE = /^(?:1\d{2,4}|12\d{3}|400-?\d{3}-?\d{4}|96\d{3,4})$/u;
const IDENTITY = /^[1-9]\d{16}[\dXx]$/u;

/** Q-X2 a telephone number has the right number of digits; Q-X3 personal numbers are masked. No finding repeats a number. */
export function checkContacts({ contacts }: Pick<DocumentContext, 'contacts'>): readonly Finding[] {
  return contacts.flatMap(({ text, isLabelled, place, table }) => {
    const number = normalizeText(text).replace(/\s+/gu, '').replace(/[—–−]/gu, '-');
    if (number === '' || number.includes('*')) return [];
    if (IDENTITY.test(number)) return [aFinding('Q-X3-identity', 'WARN', { place }, { table })];
    if (MOBILE.test(number)) return [aFinding('Q-X3', 'WARN', { place }, { table })];
    return !isLabelled || LANDLINE.test(number) || SERVICE.test(number) ? [] : [aFinding('Q-X2', 'WARN', { place }, { table })];
  });
}
