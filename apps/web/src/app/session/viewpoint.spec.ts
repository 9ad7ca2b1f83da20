import { TestBed } from '@angular/core/testing';
import { FETCH } from '../api/http';
import { aServer, anAnswer } from '../api/testing/a-refusal';
import { Session } from './session';
import { aPerson, aSession } from './testing/a-session';
import { Viewpoint } from './viewpoint';

async function signedIn(fiscalYears: readonly number[]) {
  AbortSignal.timeout ??= () => new AbortController().signal;
  const server = aServer(anAnswer(200, aSession({ person: aPerson('reporter'), csrfToken: 't' })), anAnswer(200, { units: [], more: false }), anAnswer(200, { tables: [], nextCursor: null, fiscalYears }));
  TestBed.configureTestingModule({ providers: [Viewpoint, { provide: FETCH, useValue: server.fetch }] });
  await TestBed.inject(Session).ready();
  return TestBed.inject(Viewpoint);
}

async function at(fiscalYears: readonly number[]) {
  const viewpoint = await signedIn(fiscalYears);
  await viewpoint.read();
  return viewpoint;
}

describe('the year one looks at', () => {
  it('is last year in January, when this year has no tables yet', async () => {
    const viewpoint = await at([2024, 2023]);
    expect(viewpoint.fiscalYear()).toBe(2024);
    expect(viewpoint.years()).toEqual([2025, 2024, 2023]);
  });
  it('is the present year as soon as it has tables', async () => expect((await at([2025, 2024])).fiscalYear()).toBe(2025));
  it('is the present year in an empty house', async () => expect((await at([])).years()).toEqual([2025]));
  it('is what a person chose, whatever there is', async () => {
    const viewpoint = await at([2024]);
    viewpoint.lookAtYear(2022);
    expect([viewpoint.fiscalYear(), viewpoint.years()]).toEqual([2022, [2025, 2024, 2022]]);
  });
  it('stands once it is known which years have tables, not before: nothing is pulled for 2025 because 2024 was not heard of yet', async () => {
    const viewpoint = await signedIn([2024]);
    expect([viewpoint.fiscalYear(), viewpoint.settledYear()]).toEqual([2025, 0]);
    await viewpoint.read();
    expect([viewpoint.fiscalYear(), viewpoint.settledYear()]).toEqual([2024, 2024]);
  });
});
