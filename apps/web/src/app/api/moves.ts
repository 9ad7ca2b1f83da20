import type { moveRequest, movedView } from '@jiheng/contract';
import type { z } from 'zod';

/** A step of a document's way: which move, with which opinion, from which revision, and what the signer saw. */
export type MoveBody = z.infer<typeof moveRequest>;
export type Moved = z.infer<typeof movedView>;
