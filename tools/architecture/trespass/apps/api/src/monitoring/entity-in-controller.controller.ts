// refused by: depcruise controller-keeps-its-layer
import { actual } from './actual.entity';
export const row = actual;
