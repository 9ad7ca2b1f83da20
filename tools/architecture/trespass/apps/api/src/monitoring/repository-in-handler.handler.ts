// refused by: depcruise handler-keeps-its-layer
import { actuals } from './actual.repository';
export const rows = actuals;
