import { createHash } from 'node:crypto';
import { type Chapter, type FormSheet, type SelfEvaluationAccount, selfEvaluationForm, selfEvaluationReport } from '@jiheng/domain';
import { stableText } from '../platform/digest/stable-text';

/** 年终报告 as data: the form cell by cell and the chapters. What is drawn is this and nothing else. */
export interface ReportContent {
  readonly sheet: FormSheet;
  /** Title of the chapters: 2024年度“…”项目绩效自评报告. */
  readonly title: string;
  readonly budgetUnit: string;
  readonly chapters: readonly Pick<Chapter, 'id' | 'title' | 'computed' | 'written'>[];
}

/** What the form and the report of a year say. */
export function reportContentOf(account: SelfEvaluationAccount): ReportContent {
  const subject = account.project === null ? `${account.budgetUnit}单位整体支出` : `“${account.project}”项目支出`;
  return {
    sheet: selfEvaluationForm(account), title: `${account.fiscalYear}年度${subject}绩效自评报告`, budgetUnit: account.budgetUnit,
    chapters: selfEvaluationReport(account).map(({ id, title, computed, written }) => ({ id, title, computed, written })),
  };
}

/** SHA-256 of what a file says: the same words and numbers give the same digest, so that an older file is told from one that still holds. */
export function contentDigestOf(content: ReportContent): string {
  return createHash('sha256').update(stableText(content)).digest('hex');
}
