import { RULE_PROFILES, findProfile } from './profiles/rule-profiles';
import { compileProfile } from './compiled-profile';
import { MOF_2020_10 } from './profiles/mof-2020-10';
import { validateRuleProfile } from './validate-rule-profile';

type Json = { [key: string]: Json } | Json[] | string | number | boolean | null;

function copy(): { [key: string]: Json } {
  return JSON.parse(JSON.stringify(MOF_2020_10)) as { [key: string]: Json };
}

/** The profile with one place changed, by its path. */
function with_(path: string, value: Json | undefined): Json {
  const root = copy();
  const keys = path.split('.');
  let at = root;
  for (const key of keys.slice(0, -1)) at = at[key] as { [key: string]: Json };
  const last = keys.at(-1) ?? '';
  if (value === undefined) delete at[last];
  else at[last] = value;
  return root;
}

function faultOf(json: Json): [string, string] | null {
  const read = validateRuleProfile(json);
  return read.ok ? null : [read.refusal.code, read.refusal.params['path'] ?? ''];
}

describe('a rule profile from a file', () => {
  it('comes back as it went out, for every profile that ships', () => {
    for (const profile of RULE_PROFILES) expect(validateRuleProfile(JSON.parse(JSON.stringify(profile)))).toEqual({ ok: true, value: profile });
  });

  it.each<[string, Json | undefined, string]>([
    ['executionWeight', undefined, 'scoring.profile-key-missing'],
    ['proportional.passTreshold', '0.6', 'scoring.profile-key-unknown'],
    ['proportional.passThreshold', '60', 'scoring.profile-value-invalid'],
    ['proportional.passThreshold', 0.6, 'scoring.profile-value-invalid'],
    ['proportional.passThreshold', '1', 'scoring.profile-value-invalid'],
    ['reverseFormula', 'LINEAR', 'scoring.profile-value-invalid'],
    ['overCompletion.threshold', '0.9', 'scoring.profile-value-invalid'],
    ['overCompletion.inclusive', 'yes', 'scoring.profile-value-invalid'],
    ['version', 1.5, 'scoring.profile-value-invalid'],
    ['name', '我的 规则', 'scoring.profile-value-invalid'],
    ['satisfaction.bands', [{ from: '90', earns: '1' }, { from: '95', earns: '0.8' }], 'scoring.profile-value-invalid'],
    ['grades.B.high', '0.9', 'scoring.profile-value-invalid'],
    ['grades.B.highIncluded', true, 'scoring.profile-value-invalid'],
    ['ratings', [], 'scoring.profile-value-invalid'],
    ['ratings', [{ name: '优', from: '90' }, { name: '优', from: '80' }], 'scoring.profile-value-invalid'],
    ['execution.mode', 'BANDED', 'scoring.profile-value-invalid'],
    ['title', '规则', 'scoring.profile-value-invalid'],
    ['clauses', [], 'scoring.profile-value-invalid'],
  ])('refuses %s = %j and names the place', (path, value, code) => {
    const fault = faultOf(with_(path, value));
    expect(fault?.[0]).toBe(code);
    expect((fault?.[1] ?? '').startsWith(path.split('.')[0] ?? '')).toBe(true);
  });

  it('says the bounds of a number by themselves, so that they can be shown in percent where the profile has shares', () => {
    const paramsOf = (path: string, value: Json): Record<string, string> => { const read = validateRuleProfile(with_(path, value)); return read.ok ? {} : { ...read.refusal.params }; };
    expect(paramsOf('overCompletion.maxDeduction', '1.5')).toMatchObject({ low: '0', high: '1', places: '6' });
    expect(paramsOf('grades.B.high', '0.85')).toMatchObject({ path: 'grades.B.high', relation: '≤', bound: '0.80' });
    expect(paramsOf('ratings', [{ name: '优', from: '90' }, { name: '良', from: '90' }])).toMatchObject({ path: 'ratings[1].from', relation: '<', bound: '90' });
  });

  it('refuses what is no profile at all', () => {
    expect(faultOf(null)?.[0]).toBe('scoring.profile-value-invalid');
    expect(faultOf([])?.[0]).toBe('scoring.profile-value-invalid');
    expect(faultOf({})?.[0]).toBe('scoring.profile-key-missing');
    expect(faultOf(with_('__proto_', 'x'))?.[0]).toBe('scoring.profile-key-unknown');
  });

  it('names the ones that ship when it is asked for another', () => {
    const found = findProfile('MOF-1999');
    expect(found.ok ? '' : found.refusal.params['known']).toBe('MOF-2020-10、MOF-2021-101');
  });

  it('says of the profile that is known from memory only that it is', () => {
    const found = findProfile('MOF-2021-101');
    expect(found.ok && found.value.notes.zh).toContain('据记忆');
    expect(found.ok && found.value.notes.en).toContain('from memory');
  });

  it('is compiled once for each scale', () => {
    expect(compileProfile(MOF_2020_10)).toBe(compileProfile(MOF_2020_10, 4));
    expect(compileProfile(MOF_2020_10, 6)).not.toBe(compileProfile(MOF_2020_10, 4));
    expect(compileProfile(MOF_2020_10, 6).gradeFull).toBe(100_000_000);
  });
});
