import type { FormSheet } from '@jiheng/domain';
import { drawFormDocument, drawReportDocument } from './docx/report-document.docx';
import type { ReportContent } from './report-content';
import { drawFormWorkbook } from './xlsx/form-workbook.xlsx';

/** A file to be drawn: plain data, so that it can be handed to a thread. `at` is the moment written into a workbook. */
export type DrawOrder =
  | { readonly kind: 'form-xlsx'; readonly form: FormSheet; readonly at: Date }
  | { readonly kind: 'form-docx'; readonly form: FormSheet }
  | { readonly kind: 'report-docx'; readonly content: ReportContent };

/** The bytes of a file. */
export function draw(order: DrawOrder): Promise<Buffer> {
  switch (order.kind) {
    case 'form-xlsx': return drawFormWorkbook(order.form, order.at);
    case 'form-docx': return drawFormDocument(order.form);
    case 'report-docx': return drawReportDocument(order.content);
  }
}
