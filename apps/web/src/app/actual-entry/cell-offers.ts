import type { Actual, Indicator } from '@jiheng/domain';
import type { OfferedText } from '../ui/quantity-input/quantity-input';
import type { Say } from '../words/dictionary';
import type { EntryKey } from './entry-words';

/** What a cell offers at one key or click: grades, answers, the end of a dated row. Numbers are typed. */
export function offersFor(indicator: Indicator, today: string, t: Say<EntryKey>): readonly OfferedText[] {
  const notApplicable: OfferedText = { text: '不适用：', label: t('choiceNotApplicable'), open: true };
  switch (indicator.target.kind) {
    case 'QUANT': return [];
    case 'QUAL': return [{ text: '达成', label: t('choiceA') }, { text: '部分达成', label: t('choiceB') }, { text: '未达成', label: t('choiceC') }, notApplicable];
    case 'BOOL': return [{ text: '是', label: t('choiceYes') }, { text: '否', label: t('choiceNo') }, notApplicable];
    case 'DATE': return [{ text: today, label: t('choiceToday') }, { text: '未完成', label: t('choiceUnfinished') }, notApplicable];
  }
}

/** Which of the offers a value is. */
export function offerOf(actual: Actual, indicator: Indicator): string | null {
  switch (actual.kind) {
    case 'JUDGED': return { A: '达成', B: '部分达成', C: '未达成' }[actual.grade];
    case 'ANSWERED': return actual.answer === !/^(?:否|无)$/u.test(indicator.target.text ?? '') ? '是' : '否';
    case 'DATED': return actual.date;
    case 'UNFINISHED': return '未完成';
    case 'NOT_APPLICABLE': return '不适用：';
    default: return null;
  }
}
