// refused by: depcruise no-inner-barrels
import { actual } from './index';
export const row = actual;
