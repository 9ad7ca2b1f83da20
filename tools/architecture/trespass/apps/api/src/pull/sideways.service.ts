// refused by: depcruise pull-looks-down-only
import { money } from '../budget-execution/budget-execution.public';
export const sideways = money;
