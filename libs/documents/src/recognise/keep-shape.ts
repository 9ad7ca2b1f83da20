/*
 * The engine forgets what objects of a class look like when none of them lives while it collects, and with that the compiled code that knew them: the next file
 * would be read by code that has to be compiled again. Classes of which thousands are made and none outlives a file keep one.
 */

const kept: object[] = [];

/** Keeps an object of a class, so that compiled code goes on knowing its kind. To be called once a class, where it is declared. */
export function keepShape(one: object): void {
  kept.push(one);
}
