import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { ImportsApi } from '../api/imports-api';
import { JobsApi } from '../api/jobs-api';
import { answered } from '../api/problem';
import { Session } from '../session/session';
import { Viewpoint } from '../session/viewpoint';
import { ImportPage } from './import-page';

async function open(mayBring: boolean): Promise<HTMLElement> {
  const viewpoint = { units: () => [], manyUnits: () => false, fiscalYear: () => 2024, unitId: () => null };
  TestBed.configureTestingModule({
    providers: [
      provideRouter([]), { provide: ImportsApi, useValue: { list: async () => answered({ imports: [], nextCursor: null, maxUploadMb: 20 }), formAddress: () => '/api/form-templates/F2.xlsx' } },
      { provide: JobsApi, useValue: { watch: () => () => undefined } }, { provide: Session, useValue: { hasRole: () => mayBring } }, { provide: Viewpoint, useValue: viewpoint },
    ],
  });
  const fixture = TestBed.createComponent(ImportPage);
  await fixture.whenStable();
  return fixture.nativeElement as HTMLElement;
}

describe('the page on which documents are brought in', () => {
  it('has a place to drop them for a reporter', async () => {
    const page = await open(true);
    expect([page.querySelector('.drop') !== null, page.querySelector('[data-may-not]')]).toEqual([true, null]);
  });
  it('says to everybody else who imports, and offers no place they cannot use; records and empty forms stay', async () => {
    const page = await open(false);
    expect([page.querySelector('.drop'), page.querySelector('input[type="file"]'), page.querySelector('[data-may-not]')?.textContent?.includes('导入由填报人办理')]).toEqual([null, null, true]);
    expect([page.querySelector('#recent') !== null, page.querySelector('#templates') !== null]).toEqual([true, true]);
  });
});
