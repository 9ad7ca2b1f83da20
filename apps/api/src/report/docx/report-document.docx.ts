import type { FormSheet } from '@jiheng/domain';
import { AlignmentType, Document, Footer, HeadingLevel, type ISectionOptions, LineRuleType, Packer, PageNumber, PageOrientation, Paragraph, SectionType, TextRun } from 'docx';
import type { ReportContent } from '../report-content';
import { SIZE, bodyText, font } from './docx-style';
import { drawFormTable } from './form-table.docx';

/** A4 in twentieths of a point. */
const SHORT = 11_906;
const LONG = 16_838;
const FORM_MARGIN = 720;

/** 自评报告: the chapters upright, then the form across, as its annex. */
export async function drawReportDocument(content: ReportContent): Promise<Buffer> {
  const report: ISectionOptions = {
    // Margins of an official document: 37 mm above, 35 below, 28 and 26 at the sides.
    properties: { page: { size: { width: SHORT, height: LONG, orientation: PageOrientation.PORTRAIT }, margin: { top: 2098, bottom: 1984, left: 1587, right: 1474 } } },
    footers: { default: pageNumbers() },
    children: [
      new Paragraph({ alignment: AlignmentType.CENTER, heading: HeadingLevel.TITLE, spacing: { before: 240, after: 120 }, children: titleLines(content.title).map((text, at) => new TextRun({ text, ...(at === 0 ? {} : { break: 1 }), font: font('宋体'), size: SIZE.title, bold: true, color: '000000' })) }),
      new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after: 360 }, children: [new TextRun({ text: content.budgetUnit, font: font('仿宋'), size: SIZE.body })] }),
      ...content.chapters.flatMap((chapter) => [
        new Paragraph({
          heading: HeadingLevel.HEADING_1, indent: { firstLine: 640 }, spacing: { before: 120, line: 560, lineRule: LineRuleType.EXACT },
          children: [new TextRun({ text: chapter.title, font: font('黑体'), size: SIZE.heading, color: '000000' })],
        }),
        ...chapter.computed.flatMap(bodyText), ...(chapter.written.trim() === '' ? [] : bodyText(chapter.written.trim())),
      ]),
    ],
  };
  return pack([report, formSection(content.sheet, '附件1')], content.title);
}

/** A long title is broken after the name of the project, never within 项目支出. */
function titleLines(title: string): string[] {
  const end = title.lastIndexOf('”') + 1;
  return end === 0 || end === title.length ? [title] : [title.slice(0, end), title.slice(end)];
}

/** A form alone as a document. */
export function drawFormDocument(form: FormSheet): Promise<Buffer> {
  return pack([formSection(form)], form.title);
}

/** `mark` stands above the form at the left. A table that comes first in a section is set on the page before by some word processors, hence a paragraph. */
function formSection(form: FormSheet, mark = ''): ISectionOptions {
  const isWide = form.orientation === 'landscape';
  return {
    // The library turns width and height itself when the page lies across.
    properties: { type: SectionType.NEXT_PAGE, page: {
      size: { width: SHORT, height: LONG, orientation: isWide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
      margin: { top: FORM_MARGIN, bottom: FORM_MARGIN, left: FORM_MARGIN, right: FORM_MARGIN },
    } },
    footers: { default: pageNumbers() },
    children: [
      ...(mark === '' ? [] : [new Paragraph({ spacing: { after: 60 }, children: [new TextRun({ text: mark, font: font('黑体'), size: SIZE.subtitle })] })]),
      ...drawFormTable(form, (isWide ? LONG : SHORT) - 2 * FORM_MARGIN),
    ],
  };
}

function pageNumbers(): Footer {
  return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font('宋体'), size: 24 })] })] });
}

async function pack(sections: ISectionOptions[], title: string): Promise<Buffer> {
  return Packer.toBuffer(new Document({ creator: '绩衡', title, sections }));
}
