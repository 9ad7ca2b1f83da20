import { listen } from '../platform/queue/define-news';
import { targetTableApproved } from '../target-table/target-table.public';
import { openTableReports } from './open-period.job';

/** Which news opens reports. */
export const monitoringListeners = [
  listen(targetTableApproved, openTableReports, (told) => ({ tableId: told.tableId })),
];
