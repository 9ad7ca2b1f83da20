import type { RollUpLine, RollUpView } from '@jiheng/contract';
import { type Result, normalizeDecimal, ok } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import ExcelJS from 'exceljs';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { type RollUpAsk, RollUpQuery } from './roll-up.query';

/** Heads of the file, each with what stands below it. */
const COLUMNS: readonly (readonly [string, (line: RollUpLine) => string | number | null])[] = [
  ['单位编码', (line) => line.code], ['单位名称', (line) => line.name], ['目标表', ({ measures }) => measures.tables],
  ['未开启', ({ measures }) => measures.unopened], ['填报中', ({ measures }) => measures.stages.entering], ['已退回', ({ measures }) => measures.stages.returned],
  ['已送审', ({ measures }) => measures.stages.submitted], ['已审核', ({ measures }) => measures.stages.reviewed], ['已签字', ({ measures }) => measures.stages.signed], ['逾期未交', (line) => line.late],
  ['已评分', ({ measures }) => measures.scored], ['无法评分', ({ measures }) => measures.blocked], ['按预算加权得分', ({ measures }) => measures.weightedMean], ['简单平均得分', ({ measures }) => measures.mean],
  ['优', ({ measures }) => measures.ratings.excellent], ['良', ({ measures }) => measures.ratings.good], ['中', ({ measures }) => measures.ratings.fair], ['差', ({ measures }) => measures.ratings.poor],
  ['执行红灯', ({ measures }) => measures.lights.red], ['执行黄灯', ({ measures }) => measures.lights.yellow], ['执行绿灯', ({ measures }) => measures.lights.green], ['未亮灯', ({ measures }) => measures.lights.none],
  ['预算（万元）', ({ measures }) => measures.budget], ['已执行（万元）', ({ measures }) => measures.executed],
];
/** Columns of text; everything else is a number. */
const TEXT_COLUMNS = 2;
const WIDTHS = [16, 34];
const PERIODS = ['全年', '第一季度', '第二季度', '第三季度', '第四季度'];

/** The roll-up as a file: the unit first, then what lies directly below it. */
@Injectable()
export class DrawRollUp {
  constructor(private readonly rollUps: RollUpQuery, private readonly clock: Clock) {}

  async draw(actor: Actor, ask: RollUpAsk, format: 'csv' | 'xlsx'): Promise<Result<{ readonly bytes: Buffer; readonly fileName: string }>> {
    const seen = await this.rollUps.whole(actor, ask);
    if (!seen.ok) return seen;
    const view = seen.value;
    const lines = [view.unit, ...view.below].map((line) => COLUMNS.map(([, read]) => read(line)));
    const name = `区域汇总_${view.unit.name}_${view.fiscalYear}年${PERIODS[view.periodOrdinal] ?? ''}`.replace(/[\\/:*?"<>|\s]/gu, '');
    return ok({ bytes: format === 'csv' ? csvOf(lines) : await this.workbookOf(view, lines), fileName: `${name}.${format}` });
  }

  private async workbookOf(view: RollUpView, lines: readonly (readonly (string | number | null)[])[]): Promise<Buffer> {
    const book = new ExcelJS.Workbook();
    book.creator = '绩衡';
    const sheet = book.addWorksheet('区域汇总', { views: [{ state: 'frozen', xSplit: TEXT_COLUMNS, ySplit: 1 }] });
    sheet.columns = COLUMNS.map(([header], at) => ({ header, width: WIDTHS[at] ?? 12 }));
    sheet.getRow(1).font = { bold: true };
    for (const line of lines) sheet.addRow(line.map((value, at) => (at < TEXT_COLUMNS ? value : exactNumber(value))));
    const notes = book.addWorksheet('说明');
    notes.columns = [{ width: 18 }, { width: 90 }];
    notes.addRows([
      ['范围', `${view.unit.name}及其全部下级，${view.fiscalYear}年${PERIODS[view.periodOrdinal] ?? ''}`], ['导出时间', `${this.clock.today()}；另有 ${view.pending} 项变动尚未计入`],
      ['目标表', '现行有效（已批复）的绩效目标表，每表一份季度监控或年度自评'], ['按预算加权得分', '∑（得分 × 预算）÷ ∑（分值 × 预算）× 100，只计已评分的表；项目表按自己的预算，单位整体表按扣除本单位项目表之后的余额，每一元只作一次权数'],
      ['执行灯', '全年执行数 ÷（调整后预算 × 已过月份 ÷ 12）：低于 60% 红，低于 80% 黄，其余绿；超出预算为红'], ['预算、已执行', '每一元只计一次：单位整体表已含本单位的项目资金，有整体表的单位按整体表计，没有的按项目表之和计（项目之和大于整体表时按项目之和）'],
    ]);
    return Buffer.from(await book.xlsx.writeBuffer());
  }
}

/** For programs that read commas: a mark of UTF-8 first, so that Excel reads the characters right. */
function csvOf(lines: readonly (readonly (string | number | null)[])[]): Buffer {
  const rows = [COLUMNS.map(([header]) => header), ...lines].map((line) => line.map(csvCell).join(','));
  return Buffer.from(`\ufeff${rows.join('\r\n')}\r\n`, 'utf8');
}

function csvCell(value: string | number | null, at: number): string {
  if (value === null) return '';
  // A name that begins like a formula would be computed by the spreadsheet that opens the file.
  const text = at < TEXT_COLUMNS && /^[=+\-@\t\r]/u.test(String(value)) ? `'${value}` : String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet holds floats: a decimal that would not come back as it went in stays text. */
function exactNumber(value: string | number | null): string | number | null {
  if (typeof value !== 'string') return value;
  const number = Number(value);
  return String(number) === normalizeDecimal(value) ? number : value;
}
