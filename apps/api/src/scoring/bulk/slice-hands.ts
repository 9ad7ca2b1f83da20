import { ACTUAL, INDICATOR } from './bulk-columns.query';
import { CopyRows } from './copy-bytes';
import { BulkIds, CopyWriter } from './score-copy';

/** What one lane works with: rooms for what is read and what is written, used again for the next slice and the next run. */
export class SliceHands {
  readonly indicators = new CopyRows(INDICATOR.count);
  readonly actuals = new CopyRows(ACTUAL.count);
  readonly scores = new CopyWriter();
  readonly pointers = new CopyWriter();
  readonly ids = new BulkIds();
}
