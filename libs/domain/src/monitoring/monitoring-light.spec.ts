import { anIndicator, theRow } from '../../testing/index';
import { executionLightOf, lightOf, worstLight } from './monitoring-light';

const june = { fiscalYear: 2024, months: 6 };

describe('a light', () => {
  it('measures what adds up by months: one audit of five by June is red, two are green', () => {
    expect(lightOf(theRow('KZ-A1'), { kind: 'REPORTED', magnitude: '1', unit: '次' }, june)).toEqual({ light: 'RED', value: '40.00' });
    expect(lightOf(theRow('KZ-A1'), { kind: 'REPORTED', magnitude: '2', unit: '次' }, june)).toEqual({ light: 'GREEN', value: '80.00' });
  });

  it('measures a head-count and a rate against the whole promise at any time', () => {
    expect(lightOf(theRow('KZ-U6'), { kind: 'REPORTED', magnitude: '264000', unit: '人' }, june)).toEqual({ light: 'GREEN', value: '101.15' });
    expect(lightOf(theRow('KZ-A4'), { kind: 'REPORTED', magnitude: '70', unit: '%' }, june)).toEqual({ light: 'YELLOW', value: '73.68' });
  });

  it('takes the milestone of the period where there is one', () => {
    const moment = { ...june, progress: 'MILESTONE', milestone: '20' } as const;
    expect(lightOf(theRow('KZ-U6'), { kind: 'REPORTED', magnitude: '20', unit: '万人' }, moment).light).toBe('GREEN');
  });

  it('stays dark before the year ends for what is entered once, and for silence', () => {
    const once = { ...theRow('KZ-A1'), accumulation: 'MANUAL' } as const;
    expect(lightOf(once, { kind: 'REPORTED', magnitude: '1', unit: '次' }, june).light).toBe('NONE');
    expect(lightOf(once, { kind: 'REPORTED', magnitude: '1', unit: '次' }, { fiscalYear: 2024, months: 12 }).light).toBe('RED');
    expect(lightOf(theRow('KZ-A1'), { kind: 'NOT_REPORTED' }, june).light).toBe('NONE');
    expect(lightOf(theRow('KZ-A1'), { kind: 'REPORTED', magnitude: '1', unit: '户' }, june).light).toBe('NONE');
  });

  it('does not praise a benefit paid above its exact standard', () => {
    expect(lightOf(theRow('MN-B5'), { kind: 'REPORTED', magnitude: '130', unit: '元' }, june)).toEqual({ light: 'YELLOW', value: '91.67' });
    expect(lightOf(theRow('MN-B5'), { kind: 'REPORTED', magnitude: '120', unit: '元' }, june).light).toBe('GREEN');
    expect(lightOf(theRow('MN-B5'), { kind: 'REPORTED', magnitude: '95', unit: '元' }, june).light).toBe('RED');
  });

  it('turns red for a date that has passed', () => {
    const due = anIndicator({ target: '2024年5月' });
    expect(lightOf(due, { kind: 'UNFINISHED' }, { fiscalYear: 2024, months: 5 }).light).toBe('NONE');
    expect(lightOf(due, { kind: 'UNFINISHED' }, june).light).toBe('RED');
    expect(lightOf(due, { kind: 'DATED', date: '2024-05-31' }, june).light).toBe('GREEN');
    expect(lightOf(due, { kind: 'DATED', date: '2024-06-01' }, june).light).toBe('RED');
  });

  it('of a range and of a yes/no row', () => {
    const range = { ...anIndicator({ target: '90~95%' }), accumulation: 'LAST' } as const;
    expect(lightOf(range, { kind: 'REPORTED', magnitude: '96', unit: '%' }, june).light).toBe('RED');
    expect(lightOf(range, { kind: 'REPORTED', magnitude: '92', unit: '%' }, june).light).toBe('GREEN');
    expect(lightOf(range, { kind: 'REPORTED', magnitude: '63', unit: '%' }, june)).toEqual({ light: 'YELLOW', value: '70.00' });
    expect(lightOf(anIndicator({ target: '是' }), { kind: 'ANSWERED', answer: false }, june).light).toBe('RED');
  });

  it('of the money has no blue, is red beyond the budget, and dark without any', () => {
    expect(executionLightOf('8', '8', 6)).toEqual({ light: 'GREEN', value: '200.00' });
    expect(executionLightOf('8', '8.01', 12).light).toBe('RED');
    expect(executionLightOf('0', '0', 6).light).toBe('NONE');
    expect(executionLightOf('0', '1', 6).light).toBe('RED');
    expect(executionLightOf(null, '1', 6).light).toBe('NONE');
  });

  it('of a table without any is none', () => {
    expect(worstLight(['NONE', 'NONE'])).toBe('NONE');
    expect(worstLight([])).toBe('NONE');
  });
});
