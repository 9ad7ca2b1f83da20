import { AlignmentType, type IParagraphOptions, type IRunOptions, LineRuleType, Paragraph, TextRun } from 'docx';

/** Sizes are half points: 44 二号, 32 三号, 21 五号, 18 小五. */
export const SIZE = { title: 44, heading: 32, body: 32, cell: 18, note: 16, subtitle: 24 } as const;

/** One font for letters and Chinese alike; Word takes the east-Asian one only when it is named. */
export function font(name: string): NonNullable<IRunOptions['font']> {
  return { ascii: name === '仿宋' ? 'FangSong' : name === '黑体' ? 'SimHei' : 'SimSun', hAnsi: name === '仿宋' ? 'FangSong' : name === '黑体' ? 'SimHei' : 'SimSun', eastAsia: name };
}

/** One paragraph a line of the text. */
export function paragraphs(text: string, run: IRunOptions, more: IParagraphOptions = {}): Paragraph[] {
  return text.split('\n').map((line) => new Paragraph({ ...more, children: [new TextRun({ ...run, text: line })] }));
}

/** 正文: 仿宋三号, two characters in, 28 points a line, as official documents are set. */
export function bodyText(text: string): Paragraph[] {
  return paragraphs(text, { font: font('仿宋'), size: SIZE.body }, {
    alignment: AlignmentType.BOTH, indent: { firstLine: 640 }, spacing: { line: 560, lineRule: LineRuleType.EXACT },
  });
}
