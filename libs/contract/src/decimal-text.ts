import { z } from 'zod';

/** A decimal number as text with a point, no exponent, at most 30 digits: what travels for every quantity, weight, amount and point. */
export const decimalText = z.string().regex(/^-?\d{1,24}(\.\d{1,12})?$/, { error: 'decimal text such as "26.40" is expected' });
export type DecimalText = z.infer<typeof decimalText>;

/** A calendar day `YYYY-MM-DD` in Asia/Shanghai. */
export const dayText = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a day as YYYY-MM-DD is expected' });

/** A moment in ISO 8601, UTC. */
export const momentText = z.string();

/** Optional text typed by a person: bounded, never null on the way in. */
export const shortText = z.string().trim().max(200);
export const longText = z.string().trim().max(4000);
