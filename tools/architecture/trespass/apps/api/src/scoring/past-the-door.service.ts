// refused by: depcruise monitoring-has-one-door
import { record } from '../monitoring/record-actual.service';
export const deed = record;
