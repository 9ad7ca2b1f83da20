import { type DeviationExplanation, achievementGap, gapsOfMonitoredRow, gapsOfScoredRow, overCauseOf } from './deviation';

const said: DeviationExplanation = { causes: ['STAFF'], sentence: '培训师资没有到位', measures: '第一季度补办', likelihood: null, forecast: null };

describe('an explanation', () => {
  it('is owed whole for points lost: causes, sentence and measures', () => {
    const owed = { explanationOwed: true, flags: [] };
    expect(gapsOfScoredRow(owed, null)).toEqual(['CAUSES', 'SENTENCE', 'MEASURES']);
    expect(gapsOfScoredRow(owed, { ...said, measures: ' ' })).toEqual(['MEASURES']);
    expect(gapsOfScoredRow(owed, said)).toEqual([]);
    expect(gapsOfScoredRow({ explanationOwed: false, flags: [] }, null)).toEqual([]);
  });

  it('of an overshoot needs no measures', () => {
    expect(gapsOfScoredRow({ explanationOwed: true, flags: ['OVER'] }, { ...said, measures: '' })).toEqual([]);
  });

  it('is owed for a red or yellow light, and for any doubt about the year', () => {
    expect(gapsOfMonitoredRow('RED', null)).toEqual(['CAUSES', 'SENTENCE']);
    expect(gapsOfMonitoredRow('YELLOW', said)).toEqual([]);
    expect(gapsOfMonitoredRow('GREEN', null)).toEqual([]);
    expect(gapsOfMonitoredRow('GREEN', { ...said, likelihood: 'POSSIBLE' })).toEqual(['FORECAST']);
    expect(gapsOfMonitoredRow('GREEN', { ...said, likelihood: 'IMPOSSIBLE', sentence: '', forecast: '4次' })).toEqual(['SENTENCE']);
    expect(gapsOfMonitoredRow('GREEN', { ...said, likelihood: 'CERTAIN' })).toEqual([]);
  });

  it('costs points only when the target was set too low', () => {
    expect(overCauseOf(null)).toBeNull();
    expect(overCauseOf({ causes: [] })).toBeNull();
    expect(overCauseOf({ causes: ['OTHER'] })).toBe('OTHER');
    expect(overCauseOf({ causes: ['OTHER', 'TARGET_TOO_LOW'] })).toBe('TARGET_TOO_LOW');
  });
});

describe('results ahead of the money', () => {
  it('are wide above five percent and not at five', () => {
    expect(achievementGap('90', '90', '9.5', '10')).toEqual({ gap: '5.00', isGapWide: false });
    expect(achievementGap('90', '90', '9.49', '10')).toEqual({ gap: '5.10', isGapWide: true });
    expect(achievementGap('45', '90', '10', '10').isGapWide).toBe(false);
    expect(achievementGap('0', '90', '10', '10')).toEqual({ gap: null, isGapWide: false });
  });
});
