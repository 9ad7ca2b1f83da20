import type { Locator, Page } from 'playwright-core';
import { expectText } from '../expect.ts';

/** 取数来源 and 后台任务: asking for a pull and following it. */
export class SourceList {
  readonly page: Page;
  private readonly url: string;
  constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
  }

  source(name: string): Locator {
    return this.page.getByRole('region', { name });
  }

  /** The newest job about a source. */
  job(name: string): Locator {
    return this.page.locator('jh-jobs-page ul.jobs > li', { hasText: name }).first();
  }

  async pull(name: string): Promise<void> {
    await this.page.goto(`${this.url}/sources`);
    await this.source(name).getByRole('button', { name: '立即取数' }).click();
    await expectText(this.source(name).getByRole('status'), /正在取数|取数完成|取数没有成功/u);
  }

  /** The page shows by itself that the pull it started has ended. */
  async expectPulled(name: string): Promise<void> {
    await expectText(this.source(name).getByRole('status'), '取数完成');
  }

  async resume(name: string): Promise<void> {
    await this.page.goto(`${this.url}/sources`);
    await expectText(this.source(name), '已暂停');
    await this.source(name).getByRole('button', { name: '恢复取数' }).click();
    await this.source(name).getByRole('button', { name: '立即取数' }).waitFor();
  }

  /** Looks at the jobs and waits for the state of the newest one about a source. */
  async expectJob(name: string, state: string): Promise<void> {
    await this.page.goto(`${this.url}/jobs`);
    await expectText(this.job(name).locator('jh-status-tag'), state);
  }
}
