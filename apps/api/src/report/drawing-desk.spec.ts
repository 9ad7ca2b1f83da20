import { emptyTargetForm } from '@jiheng/domain';
import { DrawingDesk } from './drawing-desk';
import { draw } from './draw';

const AT = new Date('2025-01-09T02:00:00Z');

describe('the drawing desk', () => {
  it('draws what the functions draw, in both formats, several at once', async () => {
    const desk = new DrawingDesk();
    const form = emptyTargetForm('PROJECT', { fiscalYear: 2025, budgetUnit: '社会保险中心' });
    const [sheet, again, document] = await Promise.all([desk.form(form, 'xlsx', AT), desk.form(form, 'xlsx', AT), desk.form(form, 'docx', AT)]);
    const alone = await draw({ kind: 'form-xlsx', form, at: AT });
    expect([sheet.length, again.length]).toEqual([alone.length, alone.length]);
    // Both are zip archives.
    expect([sheet, document].map((bytes) => bytes.subarray(0, 2).toString())).toEqual(['PK', 'PK']);
    await desk.onApplicationShutdown();
  });
});
