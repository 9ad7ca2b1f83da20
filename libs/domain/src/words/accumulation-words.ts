import type { Words } from './speak';

/** How quarters became a year, as steps of the derivation shown beside a score. Part of `TRACE_WORDS`. */
export const ACCUMULATION_WORDS = {
  'accumulated-single': { zh: '全年只有第 {period} 期填报：{value}', en: 'Only period {period} reported: {value}' },
  'accumulated-sum': { zh: '各期累加：{parts} = {value}', en: 'Periods added up: {parts} = {value}' },
  'accumulated-last': { zh: '取最近一期（第 {period} 期）：{value}', en: 'The latest period ({period}) holds: {value}' },
  'accumulated-max': { zh: '取各期最大值（第 {period} 期）：{value}', en: 'The largest of the periods ({period}): {value}' },
  'accumulated-min': { zh: '取各期最小值（第 {period} 期）：{value}', en: 'The smallest of the periods ({period}): {value}' },
  'accumulated-ratio': { zh: '分子合计 ÷ 分母合计：{numerator} ÷ {denominator} = {value}', en: 'Sum of numerators ÷ sum of denominators: {numerator} ÷ {denominator} = {value}' },
  'accumulated-survey': { zh: '按有效问卷数加权平均（共 {responses} 份）：{value}', en: 'Average weighted by valid responses ({responses} in all): {value}' },
  'accumulated-without-parts': {
    zh: '部分期次没有分子、分母，取最近一期（第 {period} 期）填报的比率：{value}',
    en: 'Numerators and denominators are not all known; the rate of the latest period ({period}) stands: {value}',
  },
} as const satisfies Record<string, Words>;

/** The closed union of these steps. */
export type AccumulationCode = keyof typeof ACCUMULATION_WORDS;
