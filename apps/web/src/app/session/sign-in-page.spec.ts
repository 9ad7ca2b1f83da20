import { TestBed } from '@angular/core/testing';
import { Router, provideRouter } from '@angular/router';
import { FETCH } from '../api/http';
import { aRefusal, aServer, anAnswer } from '../api/testing/a-refusal';
import { Session } from './session';
import { SignInPage } from './sign-in-page';
import { aPerson, aSession } from './testing/a-session';

async function open(...answers: readonly Response[]) {
  localStorage.clear();
  AbortSignal.timeout ??= () => new AbortController().signal;
  const server = aServer(...answers);
  TestBed.configureTestingModule({ providers: [provideRouter([{ path: 'work', children: [] }, { path: 'reports/:id/entry', children: [] }]), { provide: FETCH, useValue: server.fetch }] });
  const fixture = TestBed.createComponent(SignInPage);
  document.body.append(fixture.nativeElement as HTMLElement);
  await fixture.whenStable();
  const page = fixture.nativeElement as HTMLElement;
  const type = (selector: string, text: string) => {
    const box = page.querySelector<HTMLInputElement>(selector);
    if (!box) throw new Error(`no ${selector}`);
    box.value = text;
    box.dispatchEvent(new Event('input'));
  };
  const submit = async () => {
    page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await new Promise((resolve) => setTimeout(resolve, 0));
    await fixture.whenStable();
  };
  return { fixture, page, type, submit, asked: server.asked };
}

describe('the sign-in page', () => {
  it('names both fields for ear and keyboard', async () => {
    const { page } = await open();
    for (const box of page.querySelectorAll<HTMLInputElement>('input.jh-input')) expect(page.querySelector(`label[for="${box.id}"]`)?.textContent).toBeTruthy();
    expect(page.querySelector('h1')?.textContent).toBe('登录');
  });
  it('leads in and to the page that was asked for', async () => {
    const { fixture, type, submit, asked } = await open(anAnswer(200, aSession({ person: aPerson('reporter'), csrfToken: 't' })));
    fixture.componentRef.setInput('next', '/reports/7/entry');
    type('#login', 'tianbao');
    type('#password', '一句容易记的话');
    await submit();
    expect(JSON.parse(asked[0]?.init.body as string)).toEqual({ login: 'tianbao', password: '一句容易记的话' });
    expect(TestBed.inject(Router).url).toBe('/reports/7/entry');
  });
  it('says the refusal above the fields and puts the cursor into the password', async () => {
    const { page, type, submit } = await open(anAnswer(401, aRefusal('house.wrong-password', 401, { sentence: { zh: '账号或密码不正确。', en: 'wrong' } })));
    type('#login', 'tianbao');
    type('#password', 'x');
    await submit();
    expect(page.querySelector('[role=alert]')?.textContent).toContain('账号或密码不正确。');
    expect(page.querySelector<HTMLInputElement>('#login')?.value).toBe('tianbao');
    expect(document.activeElement?.id).toBe('password');
  });
  it('asks for what is missing', async () => {
    const { page, submit, asked } = await open();
    await submit();
    expect(page.textContent).toContain('请输入账号。');
    expect(asked).toEqual([]);
  });
  it('speaks English at a click and back', async () => {
    const { page, fixture } = await open();
    const button = page.querySelector<HTMLButtonElement>('jh-language-switch button');
    button?.click();
    await fixture.whenStable();
    expect(page.querySelector('h1')?.textContent).toBe('Sign in');
    button?.click();
    await fixture.whenStable();
    expect(page.querySelector('h1')?.textContent).toBe('登录');
  });
  it('offers the accounts of a demonstration, and fills in the one that is chosen', async () => {
    const { page, fixture } = await open(anAnswer(200, aSession({ demonstration: true })), anAnswer(200, { password: 'jiheng-2024', accounts: [{ login: 'kz-reporter', title: '填报人 · 社会保险中心' }, { login: 'kz-manager', title: '单位负责人 · 社会保险中心' }] }));
    await TestBed.inject(Session).ready();
    await fixture.whenStable();
    await new Promise((resolve) => setTimeout(resolve, 0));
    await fixture.whenStable();
    const offered = [...page.querySelectorAll<HTMLButtonElement>('.accounts button')];
    expect(offered.map((button) => button.textContent)).toEqual(['kz-reporter', 'kz-manager']);
    offered[1]?.click();
    await fixture.whenStable();
    expect(page.querySelector<HTMLInputElement>('#login')?.value).toBe('kz-manager');
    expect(page.querySelector<HTMLInputElement>('#password')?.value).toBe('jiheng-2024');
  });
});
