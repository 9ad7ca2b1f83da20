import type { ObservationOrigin } from '@jiheng/contract';
import type { Answer } from '../../api/problem';

/** Tells where a pulled value came from. Provided by the application: the kit itself fetches nothing. */
export abstract class OriginReader {
  abstract origin(observationId: string): Promise<Answer<ObservationOrigin>>;
}
