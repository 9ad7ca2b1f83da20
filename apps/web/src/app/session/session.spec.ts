import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { FETCH, Http } from '../api/http';
import { aRefusal, aServer, anAnswer } from '../api/testing/a-refusal';
import { Session } from './session';
import { mayEnter, mayLeaveOpen, mustSetUp, onlyAdministrator } from './session-guard';
import { aPerson, aSession } from './testing/a-session';

@Component({ template: 'page' })
class Page {}

function house(...answers: readonly Response[]) {
  AbortSignal.timeout ??= () => new AbortController().signal;
  const server = aServer(...answers);
  TestBed.configureTestingModule({
    providers: [
      { provide: FETCH, useValue: server.fetch },
      provideRouter([
        { path: 'sign-in', canActivate: [mayLeaveOpen], component: Page }, { path: 'setup', canActivate: [mustSetUp], component: Page },
        { path: 'password', canActivate: [mayEnter], component: Page }, { path: 'people', canActivate: [mayEnter, onlyAdministrator], component: Page },
        { path: 'work', canActivate: [mayEnter], component: Page },
      ]),
    ],
  });
  return { session: TestBed.inject(Session), asked: server.asked };
}
const goTo = async (url: string) => {
  await (await RouterTestingHarness.create()).navigateByUrl(url);
  return TestBed.inject(Router).url;
};

describe('the doors of the product', () => {
  it('lead a stranger to sign in and remember the page', async () => {
    house(anAnswer(200, aSession()));
    expect(await goTo('/work')).toBe('/sign-in?next=%2Fwork');
  });
  it('lead the first visitor of an empty house to the set-up, and nobody else', async () => {
    house(anAnswer(200, aSession({ setupNeeded: true })));
    expect(await goTo('/work')).toBe('/setup');
  });
  it('are shut at the set-up once somebody exists', async () => {
    house(anAnswer(200, aSession()));
    expect(await goTo('/setup')).toBe('/sign-in');
  });
  it('let a person with a one-time password go nowhere but to the new one', async () => {
    house(anAnswer(200, aSession({ person: { ...aPerson('reporter'), mustChangePassword: true }, csrfToken: 't' })));
    expect(await goTo('/work')).toBe('/password');
  });
  it('let a reporter in, ask the session once, and keep the people page for administrators', async () => {
    const { asked } = house(anAnswer(200, aSession({ person: aPerson('reporter'), csrfToken: 't' })));
    expect(await goTo('/work')).toBe('/work');
    await TestBed.inject(Router).navigateByUrl('/people');
    expect(TestBed.inject(Router).url).toBe('/work');
    expect(asked).toHaveLength(1);
  });
});

describe('the session', () => {
  it('hands its token to every write', async () => {
    const { session, asked } = house(anAnswer(200, aSession({ person: aPerson('reporter'), csrfToken: 'token-7' })), anAnswer(204), anAnswer(200, aSession({ person: aPerson('reporter'), csrfToken: 'token-8' })));
    await session.signIn({ login: 'a', password: 'b' });
    await session.changePassword({ current: 'b', next: '1234567890' });
    expect((asked[1]?.init.headers as Record<string, string>)['x-csrf-token']).toBe('token-7');
    expect(session.view()?.csrfToken).toBe('token-8');
  });
  it('knows roles, but not what may be done', async () => {
    const { session } = house(anAnswer(200, aSession({ person: aPerson('reporter', 'reviewer'), csrfToken: 't' })));
    await session.ready();
    expect([session.hasRole('manager'), session.hasRole('manager', 'reviewer')]).toEqual([false, true]);
  });
  it('forgets the person when the server does, and leads back here afterwards', async () => {
    const { session } = house(anAnswer(200, aSession({ person: aPerson('reporter'), csrfToken: 't' })), anAnswer(401, aRefusal('house.not-signed-in', 401)), anAnswer(200, aSession()));
    await goTo('/work');
    await TestBed.inject(Http).get('/work');
    TestBed.tick();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(session.person()).toBeNull();
    expect(TestBed.inject(Router).url).toBe('/sign-in?next=%2Fwork&lost=true');
  });
});
