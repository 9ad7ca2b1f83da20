/** Names of files that are read as sheets; half-written and hidden ones are not. */
export function isSheet(name: string): boolean {
  return /\.(?:csv|xlsx?)$/iu.test(name) && !isHidden(name);
}

/** Files that no person put there to be read. */
export function isHidden(name: string): boolean {
  return name.startsWith('~$') || name.startsWith('.');
}

/** Whether a file is read as comma-separated values, by its name. */
export function isCsv(name: string): boolean {
  return /\.csv$/iu.test(name);
}
