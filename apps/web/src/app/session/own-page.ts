/** Where to go once signed in: only to a page of this product, never to another site. */
export function safeNext(next: string | null | undefined): string {
  const page = ownPage(next);
  return page.startsWith('/sign-in') ? '/work' : page;
}

/** The page that an address asks for, as long as it is one of this product; the first page otherwise. Waiting for the service leads nowhere by itself. */
export function ownPage(asked: string | null | undefined): string {
  return asked && /^\/(?![/\\])/.test(asked) && !/^\/away(?![\w-])/.test(asked) ? asked : '/work';
}
