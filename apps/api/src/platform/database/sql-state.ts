/** The few SQLSTATEs somebody acts on; everything else is a fault. */
export const SQL_STATE = {
  uniqueViolation: '23505', foreignKeyViolation: '23503', checkViolation: '23514', serializationFailure: '40001', deadlock: '40P01', lockNotAvailable: '55P03',
  /** All connections that PostgreSQL gives (`max_connections`) are taken. */
  tooManyConnections: '53300',
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

const AWAY_STATES: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03', '57P05', SQL_STATE.tooManyConnections]);
const AWAY_CODES: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN']);

/** PostgreSQL stops, starts, is out of reach or has cut the connection: the same statement may pass when it is back. */
export function isDatabaseAway(error: unknown): boolean {
  // Neither `instanceof` nor `isNativeError`: an error of Node's own sockets has another `Error` than code that runs in a context of its own, as tests do; and one that came
  // out of a thread has kept its text and its code, but is no native error any more.
  if (typeof error !== 'object' || error === null || !('message' in error) || typeof error.message !== 'string') return false;
  if ('driverError' in error && isDatabaseAway(error.driverError)) return true;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.some(isDatabaseAway)) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // The driver gives no code to a connection that ended while it was asked.
  return AWAY_STATES.has(code) || code.startsWith('08') || AWAY_CODES.has(code) || /^Connection terminated|^timeout expired|connection error and is not queryable|trying to connect|not queryable/u.test(error.message);
}
