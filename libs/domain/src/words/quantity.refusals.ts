import type { Words } from './speak';

/** What can be wrong with a number and its unit. */
export const quantityRefusals = {
  'quantity.not-a-number': { zh: '“{text}”中没有读到数字，请填写数值，如 26.4万人。', en: 'No number was found in “{text}”. Enter a number, for example 26.4万人.' },
  'quantity.mark-of-digit': { zh: '“{text}”中的“{mark}”是脚注一类的标记还是数字，看不出来；请去掉标记，只留数值。', en: '“{mark}” in “{text}” may be a mark, such as a footnote’s, or a digit. Leave the number alone, without the mark.' },
  'quantity.several-numbers': { zh: '“{text}”中有多个数字，一个格子只能填一个数值。', en: '“{text}” holds several numbers; a cell takes one.' },
  'quantity.unknown-unit': { zh: '不认识计量单位“{unit}”，本指标的单位是“{expected}”。', en: 'The unit “{unit}” is not known; this indicator is measured in “{expected}”.' },
  'quantity.unit-mismatch': { zh: '单位“{unit}”不能换算成本指标的单位“{expected}”，请改用“{expected}”。', en: 'The unit “{unit}” does not convert into “{expected}”; enter the value in “{expected}”.' },
  'quantity.too-many-digits': { zh: '“{text}”超过 {limit} 位数字，请核对。', en: '“{text}” has more than {limit} digits; check it.' },
  'quantity.approximate': { zh: '“{text}”是约数，绩效填报须填准确数值，请去掉“约、左右、余”并填写实际数。', en: '“{text}” is an approximation. Enter the exact number, without “about”.' },
  'quantity.scientific': { zh: '“{text}”是科学计数法，复制时可能已丢失数位，请填写完整数字，如 264000。', en: '“{text}” is in scientific notation and may have lost digits when copied. Enter the number in full, for example 264000.' },
  'quantity.stray-words': { zh: '“{text}”中“{words}”不是数值或单位，请只填数值和单位，说明写在备注里。', en: 'In “{text}”, “{words}” is neither a number nor a unit. Enter number and unit only; put remarks in the note.' },
} as const satisfies Record<string, Words>;
