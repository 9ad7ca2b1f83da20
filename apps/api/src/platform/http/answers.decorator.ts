import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { z } from 'zod';

export const ROUTE_ANSWER = 'jiheng:route-answer';

/** Names the shape of a route's answer for the description of the API: `@Answers(sessionView)`. */
export function Answers(shape: z.ZodType): CustomDecorator {
  return SetMetadata(ROUTE_ANSWER, shape);
}
