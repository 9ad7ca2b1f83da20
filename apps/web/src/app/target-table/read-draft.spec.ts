import { INDICATOR_FRAMES } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import { bodyOf, cellOfFinding, readDraft, readMoney, readRow, readWeight } from './read-draft';
import { type DraftIdentity, type RowDraft, blankRow, changeCell, copyForYear, draftOf, draftText, emptyDraft } from './table-draft';
import { aTableView } from './testing/a-table-view';

const identityOf = (prefix: 'KZ-A' | 'KZ-U' | 'KZ-L' | 'MN-U' | 'MN-G' | 'MN-B'): DraftIdentity => {
  const { subject, fiscalYear, unitId, unitName } = aTableView(prefix);
  return { subject, fiscalYear, unitId, unitName };
};
const HERE = { subject: 'PROJECT', fiscalYear: 2024 } as const;
const row = (change: Partial<RowDraft>): RowDraft => ({ ...blankRow(INDICATOR_FRAMES['P-101'], 'PROJECT', null), name: '参保人数', target: '≥5.83万人', weight: '10', ...change });

describe('a published table under the pen', () => {
  it.each(['KZ-U', 'KZ-A', 'KZ-L', 'MN-U', 'MN-G', 'MN-B'] as const)('%s goes back to the server as it came when nobody touched it', (prefix) => {
    const view = aTableView(prefix);
    const draft = draftOf(view);
    const reading = readDraft(draft, identityOf(prefix));
    expect(reading.troubles).toEqual([]);
    const body = bodyOf(reading, draft, identityOf(prefix));
    expect(body.indicators.map(({ target, direction, accumulation, key }) => ({ target, direction, accumulation, key })))
      .toEqual(theTable(prefix).indicators.map(({ target, direction, accumulation, key }) => ({ target, direction, accumulation, key })));
    expect(body.budget).toEqual(theTable(prefix).budget);
    expect(reading.weightSum).toBe('90');
  });
});

describe('a target as it is typed', () => {
  it.each([
    ['≥5.83万人', { kind: 'QUANT', comparator: 'GE', magnitude: '5.83', unit: '万人' }], ['有效维护', { kind: 'QUAL', text: '有效维护' }],
    ['2024年12月', { kind: 'DATE', magnitude: '2024-12' }], ['不少于４次', { kind: 'QUANT', comparator: 'GE', magnitude: '4', unit: '次' }],
  ])('“%s” is read by the domain', (target, read) => expect(readRow(row({ target }), HERE).indicator.target).toMatchObject(read));

  it('takes its unit from the bracket behind the name, and the name loses it', () => {
    const { indicator } = readRow(row({ name: '内部审计次数(次)', target: '≥5' }), HERE);
    expect([indicator.name, indicator.target.unit]).toEqual(['内部审计次数', '次']);
  });
  it('is better when larger, unless the person says otherwise', () => {
    expect(readRow(row({}), HERE).indicator.direction).toBe('POSITIVE');
    expect(readRow(row({ direction: 'NEGATIVE' }), HERE).indicator.direction).toBe('NEGATIVE');
    // A wording has no direction, whatever was chosen while it was a number.
    expect(readRow(row({ target: '有效维护', direction: 'NEGATIVE' }), HERE).indicator.direction).toBeNull();
  });
  it('is scored by the rule its kind suggests, where the form has a column for it', () => {
    expect(['≥5.83万人', '有效维护'].map((target) => readRow(row({ target }), HERE).indicator.scoringRule)).toEqual(['PROPORTIONAL', 'GRADE']);
    expect(readRow(row({ name: '群众满意度', target: '≥95%' }), HERE).indicator.scoringRule).toBe('SATISFACTION');
    expect(readRow(row({ rule: 'DIRECT' }), HERE).indicator.scoringRule).toBe('DIRECT');
    expect(readRow(row({}), { ...HERE, subject: 'UNIT' }).indicator.scoringRule).toBeNull();
  });
  it('says what is missing where it is missing', () => {
    expect([...readRow(row({ name: ' ', target: '', weight: '' }), HERE).troubles.keys()]).toEqual(['name', 'target', 'weight']);
  });
});

describe('weights and money as typed', () => {
  it.each([['8', '8'], ['８.５分', '8.5'], ['0.01', '0.01']])('the weight %s is %s', (text, weight) => expect(readWeight(text, '某指标')).toEqual({ ok: true, value: weight }));
  it.each(['0', '8.125', '-1', '八'])('the weight %s is refused', (text) => expect(readWeight(text, '某指标')).toMatchObject({ ok: false, refusal: { code: 'target-table.weight-not-lawful' } }));
  it.each([['', null], ['8', '8'], ['1,200.50', '1200.50'], ['80000元', '8']])('the amount “%s” is %s 万元', (text, amount) => expect(readMoney(text)).toMatchObject({ ok: true, value: amount }));
  it('an amount below zero and one that is no money are refused', () => {
    expect(readMoney('-1')).toMatchObject({ ok: false, refusal: { code: 'target-table.money-negative' } });
    expect(readMoney('8次')).toMatchObject({ ok: false });
  });
  it('the unit\'s total is the sum of its three sources', () => {
    const draft = draftOf(aTableView('KZ-U'));
    const changed = { ...draft, head: { ...draft.head, higherLevel: '60' } };
    expect(readDraft(changed, identityOf('KZ-U')).table.budget).toMatchObject({ higherLevel: '60', total: '552.34' });
  });
});

describe('the checks while typing', () => {
  const draft = draftOf(aTableView('KZ-A'));
  const withWeight = (weight: string) => ({ ...draft, rows: draft.rows.map((one, at) => (at === 0 ? { ...one, weight } : one)) });
  const codes = (text: string) => readDraft(withWeight(text), identityOf('KZ-A')).findings.map((finding) => `${finding.code} ${finding.severity}`);
  const first = Number(draft.rows[0]?.weight);
  it('find weights that do not make 90', () => expect(codes(String(first + 1))).toContain('Q-W1 ERROR'));
  it('accept 100 by the rows alone with a remark', () => expect(codes(String(first + 10))).toContain('Q-W1 INFO'));
  it('leave a row alone in which nobody has typed', () => {
    const blank = blankRow(INDICATOR_FRAMES['P-101'], 'PROJECT', null);
    const reading = readDraft({ ...draft, rows: [...draft.rows, blank] }, identityOf('KZ-A'));
    expect([reading.table.indicators.length, reading.troubles.length]).toEqual([14, 0]);
  });
  it('ask for a row where there is none, and for the name of a project', () => {
    expect(readDraft(emptyDraft(INDICATOR_FRAMES['P-101'], 'PROJECT'), identityOf('KZ-A')).troubles.map(({ field }) => field)).toEqual(['project', 'name']);
  });
  it('lead to the cell they are about', () => expect(['Q-W3', 'Q-T2', 'Q-N1', 'Q-H2', 'Q-M2'].map(cellOfFinding)).toEqual(['weight', 'level2', 'name', 'previousActual', 'target']));
});

describe('what follows the first level', () => {
  const frame = INDICATOR_FRAMES['P-101'];
  it('is the second level, the basis and the evidence, as long as nobody chose otherwise', () => {
    expect(changeCell(row({}), 'level1', '成本指标', frame)).toMatchObject({ level2: '经济成本指标', basis: '预算支出标准', evidence: '原始凭证' });
    expect(changeCell(row({ evidence: '正式资料', basis: '行业标准' }), 'level1', '成本指标', frame)).toMatchObject({ basis: '行业标准', evidence: '正式资料' });
  });
});

describe('last year\'s table as a beginning', () => {
  it('keeps the keys, moves dates on, and leaves last year\'s values to be filled in', () => {
    const view = aTableView('KZ-A');
    const copy = copyForYear(view, 2025);
    expect(copy.rows.map((one) => one.key)).toEqual(view.indicators.map((one) => one.key));
    expect(copy.rows.every((one) => one.previousActual === '')).toBe(true);
    const dated = copy.rows.filter((_, at) => view.indicators[at]?.target.kind === 'DATE').map((one) => one.target);
    expect(dated.every((target) => target.includes('2025') && !target.includes('2024'))).toBe(true);
  });
  it('is unequal to what it was copied from, and equal to itself', () => {
    const view = aTableView('KZ-A');
    expect(draftText(draftOf(view))).toBe(draftText(draftOf(view)));
    expect(draftText(copyForYear(view, 2025))).not.toBe(draftText(draftOf(view)));
  });
});
