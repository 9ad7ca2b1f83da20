import { basename } from 'node:path';
import {
  checkActuals,
  type Finding,
  findProfile,
  type IndicatorScore,
  REFUSAL_WORDS,
  type Refusal,
  type RuleProfile,
  sayTrace,
  scoreTable,
  speak,
  type TableScore,
  type TraceStep,
  validateRuleProfile,
} from '@jiheng/domain';
import { inColumns } from './columns';
import { printedFinding } from './import.command';
import { type FileRow, readScoreFile, type ScoreFile } from './score-file';
import { CommandRefusal, openFile, type Terminal, type Tongue } from './terminal';

/** Flags of `score`. */
export interface ScoreFlags {
  readonly json?: boolean;
  /** Name of a shipped profile, or a `.json` file with one; goes before the file's own. */
  readonly profile?: string;
  /** The year is closed: a row nobody reported earns zero instead of staying open. */
  readonly closed?: boolean;
}

/** Scores one table with what was reached and prints points, total and rating; every point with the steps that led to it. */
export async function scoreDocument(path: string, flags: ScoreFlags, terminal: Terminal, tongue: Tongue): Promise<void> {
  const file = readScoreFile(await openFile(terminal, path), basename(path));
  const profile = await readProfile(flags.profile ?? file.profile ?? 'MOF-2020-10', terminal);
  const context = { fiscalYear: file.fiscalYear, periodClosed: flags.closed === true };
  const score = scoreTable({ rows: file.rows, execution: file.execution, withExecution: true }, profile, context);
  const printed = printScore(score, file, profile, tongue);
  terminal.out(flags.json === true ? `${JSON.stringify(printed, null, 2)}\n` : describeScore(printed, file, tongue));
}

async function readProfile(name: string, terminal: Terminal): Promise<RuleProfile> {
  const found = name.endsWith('.json') ? validateRuleProfile(parseProfile(await openFile(terminal, name), name)) : findProfile(name);
  if (!found.ok) throw new CommandRefusal([inBothLanguages(found.refusal)]);
  return found.value;
}

function parseProfile(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (fault) {
    const cause = fault instanceof Error ? fault.message : String(fault);
    throw new CommandRefusal([
      { zh: `评分规则文件“${file}”不是有效的 JSON：${cause}。`, en: `The profile “${file}” is not valid JSON: ${cause}.` },
    ]);
  }
}

function inBothLanguages({ code, params }: Refusal): { zh: string; en: string } {
  return { zh: speak(REFUSAL_WORDS[code], params, 'zh'), en: speak(REFUSAL_WORDS[code], params, 'en') };
}

/** The result in the file format. */
interface PrintedScore {
  readonly profile: { readonly name: string; readonly version: number };
  readonly rows: readonly {
    readonly row: number;
    readonly points: string | null;
    readonly weight: string;
    readonly attainmentRate: string | null;
    readonly deviationRate: string | null;
    readonly flags: readonly string[];
    readonly trace: readonly PrintedStep[];
    readonly explanationOwed: boolean;
  }[];
  readonly execution: {
    readonly rate: string | null;
    readonly points: string | null;
    readonly weight: string;
    readonly flags: readonly string[];
    readonly trace: readonly PrintedStep[];
    readonly explanationOwed: boolean;
  } | null;
  readonly indicatorPoints: string;
  readonly applicableWeight: string;
  readonly total: string | null;
  readonly rating: string | null;
  readonly rescaled: boolean;
  readonly trace: readonly PrintedStep[];
  readonly findings: readonly object[];
}

interface PrintedStep {
  readonly step: string;
  readonly text: string;
}

function printScore(score: TableScore, file: ScoreFile, profile: RuleProfile, tongue: Tongue): PrintedScore {
  const steps = (trace: readonly TraceStep[]): PrintedStep[] =>
    trace.map((step) => ({ step: step.step, text: tongue === 'en' ? sayTrace(step, 'en') : step.text }));
  const isUnread = (at: number): boolean => (file.rows[at] as FileRow).unread !== null;
  const isOpen = file.rows.some((row) => row.unread !== null);
  const weight = (printed: string, given: string): string => (given.includes('.') ? printed : given);
  return {
    profile: { name: profile.name, version: profile.version },
    rows: score.rows.map((one: IndicatorScore, row) => ({
      row,
      points: isUnread(row) ? null : one.points,
      weight: weight(one.weight, (file.rows[row] as FileRow).indicator.weight),
      attainmentRate: one.attainmentRate,
      deviationRate: one.deviationRate,
      flags: isUnread(row) ? [] : one.flags,
      trace: isUnread(row) ? [] : steps(one.trace),
      explanationOwed: one.explanationOwed,
    })),
    execution:
      score.execution === null
        ? null
        : {
            rate: score.execution.rate,
            points: score.execution.points,
            weight: weight(score.execution.weight, profile.executionWeight),
            flags: score.execution.flags,
            trace: steps(score.execution.trace),
            explanationOwed: score.execution.explanationOwed,
          },
    indicatorPoints: score.indicatorPoints,
    applicableWeight: score.applicableWeight,
    total: isOpen ? null : score.total,
    rating: isOpen ? null : score.rating,
    rescaled: score.rescaled,
    trace: isOpen ? [] : steps(score.trace),
    findings: findingsOf(score, file, tongue),
  };
}

/** What is missing or doubtful, in the order of the rows. A cell that could not be read says why in place of "no actual value". */
function findingsOf(score: TableScore, file: ScoreFile, tongue: Tongue): object[] {
  const isUnread = (finding: Finding): boolean => finding.row !== null && (file.rows[finding.row] as FileRow).unread !== null;
  const plausible = checkActuals(
    { indicators: file.rows.map((row) => row.indicator) },
    file.rows.map((row) => row.actual),
  );
  const told = new Set(score.findings.map((finding) => `${finding.row}/${finding.code}`));
  const unread = file.rows.flatMap(({ unread: cell, indicator }, row) =>
    cell === null
      ? []
      : [
          {
            code: cell.refusal.code === 'quantity.unit-mismatch' ? 'Q-U1' : 'S-01',
            severity: 'ERROR',
            table: null,
            row,
            message: `${indicator.name}：${speak(REFUSAL_WORDS[cell.refusal.code], cell.refusal.params, tongue === 'en' ? 'en' : 'zh')}`,
            expected: cell.refusal.params['expected'] ?? null,
            found: cell.text,
          },
        ],
  );
  const others = [...score.findings, ...plausible.filter((finding) => !told.has(`${finding.row}/${finding.code}`))].filter(
    (finding) => !isUnread(finding),
  );
  return [
    ...others.map((finding) => ({ at: finding.row ?? file.rows.length, printed: printedFinding(finding, tongue) })),
    ...unread.map((one) => ({ at: one.row, printed: one })),
  ]
    .sort((a, b) => a.at - b.at)
    .map((one) => one.printed);
}

function describeScore(printed: PrintedScore, file: ScoreFile, tongue: Tongue): string {
  const english = tongue === 'en';
  const head = english ? ['', 'Indicator', 'Target', 'Weight', 'Points', 'How'] : ['', '三级指标', '指标值', '分值', '得分', '计算过程'];
  const rows = printed.rows.map((one) => {
    const { indicator } = file.rows[one.row] as FileRow;
    return [
      String(one.row + 1),
      indicator.name,
      indicator.target.raw.replace(/\s+/gu, ''),
      one.weight,
      one.points ?? '—',
      one.trace.map((step) => step.text).join(english ? '; ' : '；'),
    ];
  });
  const execution =
    printed.execution === null
      ? []
      : [
          [
            '',
            english ? 'Budget execution' : '预算执行率',
            printed.execution.rate === null ? '' : `${printed.execution.rate}%`,
            printed.execution.weight,
            printed.execution.points ?? '—',
            printed.execution.trace.map((step) => step.text).join(english ? '; ' : '；'),
          ],
        ];
  const total = english
    ? `Total ${printed.total ?? '—'} (${printed.rating ?? 'not rated'}) by ${printed.profile.name} v${printed.profile.version}`
    : `总分 ${printed.total ?? '—'}（${printed.rating ?? '未定等级'}），评分规则 ${printed.profile.name} v${printed.profile.version}`;
  const findings = printed.findings.map((one) => {
    const { severity, code, message } = one as { severity: string; code: string; message: string };
    return `  ${severity} ${code} ${message}`;
  });
  const below = findings.length === 0 ? [] : ['', english ? 'Findings:' : '检查发现：', ...findings];
  return `${[inColumns([head, ...rows, ...execution], [0, 3, 4]), '', total, ...below].join('\n')}\n`;
}
