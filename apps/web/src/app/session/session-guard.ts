import { inject } from '@angular/core';
import { CanActivateFn, Router } from '@angular/router';
import { Session } from './session';

/** Signed in and in possession of an own password; otherwise to the door that fits. */
export const mayEnter: CanActivateFn = async (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  const answer = await session.ready();
  if (answer.ok && answer.value.setupNeeded) return router.createUrlTree(['/setup']);
  const person = session.person();
  if (!person) return router.createUrlTree(['/sign-in'], { queryParams: state.url === '/' ? {} : { next: state.url } });
  if (person.mustChangePassword && state.url !== '/password') return router.createUrlTree(['/password']);
  return true;
};

/** The sign-in page is for those who are not signed in. An unreachable server shows the page all the same: it says so there. */
export const mayLeaveOpen: CanActivateFn = async () => {
  const session = inject(Session);
  const router = inject(Router);
  const answer = await session.ready();
  if (answer.ok && answer.value.setupNeeded) return router.createUrlTree(['/setup']);
  return session.person() ? router.createUrlTree(['/work']) : true;
};

/** The first set-up exists only while nobody does. */
export const mustSetUp: CanActivateFn = async () => {
  const router = inject(Router);
  const answer = await inject(Session).ready();
  return answer.ok && answer.value.setupNeeded ? true : router.createUrlTree(['/sign-in']);
};

/** People and units are the administrator's; the server refuses the rest as well. */
export const onlyAdministrator: CanActivateFn = async () => {
  const session = inject(Session);
  const router = inject(Router);
  await session.ready();
  return session.hasRole('administrator') ? true : router.createUrlTree(['/work']);
};
