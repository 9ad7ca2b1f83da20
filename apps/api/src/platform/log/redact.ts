/** What never reaches the log, wherever an object carrying it is logged. */
export const REDACTED: readonly string[] = [
  'req.headers.cookie', 'req.headers.authorization', 'req.headers["x-csrf-token"]', 'res.headers["set-cookie"]', 'password', '*.password', '*.passwordHash', '*.oneTimePassword', '*.token',
  'err.parameters', 'err.query', 'err.driverError',
  // A refused sign-in at Redis carries the command, which is the password.
  'err.command', 'err.lastNodeError.command', 'err.previousErrors[*].command', 'DATABASE_URL', 'REDIS_URL', 'JIHENG_SECRET_KEY', '*.JIHENG_SECRET_KEY', 'secrets', '*.secrets', '*.privateKey', '*.clientSecret',
];
