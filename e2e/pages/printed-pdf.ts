import { fixtures, type Form, ownForms } from './fixtures.ts';

/** The unit's tables as a PDF with rules and without any font inside, as office programs publish them: drawn right only with character maps. */
export async function printedPdf(year: number, change: (form: Form) => Form = (form) => form): Promise<Buffer> {
  const { gridOf, printGrid, writePdf } = await fixtures();
  return Buffer.from(writePdf((await ownForms(year, change)).flatMap((form) => printGrid(gridOf(form)))));
}
