import { fixtures, type Form, ownForms } from './fixtures.ts';

/** The six tables as one broken text: blanks inside words, shifted rows, bracketed units on lines of their own, a page break inside a table. */
export async function brokenText(year: number, change: (form: Form) => Form = (form) => form): Promise<Buffer> {
  const { scannedText } = await fixtures();
  const own = await ownForms(year, change);
  return Buffer.from(own.map((form) => scannedText(form, { innerBlanks: true, shiftedRows: [2], continuedNames: [1], pageBreakBefore: 4 })).join('\n\n'));
}
