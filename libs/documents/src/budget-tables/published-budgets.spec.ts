import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkIdentities } from '@jiheng/domain';
import { readDocument } from '../read/read-document';
import { COUNTY, marksOf, PREFECTURE } from './fixtures/identity-outcomes';

// The published documents themselves are not part of this project; where a copy lies beside it, every identity is compared.
const folder = resolve(__dirname, '../../../../../shared/seeds');
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.txt')).sort() : [];
const compare = files.length === 2 ? it : it.skip;

describe('the published budgets beside the project', () => {
  compare('give all thirty-six identities of both as computed by hand', async () => {
    const found: string[] = [];
    for (const name of files) {
      const read = await readDocument(readFileSync(resolve(folder, name)), name);
      if (!read.ok || read.value.budget == null || read.value.narrative == null) throw new Error(name);
      found.push(marksOf(checkIdentities({ budget: read.value.budget, narrative: read.value.narrative, targets: read.value.tables })));
    }
    expect(found).toEqual([PREFECTURE, COUNTY]);
  });
});
