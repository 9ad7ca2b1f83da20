import { multiplyDecimal } from '../decimal';
import { formatQuantity } from '../quantity/format-quantity';
import { formatTargetDate } from '../target-table/format-target';
import type { Indicator } from '../target-table/indicator';
import type { Language } from '../words/speak';
import type { Actual, Grade } from './actual';

const GRADE_WORDS: Readonly<Record<Grade, Readonly<Record<Language, string>>>> = {
  A: { zh: '达成', en: 'reached' },
  B: { zh: '部分达成', en: 'partly reached' },
  C: { zh: '未达成', en: 'not reached' },
};

/** 实际完成值 as forms and screens print it. In Chinese it reads back (`parseActualText`) to the same actual; a parted rate prints its parts too. */
export function formatActual(actual: Actual, indicator: Pick<Indicator, 'target'>, language: Language = 'zh'): string {
  const zh = language === 'zh';
  switch (actual.kind) {
    case 'REPORTED': return formatQuantity(actual.magnitude, actual.unit);
    case 'JUDGED': {
      const share = actual.share === null ? '' : ` ${multiplyDecimal(actual.share, '100')}%`;
      const note = actual.note === null || actual.note === undefined || actual.note === indicator.target.text ? '' : (zh ? '：' : ': ') + actual.note;
      return GRADE_WORDS[actual.grade][language] + share + note;
    }
    case 'ANSWERED': {
      const wantsNo = /^(?:否|无)$/u.test(indicator.target.text ?? '');
      const yes = actual.answer !== wantsNo;
      return zh ? (yes ? '是' : '否') : (yes ? 'yes' : 'no');
    }
    case 'DATED': return zh ? formatTargetDate(actual.date) : actual.date;
    case 'UNFINISHED': return zh ? '未完成' : 'not finished';
    case 'NOT_REPORTED': return zh ? '未填报' : 'not reported';
    case 'NOT_APPLICABLE': return zh ? `不适用：${actual.reason}` : `not applicable: ${actual.reason}`;
  }
}
