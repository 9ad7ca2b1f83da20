// refused by: depcruise platform-looks-down-only
import { door } from '../monitoring/monitoring.public';
export const field = door;
