import type { TextStore } from '../saving/draft-shelf';

/** What one window keeps until it is closed; null where the browser forbids it. */
export function tabStore(): TextStore | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
