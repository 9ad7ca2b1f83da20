/** A page that may have something unsaved. */
export interface MayStay {
  /** True when the page may be left; asks the person when there is something unsaved. */
  mayLeave(): boolean;
}

/** Asks before a route is left while something on it is unsaved. */
export function askBeforeLeaving(page: MayStay): boolean {
  return page.mayLeave();
}
