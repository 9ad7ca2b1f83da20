import type { ReportArtifactView, TargetTableSummary } from '@jiheng/contract';
import { MOF_2020_10 } from '@jiheng/domain';
import { ageOf } from './artifact-age';
import { breakdown } from './breakdown';
import { gradeRanges, percentOf, withGrade, withPercent } from './judgement';
import { missingQuarters } from './missing-quarters';
import { sortArtifacts } from './sort-artifacts';
import { aSelfEvaluation } from './testing/a-self-evaluation';

const file = (more: Partial<ReportArtifactView> = {}): ReportArtifactView => ({
  id: 'a', format: 'xlsx', template: 'F4', state: 'READY', fileName: '自评.xlsx', size: 1, sha256: 'a', scoreTotal: '94.19', by: '填报人', at: '2025-02-10T02:30:00Z', failure: null, jobRunId: null, ...more,
} as ReportArtifactView);

describe('a file and the page it was made from', () => {
  it('is as old as its points: 94.19 stands, 93.19 is outdated', () => {
    expect(ageOf(file(), aSelfEvaluation())).toBeNull();
    expect(ageOf(file({ scoreTotal: '94.190' }), aSelfEvaluation())).toBeNull();
    expect(ageOf(file({ scoreTotal: '93.19' }), aSelfEvaluation())).toBe('POINTS');
  });

  it('is outdated when the server says that it would be made differently now', () => {
    expect(ageOf(file({ outdated: true }), aSelfEvaluation())).toBe('WORDS');
    expect(ageOf(file({ outdated: false }), aSelfEvaluation())).toBeNull();
  });
});

describe('the files of a year', () => {
  it('show what holds first; what it replaced folds away, what is being made does not', () => {
    const artifacts = [file({ id: 'new' as never, state: 'RUNNING' }), file({ id: 'x2' as never, outdated: true }), file({ id: 'x1' as never, outdated: false }), file({ id: 'd1' as never, format: 'docx', outdated: true }), file({ id: 'd0' as never, format: 'docx', outdated: true })];
    const { first, older } = sortArtifacts(aSelfEvaluation({ more: { artifacts } }));
    expect([first.map((one) => one.artifact.id), older.map((one) => one.artifact.id)]).toEqual([['new', 'x1', 'd1'], ['x2', 'd0']]);
  });
});

describe('the total taken apart', () => {
  const row = (level1: string, points: string | null, applies = true) => ({ indicator: { level1, weight: '10.00' }, applies, points });

  it('leaves out what does not apply and stays open where points are missing', () => {
    expect(breakdown([row('产出指标', '8.33'), row('产出指标', null, false), row('效益指标', null)], null)).toEqual([
      { level1: '产出指标', points: '8.33', weight: '10', percent: 83 }, { level1: '效益指标', points: null, weight: '10', percent: 0 },
    ]);
  });
});

describe('judging a qualitative row by MOF-2020-10', () => {
  const [a, b, c] = gradeRanges(MOF_2020_10) as [never, never, never];

  it('knows the bands: 80–100, 60–79, 0–59', () => {
    expect(gradeRanges(MOF_2020_10).map(({ low, highest }) => `${low}–${highest}`)).toEqual(['80–100', '60–79', '0–59']);
    expect(gradeRanges(null)).toEqual([]);
  });

  it('asks for the share of B and C instead of guessing it, and takes all for A', () => {
    const silent = { kind: 'NOT_REPORTED' } as const;
    expect([withGrade(silent, a), withGrade(silent, b), withGrade(silent, c)].map(percentOf)).toEqual(['100', null, null]);
  });

  it('keeps a share that the new grade allows, and the words in any case', () => {
    const judged = { kind: 'JUDGED', grade: 'B', share: '0.75', note: '三家单位已完成' } as const;
    expect(withGrade(judged, b)).toEqual(judged);
    expect(withGrade(judged, c)).toEqual({ kind: 'JUDGED', grade: 'C', share: null, note: '三家单位已完成' });
    expect(withPercent(judged, '62.5')).toMatchObject({ share: '0.625' });
    expect(withPercent(judged, '六成')).toMatchObject({ share: null });
  });
});

describe('whether the year can be put together', () => {
  const report = (ordinal: number, state: string) => ({ ordinal, state }) as TargetTableSummary['reports'][number];

  it('can when four quarters are signed', () => {
    expect(missingQuarters([1, 2, 3, 4].map((ordinal) => report(ordinal, 'SIGNED')))).toEqual([]);
  });

  it('names the quarter that is only reviewed and the one that was never opened', () => {
    expect(missingQuarters([report(1, 'SIGNED'), report(2, 'SIGNED'), report(3, 'REVIEWED')])).toEqual([{ ordinal: 3, state: 'REVIEWED' }, { ordinal: 4, state: null }]);
  });
});
