import type { emptyFormName } from '@jiheng/contract';
import { BUILT_IN_TEMPLATES, emptyFormOf, type RecognitionTemplate } from '@jiheng/documents/recognise';
import { type Result, emptyTargetForm, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DrawingDesk } from './drawing-desk';
import type { ReportFormat } from './report.repository';
import { fileNameOf } from './request-report.service';

/** What the form is for, as far as it is known when it is taken away. */
export interface EmptyFormWish {
  /** The name of a form the import knows. */
  readonly form: z.output<typeof emptyFormName>;
  readonly format: ReportFormat;
  readonly fiscalYear: number | null;
  readonly unitId: string | null;
}

function templateNamed(name: string): RecognitionTemplate {
  const template = BUILT_IN_TEMPLATES.find((one) => one.name === name);
  if (template === undefined) throw new Error(`no form ${name}`);
  return template;
}

/** An empty form of any kind the import knows, to be filled in with a spreadsheet or word processor and imported again. */
@Injectable()
export class DrawEmptyForm {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly units: BudgetUnits, private readonly access: Access, private readonly clock: Clock, private readonly desk: DrawingDesk) {}

  async draw(actor: Actor, wish: EmptyFormWish): Promise<Result<{ bytes: Buffer; fileName: string }>> {
    const unit = wish.unitId === null ? null : await this.units.find(this.unitOfWork.db, wish.unitId);
    if (wish.unitId !== null && (unit === null || !this.access.mayRead(actor, unit.path))) return refuse('house.not-found');
    const head = { fiscalYear: wish.fiscalYear, budgetUnit: unit?.name ?? null };
    const form = wish.form === 'F1' || wish.form === 'F2' ? emptyTargetForm(wish.form === 'F1' ? 'UNIT' : 'PROJECT', head) : emptyFormOf(templateNamed(wish.form), head).sheet;
    const bytes = await this.desk.form(form, wish.format, this.clock.now());
    return ok({ bytes, fileName: fileNameOf(`${wish.fiscalYear === null ? '' : `${wish.fiscalYear}年`}${form.title}（空表）`, wish.format) });
  }
}
