import { MOF_2020_10, MOF_2021_101, type RuleProfile, isDecimalText, normalizeDecimal, validateRuleProfile } from '@jiheng/domain';
import * as fc from 'fast-check';
import { RuleProfileDraft } from './rule-profile-draft';
import { PARAMETERS } from './rule-profile-parameters';

const known = [{ name: 'MOF-2020-10', version: 1 }, { name: 'MN-2024', version: 1 }, { name: 'MN-2024', version: 3 }];

function begun(base: RuleProfile = MOF_2020_10): RuleProfileDraft {
  const draft = new RuleProfileDraft(() => known);
  draft.begin(base);
  return draft;
}

/** Decimals without trailing zeros: 0.80 and 0.8 are the same number. */
function sameNumbers(value: unknown): unknown {
  if (typeof value === 'string') return isDecimalText(value) ? normalizeDecimal(value) : value;
  if (Array.isArray(value)) return value.map(sameNumbers);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, sameNumbers(one)])) : value;
}

describe('a rule profile being written', () => {
  it.each([['MOF-2020-10', MOF_2020_10], ['MOF-2021-101', MOF_2021_101]] as const)('of %s says in the units of people what the profile says in shares, and gives it back unchanged', (_, base) => {
    const draft = begun(base);
    expect([draft.isTouched(), draft.textProblem(), draft.parameterProblem(), draft.profile()]).toEqual([false, 'name', null, null]);
    expect([draft.value('overCompletion.threshold'), draft.value('grades.A.low'), draft.value('executionWeight')]).toEqual(['130', '80', '10']);
    draft.say({ name: 'MN-2025' });
    expect(sameNumbers(draft.profile())).toEqual(sameNumbers({ ...base, name: 'MN-2025', version: 1 }));
    expect(draft.sentences().every((one) => one.before === null)).toBe(true);
    expect(PARAMETERS.filter((one) => draft.before(one) !== null)).toEqual([]);
  });

  it('asks for every parameter that a profile has', () => {
    const leaves = (value: object, path = ''): string[] => Object.entries(value).flatMap(([key, one]) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? leaves(one as object, `${path}${key}.`) : [`${path}${key}`]));
    const { name, version, title, notes, clauses, ...parameters } = MOF_2021_101;
    expect([name, version, title.zh, notes.zh, Object.keys(clauses)].every((one) => one !== undefined)).toBe(true);
    expect(PARAMETERS.map((one) => one.path).sort()).toEqual(leaves(parameters).sort());
  });

  it('says where a slip is: the row and the column of a list, in the unit in which it was typed', () => {
    const draft = begun(MOF_2021_101);
    draft.say({ name: 'MN-2024' });
    draft.typeInRow('satisfaction.bands', 1, 'from', '９５');
    expect(draft.parameterProblem()).toMatchObject({ path: 'satisfaction.bands', row: 1, column: 'from', kind: 'PERCENT', refusal: { params: { relation: '<', bound: '90' } } });
    draft.typeInRow('satisfaction.bands', 1, 'from', '８５%');
    expect(draft.profile()?.satisfaction.bands[1]).toEqual({ from: '85', earns: '0.8' });
    // A share has two places more in the profile than as a percentage.
    draft.type('proportional.passThreshold', '60.1234');
    expect(draft.profile()?.proportional.passThreshold).toBe('0.601234');
    draft.type('proportional.passThreshold', '60.12345');
    expect(draft.parameterProblem()).toMatchObject({ path: 'proportional.passThreshold', row: null, kind: 'SHARE', refusal: { params: { low: '0', high: '1', places: '6' } } });
  });

  it('takes the version after the last of its name, and refuses a name kept for rules that ship', () => {
    const draft = begun();
    draft.say({ name: 'MOF-2020-10' });
    expect(draft.textProblem()).toBe('name');
    draft.say({ name: ' MN-2024 ' });
    expect([draft.textProblem(), draft.version(), draft.profile()?.name, draft.profile()?.version]).toEqual([null, 4, 'MN-2024', 4]);
    draft.say({ titleEn: '', notesEn: ' ' });
    expect([draft.profile()?.title.en, draft.profile()?.notes.en]).toEqual([MOF_2020_10.title.zh, MOF_2020_10.notes.zh]);
    draft.say({ title: ' ' });
    expect([draft.textProblem(), draft.profile()]).toEqual(['title', null]);
  });

  it('a choice brings its bands with it; what is not asked any more stays as it was and cannot be wrong', () => {
    const draft = begun();
    draft.say({ name: 'MN-2025' });
    draft.type('execution.mode', 'BANDED');
    expect(draft.parameterProblem()).toMatchObject({ path: 'execution.bands', row: 0, column: 'from' });
    draft.typeInRow('execution.bands', 0, 'from', '80');
    draft.typeInRow('execution.bands', 0, 'earns', '12');
    expect(draft.parameterProblem()).toMatchObject({ path: 'execution.bands', row: 0, column: 'earns', kind: 'POINTS', refusal: { params: { relation: '≤', bound: '10' } } });
    draft.typeInRow('execution.bands', 0, 'earns', '10');
    expect(draft.profile()?.execution.bands).toEqual([{ from: '80', earns: '10' }]);
    draft.typeInRow('execution.bands', 0, 'earns', 'ten');
    draft.type('execution.mode', 'PROPORTIONAL');
    expect(draft.profile()?.execution).toEqual(MOF_2020_10.execution);
    draft.type('proportional.passThreshold', '60');
    expect(draft.profile()?.proportional).toEqual({ passThreshold: '0.6', passFormula: 'PLAIN' });
  });

  it('a rating without a bound is left out, and a slip in the next one still finds its row', () => {
    const draft = begun();
    draft.say({ name: 'MN-2025' });
    draft.typeInRow('ratings', 1, 'from', '');
    expect(draft.profile()?.ratings.map(({ name }) => name)).toEqual(['优', '中', '差']);
    draft.typeInRow('ratings', 2, 'from', '95');
    expect(draft.parameterProblem()).toMatchObject({ path: 'ratings', row: 2, column: 'from' });
  });

  it('remembers what stood there, and that its clause still speaks for it', () => {
    const draft = begun();
    const [reverse] = PARAMETERS.filter((one) => one.path === 'reverseFormula');
    if (reverse === undefined) throw new Error('no such parameter');
    expect(draft.hasOldClause('reverseFormula', [reverse])).toBe(false);
    draft.type('reverseFormula', 'LIN_2T');
    expect([draft.before(reverse), draft.hasOldClause('reverseFormula', [reverse]), draft.isTouched()]).toEqual(['RATIO', true, true]);
    draft.typeClause('reverseFormula', '县财政局 2025 年工作安排');
    expect(draft.hasOldClause('reverseFormula', [reverse])).toBe(false);
    expect(draft.sentences().find((one) => one.before !== null)?.sentence).toMatchObject({ path: 'reverseFormula', clause: '县财政局 2025 年工作安排' });
    draft.type('reverseFormula', 'RATIO');
    draft.typeClause('reverseFormula', MOF_2020_10.clauses['reverseFormula'] ?? '');
    expect([draft.before(reverse), draft.isTouched()]).toEqual([null, false]);
  });

  it('whatever is typed, it is a profile that the domain accepts, or a problem with a place the form has', () => {
    const typed = fc.oneof(fc.constantFrom('', ' ', '0', '60', '１００', '100%', '-1', '1e3', '0.00001', '1,000', '十', '99.9999'), fc.string({ maxLength: 12 }), fc.integer({ min: 0, max: 2000 }).map((n) => String(n / 10)));
    const slot = fc.constantFrom(...PARAMETERS);
    fc.assert(fc.property(fc.constantFrom(MOF_2020_10, MOF_2021_101), fc.array(fc.tuple(slot, fc.nat(3), typed), { maxLength: 6 }), (base, edits) => {
      const draft = begun(base);
      draft.say({ name: 'MN-2025' });
      for (const [parameter, row, text] of edits) {
        if (parameter.kind === 'LIST') draft.typeInRow(parameter.path, row, 'from', text);
        else if ('choices' in parameter) draft.type(parameter.path, parameter.choices[row % parameter.choices.length]?.value ?? '');
        else draft.type(parameter.path, text);
      }
      const profile = draft.profile();
      if (profile !== null) { expect(validateRuleProfile(JSON.parse(JSON.stringify(profile)))).toEqual({ ok: true, value: profile }); return; }
      const problem = draft.parameterProblem();
      const place = PARAMETERS.find((one) => one.path === problem?.path);
      expect(place !== undefined && draft.isAsked(place)).toBe(true);
      expect(problem?.row === null || (problem?.row ?? 0) < draft.rows(problem?.path ?? '').length).toBe(true);
    }), { numRuns: 500 });
  });
});
