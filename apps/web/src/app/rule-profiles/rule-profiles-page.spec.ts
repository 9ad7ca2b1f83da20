import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { RuleProfileAssignmentList, RuleProfileAssignmentView, RuleProfileList, RuleProfilePreview } from '@jiheng/contract';
import { MOF_2020_10, MOF_2021_101 } from '@jiheng/domain';
import { FETCH } from '../api/http';
import { aRefusal, aServer, anAnswer } from '../api/testing/a-refusal';
import { Viewpoint } from '../session/viewpoint';
import { RuleProfilesPage } from './rule-profiles-page';

const [STANDARD, BANDED, UNIT, TURN] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002', '00000000-0000-4000-8000-000000000003', '00000000-0000-4000-8000-000000000004'];
const profile = (id: string, parameters: object, isDefault: boolean) => ({ id, name: isDefault ? 'MOF-2020-10' : 'MOF-2021-101', version: 1, sha256: 'a'.repeat(64), isDefault, parameters: { ...parameters }, shipped: true, by: null, at: '2024-01-01T00:00:00Z' });
const list: RuleProfileList = { profiles: [profile(STANDARD as string, MOF_2020_10, true), profile(BANDED as string, MOF_2021_101, false)], mayCreate: true };
const preview: RuleProfilePreview = {
  documents: 9, changed: 1, signedKept: 4, notComputed: 0, ratings: [{ from: '优', to: '优', count: 1 }],
  movers: [{ documentKind: 'SELF_EVALUATION', documentId: TURN as string, title: '社会保险经办审计经费 · 年度自评', titleEn: 'audit', unitName: '社会保险中心', from: '94.19', to: '90.94', difference: '-3.25', ratingFrom: '优', ratingTo: '优' }],
};
const assignment = (more: Partial<RuleProfileAssignmentView> = {}): RuleProfileAssignmentView => ({
  id: TURN as string, scope: { kind: 'UNIT', unitId: UNIT as never }, scopeName: '社会保险中心', fiscalYear: 2024, profile: { id: BANDED as string, name: 'MOF-2021-101', version: 1 }, state: 'PROPOSED',
  assignedBy: '财政经办', assignedAt: '2024-12-01T02:00:00Z', reason: '按 101 号文计分', decidedBy: null, decidedAt: null, opinion: null, inForce: false, preview, mayDecide: true, jobRunId: null, ...more,
});
const assigned = (...assignments: RuleProfileAssignmentView[]): RuleProfileAssignmentList => ({ assignments, defaultProfile: { id: STANDARD as string, name: 'MOF-2020-10', version: 1 } });

async function open(...answers: readonly Response[]) {
  localStorage.clear();
  AbortSignal.timeout ??= () => new AbortController().signal;
  const server = aServer(...answers);
  const viewpoint = { fiscalYear: () => 2024, manyUnits: () => false, units: () => [{ id: UNIT, code: '100001', name: '社会保险中心', kind: 'UNIT', parentId: null }] };
  TestBed.configureTestingModule({ providers: [provideRouter([]), { provide: Viewpoint, useValue: viewpoint }, { provide: FETCH, useValue: server.fetch }] });
  const fixture = TestBed.createComponent(RuleProfilesPage);
  document.body.append(fixture.nativeElement as HTMLElement);
  const settle = async () => { await new Promise((resolve) => setTimeout(resolve, 0)); await fixture.whenStable(); fixture.detectChanges(); };
  await settle();
  await settle();
  const page = fixture.nativeElement as HTMLElement;
  const choose = async (selector: string, value: string) => {
    const box = page.querySelector<HTMLSelectElement | HTMLTextAreaElement>(selector);
    if (!box) throw new Error(`no ${selector}`);
    box.value = value;
    box.dispatchEvent(new Event(box instanceof HTMLSelectElement ? 'change' : 'input'));
    await settle();
  };
  const press = async (selector: string) => { page.querySelector<HTMLElement>(selector)?.click(); await settle(); await settle(); };
  return { page, choose, press, settle, asked: server.asked };
}

describe('the page of scoring rules', () => {
  it('says each parameter as a sentence with its clause, and which profile holds where nothing is assigned', async () => {
    const { page } = await open(anAnswer(200, list), anAnswer(200, assigned()));
    expect(page.textContent).toContain('2024 年没有指定，全部单位使用默认规则 MOF-2020-10 第 1 版。');
    const banded = page.querySelector('[data-profile="MOF-2021-101"]')?.textContent ?? '';
    expect(banded).toContain('定量指标完成率低于 60% 不得分；达到后得 分值 ×（完成率 − 60%）÷（100% − 60%）。');
    expect(banded).toContain('预算执行率按档计分：100% 及以上得 10 分，80% 及以上得 7 分，60% 及以上得 5 分，0% 及以上得 0 分。');
    expect(banded).toContain('依据：财预〔2021〕101号（示例，据记忆转述）：及格门槛60%');
  });

  it('says of many documents that a job computes them, and shows what it found by itself', async () => {
    const underWay: RuleProfilePreview = { documents: 1432, changed: 0, signedKept: 0, notComputed: 1432, jobRunId: TURN as never, ratings: [], movers: [] };
    const { page, choose, settle } = await open(anAnswer(200, list), anAnswer(200, assigned()), anAnswer(200, underWay), anAnswer(200, { ...preview, documents: 1432 }));
    await choose('#scope-unit', UNIT as string);
    await choose('#profile', BANDED as string);
    page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    await settle();
    expect(page.querySelector('jh-preview-note')?.textContent).toContain('监控表和单位自评共 1432 份，正在后台试算，算完后自动显示在这里。');
    expect(page.querySelector('jh-preview-note a')?.getAttribute('href')).toBe('/jobs');
    await choose('#reason', '按 101 号文计分');
    expect(page.querySelector<HTMLButtonElement>('[data-propose]')?.disabled).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 2_600));
    await settle();
    expect(page.querySelector('jh-preview-note')?.textContent).toContain('监控表和单位自评共 1432 份将重新评分');
    expect(page.querySelector<HTMLButtonElement>('[data-propose]')?.disabled).toBe(false);
  }, 60_000);

  it('says that it was cancelled, asks for no other by itself, and computes it again when somebody wants it', async () => {
    const underWay: RuleProfilePreview = { documents: 1432, changed: 0, signedKept: 0, notComputed: 1432, jobRunId: TURN as never, jobState: 'RUNNING', ratings: [], movers: [] };
    const { page, choose, press, settle, asked } = await open(anAnswer(200, list), anAnswer(200, assigned()), anAnswer(200, underWay), anAnswer(200, { ...underWay, jobState: 'CANCELLED' }), anAnswer(200, { ...preview, documents: 1432 }));
    await choose('#scope-unit', UNIT as string);
    await choose('#profile', BANDED as string);
    page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    await new Promise((resolve) => setTimeout(resolve, 2_600));
    await settle();
    const said = () => page.querySelector('jh-preview-note')?.textContent;
    expect(said()).toContain('监控表和单位自评共 1432 份，试算已取消，没有算出影响。');
    await choose('#reason', '按 101 号文计分');
    expect(page.querySelector<HTMLButtonElement>('[data-propose]')?.disabled).toBe(true);
    // Nobody asks any more.
    await new Promise((resolve) => setTimeout(resolve, 2_600));
    expect(asked.slice(2).map(({ init }) => (JSON.parse(init.body as string) as { waitsFor?: string }).waitsFor)).toEqual([undefined, TURN]);
    await press('[data-again]');
    expect((JSON.parse(asked[4]?.init.body as string) as { waitsFor?: string }).waitsFor).toBeUndefined();
    expect(said()).toContain('监控表和单位自评共 1432 份将重新评分');
  }, 60_000);

  it('shows the effect before a reason can be given: 94.19 becomes 90.94', async () => {
    const { page, choose, asked, settle } = await open(anAnswer(200, list), anAnswer(200, assigned()), anAnswer(200, { ...preview, reports: 8 }), anAnswer(201, assignment({ mayDecide: false })), anAnswer(200, list), anAnswer(200, assigned(assignment({ mayDecide: false }))));
    expect(page.querySelector('#reason')).toBeNull();
    await choose('#scope-unit', UNIT as string);
    await choose('#profile', BANDED as string);
    page.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settle();
    await settle();
    expect(page.textContent).toContain('监控表 8 份、单位自评 1 份将重新评分，其中 1 份得分有变化；4 份已签字的保持原来的规则和得分。');
    expect([...page.querySelectorAll('jh-preview-note tbody td')].map((cell) => cell.textContent?.trim())).toEqual(['社会保险经办审计经费 · 年度自评社会保险中心', '94.19 优', '90.94 优', '-3.25']);
    const propose = page.querySelector<HTMLButtonElement>('[data-propose]');
    expect(propose?.disabled).toBe(true);
    await choose('#reason', '按 101 号文计分');
    expect(propose?.disabled).toBe(false);
    propose?.click();
    await settle();
    await settle();
    expect(JSON.parse(asked[3]?.init.body as string)).toEqual({ scope: { kind: 'UNIT', unitId: UNIT }, fiscalYear: 2024, profileId: BANDED, reason: '按 101 号文计分' });
    expect(page.textContent).toContain('已提出，等待另一人批准。');
    expect(page.textContent).toContain('须由另一人批准');
  });

  it('says how old the numbers of a proposal are and what changed since, and has them computed anew for whoever decides', async () => {
    const old: RuleProfilePreview = { ...preview, computedAt: '2024-12-01T01:58:00Z', movedSince: 3, movers: preview.movers.map((mover) => ({ ...mover, from: '94.20', difference: '-3.3' })) };
    const { page, press, asked } = await open(anAnswer(200, list), anAnswer(200, assigned(assignment({ preview: old }))), anAnswer(200, { ...preview, reports: 8, computedAt: '2024-12-02T02:00:00Z', movedSince: 0 }));
    const notes = () => [...page.querySelectorAll('jh-preview-note')].map((note) => note.querySelector('.age')?.textContent?.trim());
    expect(notes()).toEqual([expect.stringMatching(/^计算于 .*09:58。 *自那以后有 3 份的评分已变，这里的“现在”不是它们现在的得分。$/)]);
    expect(page.querySelector('jh-preview-note tbody td:last-child')?.textContent).toBe('-3.30');
    await press('[data-anew]');
    expect(JSON.parse(asked[2]?.init.body as string)).toEqual({ scope: { kind: 'UNIT', unitId: UNIT }, fiscalYear: 2024, profileId: BANDED, anew: true });
    // The proposal keeps what was shown to the one who made it; the new numbers stand below.
    expect(notes()).toEqual([expect.stringContaining('09:58'), expect.stringMatching(/^计算于 .*10:00。$/)]);
    expect(document.activeElement?.id).toBe('change');
  });

  it('says of rules in force that their documents are not all scored again, and leads to the job', async () => {
    const running = assignment({ state: 'APPROVED', inForce: true, mayDecide: false, jobRunId: TURN as never, rescoring: { done: 86, documents: 1200, jobState: 'RUNNING' } });
    const { page } = await open(anAnswer(200, list), anAnswer(200, assigned(running, { ...running, rescoring: { done: 86, documents: 1200, jobState: 'CANCELLED' } }, { ...running, rescoring: null })));
    expect([...page.querySelectorAll('article')].map((one) => one.querySelector('[data-rescoring]')?.textContent?.trim() ?? null)).toEqual([
      '正在按这套规则重新评分：已完成 86 / 1200。 查看进度', '重新评分没有做完：已完成 86 / 1200，其余文档仍是原来规则的得分。 到后台任务中继续', null,
    ]);
    expect(page.querySelector('[data-rescoring] a')?.getAttribute('href')).toBe('/jobs?kind=apply-rule-profile');
  });

  it('lets a second person approve, and says a refusal in place', async () => {
    const refusal = aRefusal('rule-profile.own-proposal', 403, { sentence: { zh: '评分规则的指定须由另一人批准或驳回，不能由提出人本人办理。', en: 'another' } });
    const { page, press, asked } = await open(anAnswer(200, list), anAnswer(200, assigned(assignment())), anAnswer(403, refusal));
    await press('[data-decide="approve"]');
    expect(asked[2]?.url).toContain(`/rule-profile-assignments/${TURN ?? ''}/decision`);
    expect(JSON.parse(asked[2]?.init.body as string)).toEqual({ decision: 'APPROVE', opinion: '' });
    expect(page.textContent).toContain('不能由提出人本人办理');
  });

  it('takes a profile as the draft of the next, says a slip where it stands in the unit of the field, and sends nothing before all is right', async () => {
    const { page, press, choose, asked, settle } = await open(anAnswer(200, list), anAnswer(200, assigned()), anAnswer(201, { ...profile(TURN as string, { ...MOF_2020_10, name: 'MN-2024' }, false), name: 'MN-2024' }), anAnswer(200, list), anAnswer(200, assigned()));
    const enter = async () => { page.querySelector('jh-rule-profile-form form')?.dispatchEvent(new Event('submit', { cancelable: true })); await settle(); await settle(); };
    expect(page.querySelector('jh-rule-profile-form')?.textContent).toContain('在上面任选一套规则');
    await press('[data-profile="MOF-2020-10"] button');
    await choose('[data-path="overCompletion.maxDeduction"] input', '120');
    const slip = () => page.querySelector('[data-path="overCompletion.maxDeduction"] .jh-field-error')?.textContent;
    expect(slip()).toBe('应是 0% 到 100% 之间的数，最多 4 位小数。');
    expect(page.querySelector('aside')?.textContent).toContain('填对后这里显示整套规则');
    await choose('[data-path="overCompletion.maxDeduction"] input', '');
    expect(slip()).toBe('请填写。');
    await choose('[data-path="overCompletion.maxDeduction"] input', '10');
    expect(slip()).toBe('');
    expect(page.querySelector('[data-path="overCompletion.maxDeduction"] .was')?.textContent).toBe('原为 20%');
    expect(page.querySelector('aside li.changed')?.textContent).toContain('最多扣分值的 10%。');
    expect(page.querySelector('#profile-name-error')?.textContent).toBe('');
    await enter();
    expect([page.querySelector('#profile-name-error')?.textContent, asked.length]).toEqual(['请填编号：字母或数字开头，只用字母、数字、点、横线，最多 64 个；不能以 MOF- 开头。', 2]);
    await choose('#profile-name', 'MN-2024');
    await enter();
    expect(JSON.parse(asked[2]?.init.body as string)).toMatchObject({ profile: { name: 'MN-2024', version: 1, overCompletion: { threshold: '1.3', inclusive: true, maxDeduction: '0.1' } } });
    expect(page.textContent).toContain('已录入，并已选在“改用另一套规则”中');
  });

  it('reads in rules written elsewhere, and says what is wrong with them without asking', async () => {
    const { page, press, choose, asked } = await open(anAnswer(200, list), anAnswer(200, assigned()));
    const problem = () => page.querySelector('#profile-json-error')?.textContent;
    await choose('#profile-json', '{ "name": ');
    await press('[data-read-json]');
    expect(problem()).toBe('这不是有效的 JSON 对象，请检查括号和引号。');
    await choose('#profile-json', JSON.stringify({ ...MOF_2021_101, reverseFormula: 'LINEAR' }));
    await press('[data-read-json]');
    expect(problem()).toContain('评分规则参数“reverseFormula”的值 "LINEAR" 不正确');
    await choose('#profile-json', JSON.stringify({ ...MOF_2021_101, name: 'XJ-2025' }));
    await press('[data-read-json]');
    expect([problem(), page.querySelector<HTMLInputElement>('#profile-name')?.value]).toEqual(['', 'XJ-2025']);
    expect(page.querySelector<HTMLInputElement>('[data-cell="satisfaction.bands[1].earns"]')?.value).toBe('80');
    expect(asked).toHaveLength(2);
  });
});
