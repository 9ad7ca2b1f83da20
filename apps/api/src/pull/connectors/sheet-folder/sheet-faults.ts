/** Why a sheet is not taken. Thrown inside this folder only; `read-sheet.ts` turns them into values. */

/** No row has all the columns. */
export class MissingColumn extends Error {
  /** @param there cells of the first filled row, as a hint; none where nothing is filled */
  constructor(readonly there: readonly string[]) {
    super();
  }
}

/** Which column is meant cannot be told: it is named twice, or its heading covers several. */
export class AmbiguousColumn extends Error {
  constructor(readonly column: string, readonly why: 'TWICE' | 'MERGED') {
    super();
  }
}

/** Several sheets of one workbook have the columns. */
export class AmbiguousSheet extends Error {
  constructor(readonly sheets: readonly string[]) {
    super();
  }
}

/** No sheet of a workbook has the name. */
export class MissingSheet extends Error {
  /** @param there names of its sheets, hidden ones included */
  constructor(readonly there: readonly string[]) {
    super();
  }
}

/** A line has more cells than the header: a comma inside a number, or a line that was torn. */
export class TornLine extends Error {
  /** @param line counted from 1, blank lines included */
  constructor(readonly line: number, readonly cells: number, readonly columns: number) {
    super();
  }
}

/** More than may be unpacked, or more than was declared. */
export class SwollenSheet extends Error {}

/** More filled rows than a list of values has. */
export class TooManyRows extends Error {
  constructor(readonly limit: number) {
    super();
  }
}
