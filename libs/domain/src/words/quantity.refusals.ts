import type { Words } from './speak';

/** What can be wrong with a number and its unit. */
export const quantityRefusals = {
  'quantity.not-a-number': { zh: '“{text}”中没有读到数字，请填写数值，如 26.4万人。', en: 'No number was found in “{text}”. Enter a number, for example 26.4万人.' },
  'quantity.several-numbers': { zh: '“{text}”中有多个数字，一个格子只能填一个数值。', en: '“{text}” holds several numbers; a cell takes one.' },
  'quantity.unknown-unit': { zh: '不认识计量单位“{unit}”，本指标的单位是“{expected}”。', en: 'The unit “{unit}” is not known; this indicator is measured in “{expected}”.' },
  'quantity.unit-mismatch': { zh: '单位“{unit}”与本指标的单位“{expected}”不是同一类，请改用“{expected}”。', en: 'The unit “{unit}” does not measure the same thing as “{expected}”; enter the value in “{expected}”.' },
  'quantity.too-many-digits': { zh: '“{text}”超过 {limit} 位数字，请核对。', en: '“{text}” has more than {limit} digits; check it.' },
} as const satisfies Record<string, Words>;
