import type { PullTrial } from '@jiheng/contract';
import { type Refusal, type Result, formatActual, ok, refuse, sayRefusal } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { MonitoringReports, type PullPlace } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { AskSource } from './ask-source.service';
import { Absent, namingSought } from './binding/absent';
import { readObserved } from './observed-value';
import { PullRepository } from './pull.repository';
import { PullSourceRules, type PullSourceWish } from './pull-source-wish';
import type { SourceRow } from './source-connector';

/** Rows of the source that a trial shows: enough to find the names of its keys. */
const SHOWN_ROWS = 200;

/** 试取: asks a source that nobody has saved yet, shows what it said, and keeps nothing. */
@Injectable()
export class TryPullSource {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly units: BudgetUnits, private readonly reports: MonitoringReports, private readonly asking: AskSource,
    private readonly pulls: PullRepository, private readonly rules: PullSourceRules, private readonly access: Access,
  ) {}

  /** Refuses what could not be saved either, and in the words of a real run when the source is away, closed, empty or garbled. */
  async try(actor: Actor, wish: PullSourceWish, periodId: string, savedId: string | null = null): Promise<Result<PullTrial>> {
    const { db } = this.unitOfWork;
    const unit = await this.units.find(db, wish.unitId);
    if (unit === null) return refuse('house.not-found');
    const allowed = this.access.requireRole(actor, ['reporter', 'administrator'], unit.path);
    if (!allowed.ok) return allowed;
    const lawful = await this.rules.check(db, wish);
    if (!lawful.ok) return lawful;
    const period = await this.reports.period(db, periodId);
    if (period === null) return refuse('house.not-found');
    // Somebody else's stored secrets are not to be tried with: the saved source has to be of the same unit.
    const saved = savedId === null ? null : await this.pulls.source(db, savedId);
    if (savedId !== null && saved?.unitId !== wish.unitId) return refuse('pull.source-not-found');
    const wanted = wish.mappings.map((mapping) => mapping.field);
    const fetched = await this.asking.ask({ ...wish, id: savedId }, period, wanted, wish.secrets);
    if (!fetched.ok) return { ok: false, refusal: namingSought(fetched.failure, wish, period, wanted).refusal };
    const places = await this.reports.placesOf(db, wish.unitId, periodId);
    const absent = new Absent(wish.kind, fetched.rows, fetched.body);
    return ok({
      rows: fetched.rows.slice(0, SHOWN_ROWS).map(({ key, verbatim }) => ({ key, verbatim })), rowCount: fetched.rows.length,
      mapped: wish.mappings.map((mapping) => readMapped(mapping, fetched.rows, places, absent)),
    });
  }
}

function readMapped({ indicatorKey, field, unit }: PullSourceWish['mappings'][number], rows: readonly SourceRow[], places: readonly PullPlace[], absent: Absent): PullTrial['mapped'][number] {
  const said = [...new Set(rows.filter((row) => row.key === field).map((row) => row.verbatim))];
  const [verbatim] = said;
  const blank = { indicatorKey, verbatim: said.join(' | '), reading: null, problemZh: null, problemEn: null };
  const wrong = (refusal: Refusal): PullTrial['mapped'][number] => ({ ...blank, problemZh: sayRefusal(refusal, 'zh'), problemEn: sayRefusal(refusal, 'en') });
  if (verbatim === undefined) return wrong(absent.why(field));
  if (said.length > 1) return wrong(refuse('pull.ambiguous', { field, verbatim: said.join(' | ') }).refusal);
  const indicator = places.find((place) => place.indicator.key === indicatorKey)?.indicator;
  // Without a report of the period there is no row to read the value for; what the source said is shown all the same.
  if (indicator === undefined) return blank;
  const read = readObserved(verbatim, unit, indicator);
  return read.ok ? { ...blank, reading: formatActual(read.value, indicator) } : wrong(read.refusal);
}
