// refused by: depcruise repository-keeps-its-layer
import { record } from './record-actual.service';
export const deed = record;
