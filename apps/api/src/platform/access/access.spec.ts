import type { Role } from '@jiheng/contract';
import { Access, isHouseAdministrator } from './access';
import type { Actor } from './actor';

const access = new Access();
/** A finance bureau f with a department d and two centres a and b below it. */
const [finance, department, centreA, centreB] = ['/f/', '/f/d/', '/f/d/a/', '/f/d/b/'] as const;
const somebody = (...held: [Role, string][]): Actor => ({
  personId: 'p', login: 'p', displayName: '某人', roles: held.map(([role, path]) => ({ role, path, unitId: path.split('/').at(-2) ?? '', unitName: path })),
});

describe('reach', () => {
  it('goes down from a unit and never up or sideways', () => {
    const reviewer = somebody(['reviewer', department]);
    expect([finance, department, centreA, centreB].map((path) => access.mayRead(reviewer, path))).toEqual([false, true, true, true]);
    expect(access.mayRead(somebody(['reporter', centreA]), centreB)).toBe(false);
  });

  it('is not fooled by ids that begin alike', () => {
    expect(access.mayRead(somebody(['reporter', '/f/d/']), '/f/d2/')).toBe(false);
  });

  it('says "not found" of what may not even be read, and "not allowed" of what may', () => {
    const reporter = somebody(['reporter', centreA]);
    expect(access.requireRole(reporter, ['manager'], centreA)).toMatchObject({ refusal: { code: 'house.not-allowed' } });
    expect(access.requireRole(reporter, ['manager'], centreB)).toMatchObject({ refusal: { code: 'house.not-found' } });
    expect(access.requireRole(reporter, ['manager', 'reporter'], centreA)).toEqual({ ok: true, value: undefined });
  });

  it('names each scope once, without those inside another', () => {
    const actor = somebody(['reporter', centreA], ['reviewer', department], ['manager', centreA], ['reporter', '/g/']);
    expect(access.scopeOf(actor)).toEqual(['/f/d/', '/g/']);
    expect(access.scopePatterns(actor)).toEqual(['/f/d/%', '/g/%']);
    expect(access.rolesAt(actor, centreA)).toEqual(['reporter', 'reviewer', 'manager']);
    expect(access.scopeOf(somebody())).toEqual([]);
  });

  it('covers the house only from a topmost unit, and only for an administrator', () => {
    expect(isHouseAdministrator(somebody(['administrator', finance]))).toBe(true);
    expect(isHouseAdministrator(somebody(['administrator', department]))).toBe(false);
    expect(isHouseAdministrator(somebody(['finance', finance]))).toBe(false);
  });
});
