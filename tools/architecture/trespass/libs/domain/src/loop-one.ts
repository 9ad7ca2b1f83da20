// refused by: depcruise no-loops
import { two } from './loop-two';
export const one = (): number => two();
