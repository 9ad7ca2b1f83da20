/** Tables taken into the books by one request: some seconds of work, one transaction. */
export const SLICE = 25;

/** How many of the tables are in the books. */
export interface SliceProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * Sends tables slice by slice; stops at the first slice that is not taken. Those before it stay in the books, and asking again goes on from there:
 * the server takes a slice that it has already taken as done.
 * @param send sends one slice and says whether it was taken
 * @returns whether all were taken
 */
export async function acceptInSlices(tables: readonly number[], send: (slice: readonly number[]) => Promise<boolean>, tell: (progress: SliceProgress | null) => void): Promise<boolean> {
  const isMany = tables.length > SLICE;
  try {
    for (let from = 0; from < tables.length; from += SLICE) {
      if (isMany) tell({ done: from, total: tables.length });
      if (!(await send(tables.slice(from, from + SLICE)))) return false;
    }
    return tables.length > 0;
  } finally {
    tell(null);
  }
}
