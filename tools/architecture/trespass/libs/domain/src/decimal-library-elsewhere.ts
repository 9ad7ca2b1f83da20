// refused by: depcruise decimal-js-has-two-doors
import Decimal from 'decimal.js';
export const one = new Decimal(1);
