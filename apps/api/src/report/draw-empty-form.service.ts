import { type Result, emptyTargetForm, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { drawFormDocument } from './docx/report-document.docx';
import type { ReportFormat } from './report.repository';
import { fileNameOf } from './request-report.service';
import { drawFormWorkbook } from './xlsx/form-workbook.xlsx';

/** What the form is for, as far as it is known when it is taken away. */
export interface EmptyFormWish {
  readonly form: 'F1' | 'F2';
  readonly format: ReportFormat;
  readonly fiscalYear: number | null;
  readonly unitId: string | null;
}

/** An empty target form to be filled in with a spreadsheet or word processor and imported again. */
@Injectable()
export class DrawEmptyForm {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly units: BudgetUnits, private readonly access: Access, private readonly clock: Clock) {}

  async draw(actor: Actor, wish: EmptyFormWish): Promise<Result<{ bytes: Buffer; fileName: string }>> {
    const unit = wish.unitId === null ? null : await this.units.find(this.unitOfWork.db, wish.unitId);
    if (wish.unitId !== null && (unit === null || !this.access.mayRead(actor, unit.path))) return refuse('house.not-found');
    const form = emptyTargetForm(wish.form === 'F1' ? 'UNIT' : 'PROJECT', { fiscalYear: wish.fiscalYear, budgetUnit: unit?.name ?? null });
    const bytes = wish.format === 'xlsx' ? await drawFormWorkbook(form, this.clock.now()) : await drawFormDocument(form);
    return ok({ bytes, fileName: fileNameOf(`${wish.fiscalYear === null ? '' : `${wish.fiscalYear}年`}${form.title}（空表）`, wish.format) });
  }
}
