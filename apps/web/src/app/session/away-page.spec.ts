import { Location } from '@angular/common';
import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { FETCH } from '../api/http';
import { aRefusal, aServer, anAnswer } from '../api/testing/a-refusal';
import { AwayPage } from './away-page';
import { mayEnter, mayLeaveOpen } from './session-guard';
import { aPerson, aSession } from './testing/a-session';

@Component({ template: 'page' })
class Page {}

const DATABASE_AWAY = { zh: '服务正在启动或数据库暂时无法连接，请稍后再试。', en: 'The service is starting.' };
const away = () => anAnswer(503, aRefusal('house.not-ready', 503, { sentence: DATABASE_AWAY }));
const signedIn = () => anAnswer(200, aSession({ person: aPerson('reporter'), csrfToken: 't' }));

/** What happens from the reload of a page on. The address is moved as the browser does: the page is asked for by what stands there. */
async function reload(url: string, ...answers: readonly (Response | Error)[]) {
  localStorage.clear();
  AbortSignal.timeout ??= () => new AbortController().signal;
  const { fetch, asked } = aServer(...answers);
  TestBed.configureTestingModule({
    providers: [
      { provide: FETCH, useValue: fetch },
      provideRouter([
        { path: 'sign-in', canActivate: [mayLeaveOpen], component: Page }, { path: 'away', component: AwayPage }, { path: 'reports/:id/entry', canActivate: [mayEnter], component: Page },
        { path: 'work', canActivate: [mayEnter], component: Page },
      ], withComponentInputBinding()),
    ],
  });
  TestBed.inject(Location).go(url);
  const harness = await RouterTestingHarness.create();
  await harness.navigateByUrl(url);
  const pass = async (ms: number): Promise<void> => {
    await jest.advanceTimersByTimeAsync(ms);
    harness.detectChanges();
  };
  harness.detectChanges();
  const host = () => harness.routeNativeElement?.ownerDocument.querySelector('jh-away-page');
  return { asked, pass, host, at: () => TestBed.inject(Router).url, address: () => TestBed.inject(Location).path() };
}

describe('a page that is reloaded while the service is away', () => {
  beforeEach(() => { jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] }); });
  afterEach(() => { jest.useRealTimers(); });

  it('says so at once, keeps its address, asks again every few seconds by itself and comes back without a new sign-in', async () => {
    const { asked, pass, host, at, address } = await reload('/reports/7/entry?row=3', away(), away(), signedIn());
    expect([host()?.querySelector('[role=alert]')?.textContent, host()?.querySelector('input')]).toEqual([DATABASE_AWAY.zh, null]);
    expect([address(), asked.length]).toEqual(['/reports/7/entry?row=3', 1]);
    await pass(4_000);
    expect([asked.length, host()?.querySelector('[role=alert]')?.textContent]).toEqual([2, DATABASE_AWAY.zh]);
    await pass(4_000);
    expect([asked.length, at(), address()]).toEqual([3, '/reports/7/entry?row=3', '/reports/7/entry?row=3']);
    await pass(60_000);
    expect(asked).toHaveLength(3);
  });

  it('speaks for itself where nobody answers at all: nothing was typed that could still be on the page', async () => {
    const { host } = await reload('/work', new TypeError('fetch failed'));
    expect(host()?.querySelector('[role=alert]')?.textContent).toBe('连接不上服务器：服务可能正在启动，或者网络中断。');
  });

  it('leads to sign in whose session ended meanwhile, and who was on the sign-in page on to the page that was asked for', async () => {
    const first = await reload('/reports/7/entry', away(), anAnswer(200, aSession()), anAnswer(200, aSession()));
    await first.pass(4_000);
    expect(first.at()).toBe('/sign-in?next=%2Freports%2F7%2Fentry');
    TestBed.resetTestingModule();
    const second = await reload('/sign-in?next=%2Freports%2F7%2Fentry', away(), signedIn());
    expect(second.host()?.querySelector('[role=alert]')?.textContent).toBe(DATABASE_AWAY.zh);
    await second.pass(4_000);
    expect(second.at()).toBe('/reports/7/entry');
  });

  it('leads nowhere but to pages of this product, whatever stands in the address', async () => {
    const first = await reload('/away?next=%2F%2Fevil.example', signedIn());
    await first.pass(4_000);
    expect(first.at()).toBe('/work');
    TestBed.resetTestingModule();
    const second = await reload('/sign-in?next=https:%2F%2Fevil.example', signedIn());
    expect(second.at()).toBe('/work');
  });
});
