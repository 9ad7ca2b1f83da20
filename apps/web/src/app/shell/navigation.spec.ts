import type { Role } from '@jiheng/contract';
import { aPerson } from '../session/testing/a-session';
import { placesFor } from './navigation';

const paths = (...roles: Role[]) => placesFor(aPerson(...roles)).flatMap((group) => group.places.map((place) => place.path));

describe('the navigation', () => {
  it('begins with the work of the day for everybody', () => expect(paths('reviewer').slice(0, 2)).toEqual(['/work', '/tables']));
  it('offers import and sources to a reporter, not to a reviewer', () => {
    expect(paths('reporter')).toEqual(expect.arrayContaining(['/import', '/sources', '/jobs']));
    expect(paths('reviewer')).not.toContain('/import');
    expect(paths('reviewer')).not.toContain('/sources');
  });
  it('keeps people and units for the administrator', () => {
    expect(paths('administrator')).toContain('/people');
    expect(paths('finance', 'department', 'manager')).not.toContain('/people');
  });
  it('leads those who answer for a region to its roll-up, and not those who fill in', () => {
    expect(paths('department')).toContain('/roll-up');
    expect(paths('finance')).toContain('/roll-up');
    expect(paths('reporter', 'reviewer')).not.toContain('/roll-up');
  });
  it('lets everybody read the rules they are scored by', () => expect(paths('reporter')).toContain('/rule-profiles'));
  it('shows no empty group', () => expect(placesFor(null).every((group) => group.places.length > 0)).toBe(true));
});
