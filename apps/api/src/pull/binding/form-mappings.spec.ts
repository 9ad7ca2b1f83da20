import type { Binding } from './binding';
import { afterForm } from './form-mappings';

const plain = (indicatorKey: string, field = indicatorKey.toLowerCase()): Binding => ({ indicatorKey, field, unit: '人', formula: '', numeratorField: '', denominatorField: '' });
const ratio: Binding = { ...plain('KZ-U1', ''), unit: '%', numeratorField: 'insured', denominatorField: 'due' };
const reckoned: Binding = { ...plain('KZ-U6'), formula: '数值 / 10000' };

describe('bindings after the form of a source was saved', () => {
  it('keep what the form does not carry: ratios, formulas, and what was bound since it was opened', () => {
    expect(afterForm([ratio, reckoned, plain('KZ-U5')], [{ indicatorKey: 'KZ-U5', field: ' injury ', unit: '' }])).toEqual([ratio, reckoned, { ...plain('KZ-U5', 'injury'), unit: '' }]);
    expect(afterForm([ratio, plain('KZ-U5')], [])).toEqual([ratio, plain('KZ-U5')]);
  });
  it('lose no formula and no part, whatever is carried for them', () => {
    expect(afterForm([ratio, reckoned], [{ indicatorKey: 'KZ-U1', field: '', unit: '' }, { indicatorKey: 'KZ-U6', field: '', unit: '' }])).toEqual([ratio, reckoned]);
  });
  it('lose a plain one whose field was emptied, and gain new ones at the end', () => {
    expect(afterForm([plain('KZ-U5'), ratio], [{ indicatorKey: 'KZ-U4', field: 'd', unit: '户' }, { indicatorKey: 'KZ-U5', field: ' ', unit: '人' }, { indicatorKey: 'KZ-U3', field: '', unit: '' }]))
      .toEqual([ratio, { ...plain('KZ-U4', 'd'), unit: '户' }]);
  });
});
