// refused by: depcruise monitoring-looks-down-only
import { score } from '../scoring/scoring.public';
export const above = score;
