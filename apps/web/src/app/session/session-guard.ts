import { inject } from '@angular/core';
import { CanActivateFn, RedirectCommand, Router } from '@angular/router';
import { safeNext } from './own-page';
import { Session } from './session';

/** Signed in and in possession of an own password; otherwise to the door that fits. */
export const mayEnter: CanActivateFn = async (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  const answer = await session.ready();
  if (!answer.ok) return waitAt(router, state.url);
  if (answer.value.setupNeeded) return router.createUrlTree(['/setup']);
  const person = session.person();
  if (!person) return router.createUrlTree(['/sign-in'], { queryParams: state.url === '/' ? {} : { next: state.url } });
  if (person.mustChangePassword && state.url !== '/password') return router.createUrlTree(['/password']);
  return true;
};

/** The sign-in page is for those who are not signed in; whoever is goes on to the page that was asked for. */
export const mayLeaveOpen: CanActivateFn = async (route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  const answer = await session.ready();
  if (!answer.ok) return waitAt(router, state.url);
  if (answer.value.setupNeeded) return router.createUrlTree(['/setup']);
  return session.person() ? router.parseUrl(safeNext(route.queryParamMap.get('next'))) : true;
};

/** The first set-up exists only while nobody does. */
export const mustSetUp: CanActivateFn = async (_route, state) => {
  const router = inject(Router);
  const answer = await inject(Session).ready();
  if (!answer.ok) return waitAt(router, state.url);
  return answer.value.setupNeeded ? true : router.createUrlTree(['/sign-in']);
};

/** People and units are the administrator's; the server refuses the rest as well. */
export const onlyAdministrator: CanActivateFn = async (_route, state) => {
  const session = inject(Session);
  const router = inject(Router);
  const answer = await session.ready();
  if (!answer.ok) return waitAt(router, state.url);
  return session.hasRole('administrator') ? true : router.createUrlTree(['/work']);
};

/**
 * That nobody can say who is there does not mean that nobody is: whoever is signed in waits, and is not asked for a password. The address stays that of
 * the page that was asked for, so that reloading by hand asks for it again.
 */
function waitAt(router: Router, url: string): RedirectCommand {
  return new RedirectCommand(router.createUrlTree(['/away'], { queryParams: { next: url } }), { skipLocationChange: true });
}
