// refused by: depcruise queue-library-has-one-door
import { Queue } from 'bullmq';
export const queue = Queue;
