import type { DemonstrationAccounts } from '@jiheng/contract';

type Account = DemonstrationAccounts['accounts'][number];

/** Accounts that belong together: those of one centre and of the offices above it. */
export interface AccountGroup {
  readonly name: string;
  /** The centre, from the title of its first account; empty where a title names none. */
  readonly place: string;
  readonly accounts: readonly (Account & { readonly post: string })[];
}

/** The accounts of a demonstration by what stands before the dash of their names: `kz-reporter` and `kz-finance` share a group. */
export function inPlaces(accounts: readonly Account[]): AccountGroup[] {
  const names = [...new Set(accounts.map(({ login }) => nameOf(login)))];
  return names.map((name) => {
    const members = accounts.filter(({ login }) => nameOf(login) === name).map((account) => ({ ...account, post: account.title.split(' · ')[0] ?? '' }));
    return { name, place: members[0]?.title.split(' · ')[1] ?? '', accounts: members };
  });
}

function nameOf(login: string): string {
  return login.split('-')[0] ?? login;
}
