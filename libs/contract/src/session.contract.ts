import { z } from 'zod';
import { budgetUnitId, personId } from './ids';
import { dayText, momentText, shortText } from './decimal-text';

export const role = z.enum(['reporter', 'reviewer', 'manager', 'department', 'finance', 'administrator']);
export type Role = z.infer<typeof role>;

/** A role in a scope: the unit and everything below it. */
export const roleAssignment = z.object({ role, unitId: budgetUnitId, unitName: z.string() });
export type RoleAssignment = z.infer<typeof roleAssignment>;

export const personView = z.object({
  id: personId, login: z.string(), displayName: z.string(), active: z.boolean(), mustChangePassword: z.boolean(),
  roles: z.array(roleAssignment),
});
export type PersonView = z.infer<typeof personView>;

/**
 * GET /api/people?q&after&limit: people by account, a page at a time. `q` is part of a name, an account or the name of a unit somebody answers for; `after` the last
 * account of the page before. A province has more people than a page can hold.
 */
export const peopleFilter = z.object({ q: shortText.min(1).optional(), after: z.string().max(64).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) });
export const peopleList = z.object({
  people: z.array(personView), more: z.boolean(),
  /** Posts that a table and a quarter pass through and nobody of the scope holds, in their order; of everybody, not of the page. */
  vacant: z.array(role),
});
export type PeopleList = z.infer<typeof peopleList>;

export const unitKind = z.enum(['UNIT', 'DEPARTMENT', 'FINANCE']);
/** 单位编码: as the finance authority gave it. */
export const unitCode = z.string().trim().min(1).max(40);
/** 行政区划代码: 2 digits for a province, 4 a prefecture, 6 a county, up to 12 below it. */
export const regionCode = z.string().trim().regex(/^\d{2,12}$/, { error: '2 to 12 digits such as "653001" are expected' });

/** GET /api/session. `setupNeeded`: nobody exists yet, the first visitor makes the first administrator. */
export const sessionView = z.object({
  person: personView.nullable(),
  csrfToken: z.string().nullable(),
  setupNeeded: z.boolean(),
  /** Today in Asia/Shanghai by the server's clock (which may be set for demonstrations). */
  today: dayText,
  fiscalYear: z.number().int(),
  productVersion: z.string(),
  demonstration: z.boolean(),
});
export type SessionView = z.infer<typeof sessionView>;

/** GET /api/demonstration/accounts: everybody of the demonstration, with the password they share. Only there while `demonstration` is true. */
export const demonstrationAccounts = z.object({ password: z.string(), accounts: z.array(z.object({ login: z.string(), title: z.string() })) });
export type DemonstrationAccounts = z.infer<typeof demonstrationAccounts>;

/** POST /api/session */
export const signIn = z.object({ login: z.string().trim().min(1).max(64), password: z.string().min(1).max(200) });
/** POST /api/session/password */
export const changePassword = z.object({ current: z.string().min(1).max(200), next: z.string().min(10).max(200) });
/** POST /api/setup: only while nobody exists. */
export const setUp = z.object({
  unitName: shortText.min(2), unitCode: unitCode.optional(), unitKind: unitKind.optional(), regionCode: regionCode.nullish(), login: z.string().trim().regex(/^[a-z0-9._-]{2,64}$/), displayName: shortText.min(1), password: z.string().min(10).max(200),
});
/** POST /api/people (administrator); answers with a one-time password. */
export const createPerson = z.object({
  login: z.string().trim().regex(/^[a-z0-9._-]{2,64}$/), displayName: shortText.min(1),
  roles: z.array(z.object({ role, unitId: budgetUnitId })).min(1).max(20),
});
export const createdPerson = z.object({ person: personView, oneTimePassword: z.string() });
/** PUT /api/people/:id */
export const changePerson = z.object({
  displayName: shortText.min(1), active: z.boolean(), roles: z.array(z.object({ role, unitId: budgetUnitId })).max(20),
});

export const unitView = z.object({
  id: budgetUnitId, code: z.string(), name: z.string(), kind: unitKind, parentId: budgetUnitId.nullable(),
  /** Its own 行政区划代码; without one, that of the nearest unit above holds. */
  regionCode: z.string().nullish(),
  /** Since when it is closed; a closed unit keeps its documents and takes no new ones. */
  closedAt: momentText.nullish(),
});
export type UnitView = z.infer<typeof unitView>;
/**
 * GET /api/units?q&kind&role&open&id&after&limit: the units a person may see, each behind the one above it, a page at a time. `q` is part of a name or a code, `role`
 * asks for those for which that role is held, `open=1` leaves out closed ones, `id` asks for one, `after` is the last unit of the page before.
 */
export const unitFilter = z.object({
  q: shortText.min(1).optional(), kind: unitKind.optional(), role: role.optional(), open: z.literal('1').optional(), id: budgetUnitId.optional(), after: budgetUnitId.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(200),
});
export const unitList = z.object({ units: z.array(unitView), more: z.boolean() });
export type UnitList = z.infer<typeof unitList>;
/** POST /api/units (administrator). */
export const createUnit = z.object({ code: unitCode, name: shortText.min(2), kind: unitKind, parentId: budgetUnitId.nullable(), regionCode: regionCode.nullish() });
/** PUT /api/units/:id (administrator of the unit and, when it moves, of both parents). Moving takes everything below along. */
export const changeUnit = createUnit.extend({ reason: shortText.optional() });
/** POST /api/units/:id/closing and POST /api/units/:id/reopening */
export const closeUnit = z.object({ reason: shortText.min(2) });
/** GET /api/units/:id/history: what became of it, newest first. `changes` name a field with its value before and after. */
export const unitHistory = z.object({ entries: z.array(z.object({
  action: z.enum(['unit.created', 'unit.changed', 'unit.closed', 'unit.reopened']), by: z.string(), at: momentText, reason: z.string().nullable(),
  changes: z.array(z.object({ field: z.enum(['code', 'name', 'kind', 'parent', 'regionCode']), from: z.string(), to: z.string() })),
})) });
export type UnitHistory = z.infer<typeof unitHistory>;
