import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expectSame } from '../expect.ts';
import { root } from '../house.ts';
import type { Story } from '../story.ts';

/** Every numbered vector of the rules, run by the bundle that people get. */
export default {
  name: 'self-check: every vector of the rules holds in the built bundle',
  async tell(stage) {
    const folder = join(root, 'libs/domain/testing/vectors');
    const counted = readdirSync(folder).filter((file) => file.endsWith('.json')).reduce((sum, file) => sum + (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { cases: unknown[] }).cases.length, 0);
    const page = await stage.signIn('mn-reviewer');
    await page.getByRole('link', { name: '规则自检' }).click();
    const check = page.locator('[data-self-check][data-passed]');
    await check.waitFor();
    expectSame([await check.getAttribute('data-failed'), await check.getAttribute('data-passed'), counted >= 190], ['0', String(counted), true], 'failed, passed, enough vectors');
    await stage.sight(page, 'self-check');
    await stage.checkAccess(page);
  },
} satisfies Story;
