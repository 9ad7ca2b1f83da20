import { TestBed } from '@angular/core/testing';
import type { EvidenceView } from '@jiheng/contract';
import { EvidenceList } from './evidence-list';
import { saySize } from './file-size';

const FILE = { id: 'e1', fileName: '参保台账.xlsx', mediaType: '', size: 24_576, sha256: 'a'.repeat(64), by: '填报人', at: '2025-01-08T02:00:00Z' } as unknown as EvidenceView;

async function open(inputs: Record<string, unknown> = {}) {
  const fixture = TestBed.createComponent(EvidenceList);
  const given = { files: [FILE], hrefOf: (id: string) => `/api/evidence/${id}`, ...inputs };
  for (const [name, value] of Object.entries(given)) fixture.componentRef.setInput(name, value);
  await fixture.whenStable();
  const host: HTMLElement = fixture.nativeElement;
  return { fixture, host, list: fixture.componentInstance };
}

describe('evidence of a row', () => {
  it('names each file with size, uploader and a link', async () => {
    const { host } = await open();
    expect(host.querySelector('a')?.getAttribute('href')).toBe('/api/evidence/e1');
    expect(host.textContent).toContain('24 KB');
    expect(host.textContent).toContain('填报人');
  });

  it('takes dropped files, all of them', async () => {
    const { host, list } = await open();
    const added: string[] = [];
    list.added.subscribe((files) => added.push(...files.map((file) => file.name)));
    const drop = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(drop, { dataTransfer: { files: [new File(['a'], '一.pdf'), new File(['b'], '二.pdf')], types: ['Files'] } });
    host.dispatchEvent(drop);
    expect(added).toEqual(['一.pdf', '二.pdf']);
  });

  it('asks once before a file is removed', async () => {
    const { fixture, host, list } = await open();
    const removed: string[] = [];
    list.removed.subscribe((id) => removed.push(id));
    host.querySelector<HTMLButtonElement>('li button')?.click();
    await fixture.whenStable();
    expect(removed).toEqual([]);
    host.querySelector<HTMLButtonElement>('.danger')?.click();
    expect(removed).toEqual(['e1']);
  });

  it('says why a file was refused, and shows how far another is', async () => {
    const { host } = await open({ onTheWay: [{ number: 1, name: '病毒.pdf', share: 0, refusal: '内容与扩展名不符。' }, { number: 2, name: '台账.pdf', share: 0.42, refusal: null }] });
    expect(host.querySelector('[role="alert"]')?.textContent).toContain('“病毒.pdf”没有上传：内容与扩展名不符。');
    expect(host.querySelector('progress')?.value).toBe(42);
  });

  it('sizes: 812 B, 24 KB, 3.5 MB', () => expect([812, 24_576, 3_670_016].map(saySize)).toEqual(['812 B', '24 KB', '3.5 MB']));
});
