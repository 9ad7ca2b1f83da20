import { z } from 'zod';
import { decimalText, momentText } from './decimal-text';
import { budgetUnitId } from './ids';

/** GET /api/budget-documents?unitId&fiscalYear */
export const budgetDocumentFilter = z.object({ unitId: budgetUnitId, fiscalYear: z.coerce.number().int().min(1990).max(2100) });

const budgetTerm = z.object({ label: z.string(), amount: decimalText });
const equationOutcome = z.enum(['HOLDS', 'HOLDS_BY_ROUNDING', 'DOES_NOT_HOLD']);

/** One row of a budget table with its amounts by column, 万元; null is an empty cell. `unassigned`: amounts that fit several columns. */
export const budgetRowView = z.object({
  kind: z.enum(['TOTAL', 'SUBJECT', 'LINE', 'PROJECT', 'UNIT']), side: z.enum(['INCOME', 'EXPENDITURE']).nullable(), code: z.string().nullable(), line: z.string().nullable(),
  name: z.string(), project: z.string().nullable(), amounts: z.record(z.string(), decimalText.nullable()), unassigned: z.array(decimalText),
  origin: z.enum(['POSITION', 'ARITHMETIC', 'UNDECIDED']), confidence: decimalText, place: z.string(),
});

/** One of the tables 1–11: as printed, and typed. */
export const budgetTableView = z.object({
  number: z.number().int().min(1).max(11), title: z.string(), isEmpty: z.boolean(), place: z.string(), columns: z.array(z.string()), rows: z.array(z.array(z.string())), typed: z.array(budgetRowView),
});

/** One of the identities B1–B36 with both sides of its equations. `sentence` is null where there is nothing to tell. */
export const budgetIdentityView = z.object({
  number: z.number().int().min(1).max(36), zh: z.string(), en: z.string(), strict: z.boolean(), outcome: z.enum([...equationOutcome.options, 'NOT_APPLICABLE']), sentence: z.string().nullable(),
  equations: z.array(z.object({
    about: z.string(), source: z.enum(['TABLE', 'TEXT']), outcome: equationOutcome, leftSum: decimalText, rightSum: decimalText, difference: decimalText, left: z.array(budgetTerm), right: z.array(budgetTerm),
  })),
});

/** The published budget of a unit and year: its newest version. */
export const budgetDocumentView = z.object({
  id: z.uuid(), unitId: budgetUnitId, unitName: z.string(), fiscalYear: z.number().int(), version: z.number().int(), printedUnit: z.string().nullable(), sourceName: z.string(), by: z.string(),
  storedAt: momentText, tables: z.array(budgetTableView), identities: z.array(budgetIdentityView),
});
export type BudgetDocumentView = z.infer<typeof budgetDocumentView>;
