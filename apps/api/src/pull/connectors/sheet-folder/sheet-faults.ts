/** Why a sheet is not taken. Thrown inside this folder only; `sheet-pile.ts` turns them into sentences. */

/** The header has no such column. */
export class MissingColumn extends Error {}

/** More than may be unpacked, or more than was declared. */
export class SwollenSheet extends Error {}

/** More filled rows than a list of values has. */
export class TooManyRows extends Error {
  constructor(readonly limit: number) {
    super();
  }
}
