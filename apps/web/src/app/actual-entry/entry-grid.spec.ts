import { TestBed } from '@angular/core/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import { theTable } from '@jiheng/domain/testing';
import { QuantityInputHarness } from '../ui/quantity-input/quantity-input-harness';
import { ActualEntryModel } from './actual-entry-model';
import { EntryGrid } from './entry-grid';
import { AServer } from './testing/a-server';
import { type ReportDraft, aReport, reported, rowIdAt } from '../api/testing/a-report';

type Key = Partial<Pick<KeyboardEvent, 'ctrlKey' | 'shiftKey' | 'altKey'>>;

async function open(draft: ReportDraft = {}, table: 'KZ-U' | 'KZ-A' = 'KZ-U') {
  const server = new AServer(aReport(theTable(table), draft));
  const model = new ActualEntryModel(server.report, { gateway: server, store: null, personId: 'p1', now: () => '2025-01-09T02:00:00Z' });
  const fixture = TestBed.createComponent(EntryGrid);
  fixture.componentRef.setInput('model', model);
  fixture.componentRef.setInput('editable', server.report.editable);
  document.body.append(fixture.nativeElement);
  await fixture.whenStable();
  const cells = await TestbedHarnessEnvironment.loader(fixture).getAllHarnesses(QuantityInputHarness);
  const boxes = (): HTMLInputElement[] => [...fixture.nativeElement.querySelectorAll('[data-cell="actual"]')];
  const focused = (): number => boxes().indexOf(document.activeElement as HTMLInputElement);
  const press = async (key: string, held: Key = {}): Promise<void> => {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...held }));
    await fixture.whenStable();
  };
  const type = async (text: string): Promise<void> => {
    const box = document.activeElement as HTMLInputElement;
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await fixture.whenStable();
  };
  const at = (index: number) => cells[index] ?? raise();
  const points = (index: number): string => fixture.nativeElement.querySelectorAll('tr[data-row] .points b')[index].textContent;
  return { server, model, fixture, boxes, focused, press, type, at, points };
}

function raise(): never {
  throw new Error('no such cell');
}

afterEach(() => document.body.replaceChildren());

describe('the entry grid by keyboard', () => {
  it('Enter and arrows change the row, Shift+Enter goes back, and a visited cell is all selected', async () => {
    const { boxes, focused, press } = await open({ values: { 'KZ-U2': reported('5.9', '万人') } });
    boxes()[0]?.focus();
    await press('Enter');
    expect(focused()).toBe(1);
    expect([boxes()[1]?.selectionStart, boxes()[1]?.selectionEnd]).toEqual([0, '5.9万人'.length]);
    await press('ArrowDown');
    expect(focused()).toBe(2);
    await press('Enter', { shiftKey: true });
    await press('ArrowUp');
    expect(focused()).toBe(0);
  });

  it('types ２６．４ into KZ-U6: the cell says 26.4万人, the points say 20.00, the total follows; Enter spells and saves it', async () => {
    const { boxes, press, type, at, points, server, fixture } = await open();
    boxes()[5]?.focus();
    await type('２６．４');
    expect(await at(5).understood()).toBe('26.4万人');
    expect(points(5)).toBe('20.00');
    expect(fixture.nativeElement.querySelector('#jh-points-total').textContent).toContain('20.00');
    await press('Enter');
    expect(await at(5).text()).toBe('26.4万人');
    expect(server.row(rowIdAt(5)).current?.actual).toEqual(reported('26.4', '万人'));
  });

  it('refuses 26.4户 in the cell with the sentence of the domain', async () => {
    const { boxes, type, at, points } = await open();
    boxes()[5]?.focus();
    await type('26.4户');
    expect(await at(5).refusal()).toContain('“户”');
    expect(points(5)).toBe('—');
  });

  it('asks about 0.264 and takes the other reading at one click', async () => {
    const { boxes, type, at, points } = await open();
    boxes()[5]?.focus();
    await type('0.264');
    expect(await at(5).buttons()).toEqual(['就是 0.264万人', '改为 26.4万人']);
    await at(5).press('改为 26.4万人');
    expect(await at(5).text()).toBe('26.4万人');
    expect(points(5)).toBe('20.00');
  });

  it('Esc reverts, Ctrl+Z takes back a finished cell and goes there, Ctrl+Y does it again', async () => {
    const { boxes, focused, press, type, at } = await open({ values: { 'KZ-U1': reported('96', '%') } });
    boxes()[0]?.focus();
    await type('97');
    await press('Escape');
    expect(await at(0).text()).toBe('96%');
    await type('97');
    await press('Enter');
    await press('Enter');
    await press('z', { ctrlKey: true });
    expect(await at(0).text()).toBe('96%');
    expect(focused()).toBe(0);
    await press('y', { ctrlKey: true });
    expect(await at(0).text()).toBe('97%');
  });

  it('Esc closes the open detail and goes back to its row, from the detail, from the cell and from the button that opened it', async () => {
    const { boxes, focused, press, fixture, model } = await open();
    const detail = (): HTMLElement | null => fixture.nativeElement.querySelector('jh-row-detail');
    boxes()[2]?.focus();
    await press('Enter', { ctrlKey: true });
    expect(document.activeElement?.tagName).toBe('H3');
    await press('Escape');
    expect([detail(), focused()]).toEqual([null, 2]);
    model.openRow.set(rowIdAt(2));
    await fixture.whenStable();
    await press('Escape');
    expect([detail(), focused()]).toEqual([null, 2]);
    const button: HTMLButtonElement = fixture.nativeElement.querySelectorAll('tr[data-row] .detail')[3];
    button.focus();
    button.click();
    await fixture.whenStable();
    expect(detail()).not.toBeNull();
    await press('Escape');
    expect([detail(), focused()]).toEqual([null, 3]);
  });

  it('the first Esc in a changed cell takes the text back, the second closes the detail', async () => {
    const { boxes, press, type, at, fixture } = await open({ values: { 'KZ-U1': reported('96', '%') } });
    boxes()[0]?.focus();
    await press('Enter', { ctrlKey: true });
    boxes()[0]?.focus();
    await type('97');
    await press('Escape');
    expect([await at(0).text(), fixture.nativeElement.querySelectorAll('jh-row-detail').length]).toEqual(['96%', 1]);
    await press('Escape');
    expect(fixture.nativeElement.querySelectorAll('jh-row-detail').length).toBe(0);
  });

  it('Ctrl+D copies from above where the units agree', async () => {
    const { boxes, press, at, model } = await open({ values: { 'KZ-U2': reported('5.9', '万人') } });
    boxes()[2]?.focus();
    await press('d', { ctrlKey: true });
    expect(await at(2).text()).toBe('5.9万人');
    boxes()[1]?.focus();
    await press('d', { ctrlKey: true });
    expect(await at(1).text()).toBe('5.9万人');
    expect(model.notice()?.key).toBe('unitsDiffer');
  });

  it('arrows to the side go to the explanation and back; F2 keeps them inside the text', async () => {
    const { boxes, press } = await open({ values: { 'KZ-U1': reported('96', '%') } });
    boxes()[0]?.focus();
    await press('ArrowRight');
    expect((document.activeElement as HTMLElement).dataset['cell']).toBe('note');
    await press('ArrowLeft');
    expect(document.activeElement).toBe(boxes()[0]);
    await press('F2');
    boxes()[0]?.setSelectionRange(1, 1);
    await press('ArrowRight');
    expect(document.activeElement).toBe(boxes()[0]);
  });

  it('Ctrl+Enter opens the row and Esc inside it comes back to the cell', async () => {
    const { boxes, press, fixture, model } = await open();
    boxes()[1]?.focus();
    await press('Enter', { ctrlKey: true });
    expect(model.openRow()).toBe(rowIdAt(1));
    expect(document.activeElement?.closest('jh-row-detail')).not.toBeNull();
    await press('Escape');
    expect(fixture.nativeElement.querySelector('jh-row-detail')).toBeNull();
    expect(document.activeElement).toBe(boxes()[1]);
  });

  it('judges a qualitative row by one letter (KZ-A11)', async () => {
    const { boxes, type, press, at, points } = await open({}, 'KZ-A');
    boxes()[10]?.focus();
    await type('b');
    await press('Enter');
    expect(await at(10).text()).toBe('部分达成');
    boxes()[10]?.focus();
    await type('a');
    expect(points(10)).toBe('10.00');
  });
});

describe('the entry grid with a spreadsheet', () => {
  it('lays a pasted block down the column', async () => {
    const { boxes, at, fixture, model } = await open();
    boxes()[0]?.focus();
    const paste = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(paste, { clipboardData: { getData: () => '96%\r\n5.9\r\n6.5\r\n' } });
    boxes()[0]?.dispatchEvent(paste);
    await fixture.whenStable();
    expect(paste.defaultPrevented).toBe(true);
    expect(await at(2).text()).toBe('6.5万人');
    expect(model.lastPaste()?.cells.map((cell) => cell.outcome)).toEqual(['taken', 'taken', 'taken']);
  });

  it('leaves a single copied cell to the browser', async () => {
    const { boxes } = await open();
    boxes()[0]?.focus();
    const paste = new Event('paste', { bubbles: true, cancelable: true });
    Object.assign(paste, { clipboardData: { getData: () => '96%\r\n' } });
    boxes()[0]?.dispatchEvent(paste);
    expect(paste.defaultPrevented).toBe(false);
  });
});

describe('the entry grid between two people', () => {
  it('409: shows theirs beside mine; keep mine sends it on the new revision', async () => {
    const { boxes, press, type, fixture, server } = await open({ values: { 'KZ-U6': reported('26.0', '万人') } });
    server.someoneElseRecords(rowIdAt(5), reported('26.1', '万人'));
    boxes()[5]?.focus();
    await type('26.4');
    await press('Enter');
    await fixture.whenStable();
    const clash: HTMLElement = fixture.nativeElement.querySelector('.conflict');
    expect(clash.textContent).toContain('26.1万人');
    const [, mine] = [...clash.querySelectorAll('button')];
    mine?.click();
    await fixture.whenStable();
    expect(server.row(rowIdAt(5)).current).toMatchObject({ revision: 3, actual: reported('26.4', '万人') });
    expect(fixture.nativeElement.querySelector('.conflict')).toBeNull();
  });
});

describe('a report that may only be read', () => {
  it('shows values without fields to write in', async () => {
    const { boxes, fixture } = await open({ editable: false, values: { 'KZ-U6': reported('26.4', '万人') } });
    expect(boxes().every((box) => box.readOnly)).toBe(true);
    expect(fixture.nativeElement.querySelectorAll('textarea, .add')).toHaveLength(0);
  });
});

describe('a row nobody has filled in yet', () => {
  it('says from which quarter its points come: the latest value is carried on', async () => {
    const { at, points, boxes, type, fixture } = await open({ earlier: { 'KZ-U6': [reported('25.62', '万人'), reported('25.90', '万人'), reported('26.05', '万人')] } });
    expect(await at(5).understood()).toBe('沿用第三季度，尚未填报');
    expect(points(5)).toBe('19.96');
    expect(fixture.nativeElement.querySelectorAll('tr[data-row] .points')[5].classList).toContain('carried');
    boxes()[5]?.focus();
    await type('26.4');
    expect([await at(5).understood(), points(5)]).toEqual(['26.4万人', '20.00']);
  });

  it('says up to which quarter it counts where quarters are added up', async () => {
    const { at } = await open({ earlier: { 'KZ-A1': [reported('2', '次'), reported('1', '次')] } }, 'KZ-A');
    expect(await at(0).understood()).toBe('只计到第二季度，尚未填报');
  });

  it('says nothing where nobody ever reported', async () => {
    const { at, points } = await open();
    expect([await at(5).understood(), points(5)]).toEqual([null, '—']);
  });
});

describe('a file that was refused', () => {
  it('says the whole sentence in its row, and goes away when it was read', async () => {
    const { model, server, fixture } = await open();
    const sentence = '文件“台账.pdf”的扩展名与内容不符（内容是 exe），请用正确的格式保存后再上传。';
    server.refuseWith = { type: '', title: '', status: 422, code: 'evidence.disguised', params: {}, sentence: { zh: sentence, en: 'Disguised.' } };
    await model.uploads.attach(rowIdAt(5), [new File(['MZ'], '台账.pdf')]);
    await fixture.whenStable();
    const note: HTMLElement = fixture.nativeElement.querySelector(`tr[data-row="${rowIdAt(5)}"] .unsent`);
    expect(note.textContent).toContain(`“台账.pdf”没有上传：${sentence}`);
    expect([...note.querySelectorAll('button')].map((button) => button.textContent)).toEqual(['知道了']);
    note.querySelector('button')?.click();
    await fixture.whenStable();
    expect(fixture.nativeElement.querySelector('.unsent')).toBeNull();
  });

  it('can be sent again where it never arrived', async () => {
    const { model, server, fixture } = await open();
    server.reachable = false;
    await model.uploads.attach(rowIdAt(5), [new File(['%PDF-'], '台账.pdf')]);
    await fixture.whenStable();
    server.reachable = true;
    fixture.nativeElement.querySelector('.unsent button').click();
    await fixture.whenStable();
    expect([model.row(rowIdAt(5))?.server().evidence.length, fixture.nativeElement.querySelector('.unsent')]).toEqual([1, null]);
  });
});
