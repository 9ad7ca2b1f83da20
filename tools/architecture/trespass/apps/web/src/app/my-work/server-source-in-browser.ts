// refused by: depcruise web-knows-no-server
import { actual } from '../../../../api/src/monitoring/actual.entity';
export const row = actual;
