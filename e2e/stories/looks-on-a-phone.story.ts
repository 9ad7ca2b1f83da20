import { lookAtEverything } from '../pages/every-page.ts';
import type { Story } from '../story.ts';

export default {
  name: 'looks on a phone: every page at 390 pixels, without a sideways scroll, open to everybody, and the drawer that leads about',
  async tell(stage) {
    await lookAtEverything(stage, 390, 844);
    const page = await stage.signIn('kz-reporter', 390, 844);
    await page.locator('.shell-menu').click();
    await page.locator('.ant-drawer').getByRole('link', { name: '绩效目标表' }).waitFor();
    await stage.checkAccess(page);
    await stage.sight(page, 'drawer-phone');
    await page.locator('.ant-drawer').getByRole('link', { name: '绩效目标表' }).click();
    await page.waitForURL(/\/tables$/);
  },
} satisfies Story;
