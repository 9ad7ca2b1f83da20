/** The few SQLSTATEs somebody acts on; everything else is a fault. */
export const SQL_STATE = {
  uniqueViolation: '23505', foreignKeyViolation: '23503', checkViolation: '23514', serializationFailure: '40001', deadlock: '40P01', lockNotAvailable: '55P03',
  /** Raised by the trigger `forbid_change()` of append-only tables. */
  appendOnly: 'JH001',
} as const;

/** The SQLSTATE of a thrown database error, or null when the error came from elsewhere. */
export function sqlStateOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)) return error.code;
  if ('driverError' in error) return sqlStateOf(error.driverError);
  return null;
}

/** The name of the violated constraint, or null. A key of a partition is named after its parent's with the year behind it; here it is the parent's. */
export function constraintOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('constraint' in error && typeof error.constraint === 'string') return error.constraint.replace(/_(?:\d{4}|default)$/, '');
  if ('driverError' in error) return constraintOf(error.driverError);
  return null;
}
