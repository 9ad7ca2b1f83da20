import type { PullTrial } from '@jiheng/contract';
import { type Refusal, type Result, formatActual, ok, refuse, sayFinding, sayRefusal } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { type EarlierOf, MonitoringReports, type PullPlace } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import type { Db } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { AskSource } from './ask-source.service';
import { Absent, namingSought } from './binding/absent';
import { type Binding, fieldsOf } from './binding/binding';
import { afterForm } from './binding/form-mappings';
import { cellOf, type Heard, heardOf } from './binding/landing';
import { isSilent, readLanding, unclear, verbatimOf } from './binding/read-bound';
import { toldOfTrial } from './pull-failure';
import { PullRepository } from './pull.repository';
import { PullSourceRules, type PullSourceWish } from './pull-source-wish';

/** Rows of the source that a trial shows: enough to find the names of its keys. */
const SHOWN_ROWS = 200;

type Mapped = PullTrial['mapped'][number];

/** 试取: asks a source that nobody has saved yet, shows what it said, and keeps nothing. */
@Injectable()
export class TryPullSource {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly units: BudgetUnits, private readonly reports: MonitoringReports, private readonly asking: AskSource,
    private readonly pulls: PullRepository, private readonly rules: PullSourceRules, private readonly access: Access,
  ) {}

  /** Refuses what could not be saved either, and like a real run, in words of its own, when the source is away, closed, empty or garbled. */
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
    const bindings = await this.bindingsOf(db, wish, savedId);
    const wanted = fieldsOf(bindings);
    const fetched = await this.asking.ask({ ...wish, id: savedId }, period, wanted, wish.secrets);
    if (!fetched.ok) return { ok: false, refusal: toldOfTrial(namingSought(fetched.failure, wish, period, wanted).refusal) };
    const places = await this.reports.placesOf(db, wish.unitId, periodId);
    const absent = new Absent(wish.kind, fetched.rows, fetched.body);
    const placed = heardOf(bindings, fetched.rows).map((heard) => ({ heard, place: places.find((place) => place.indicator.key === heard.binding.indicatorKey) }));
    const earlierOf = await this.reports.earlierInYear(db, placed.flatMap(({ place }) => (place === undefined ? [] : [cellOf({ place })])));
    const mapped: Mapped[] = [];
    for (const { heard, place } of placed) mapped.push(await this.read(db, heard, place, { absent, earlierOf }));
    return ok({ rows: fetched.rows.slice(0, SHOWN_ROWS).map(({ key, verbatim }) => ({ key, verbatim })), rowCount: fetched.rows.length, mapped });
  }

  /** As they would be pulled by once the form is saved: with the formulas and the parts that it does not show. */
  private async bindingsOf(db: Db, { mappings }: PullSourceWish, savedId: string | null): Promise<readonly Binding[]> {
    return afterForm(savedId === null ? [] : await this.pulls.bindings(db, savedId), mappings);
  }

  /** As a preview and a pull would take it. Without a report of the period there is no row to read the value for; what the source said is shown all the same. */
  private async read(db: Db, heard: Heard, place: PullPlace | undefined, beside: { readonly absent: Absent; readonly earlierOf: EarlierOf }): Promise<Mapped> {
    const { binding, said } = heard;
    const { absent } = beside;
    const blank = { indicatorKey: binding.indicatorKey, verbatim: verbatimOf(said), reading: null, problemZh: null, problemEn: null };
    const wrong = (refusal: Refusal): Mapped => {
      const told = toldOfTrial(absent.told(refusal));
      return { ...blank, problemZh: sayRefusal(told, 'zh'), problemEn: sayRefusal(told, 'en') };
    };
    if (isSilent(said)) {
      const { zh, en } = absent.all([binding]);
      return { ...blank, problemZh: zh, problemEn: en };
    }
    if (place === undefined) {
      const open = unclear(binding, said);
      return open === null ? blank : wrong(open.refusal);
    }
    const read = readLanding({ ...heard, place }, absent);
    if (!read.ok) return wrong(read.refusal);
    const judged = await this.reports.previewCandidate(db, { ...cellOf({ place }), actual: read.value, earlier: beside.earlierOf(cellOf({ place })) });
    if (!judged.ok) return wrong(judged.refusal);
    const { warning } = judged.value;
    return { ...blank, reading: formatActual(read.value, place.indicator), ...(warning === null ? {} : { warningZh: sayFinding(warning, 'zh'), warningEn: sayFinding(warning, 'en') }) };
  }
}
