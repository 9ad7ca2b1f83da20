import { zipFile } from '../fixtures/zip-file';
import { Archive } from './archive';

const NAMES = Array.from({ length: 40 }, (_, at) => `xl/worksheets/sheet${at}.xml`);
const contentOf = (at: number): string => `<row r="${at}">${'产出指标'.repeat(at)}</row>`;
const partsOf = (archive: Archive): (string | undefined)[] => NAMES.map((name) => archive.part(name)?.toString('utf8'));

describe('parts that are unpacked ahead', () => {
  it('are the parts as they are unpacked one by one, asked for once or twice', async () => {
    const archive = new Archive(zipFile(NAMES.map((name, at) => ({ name, content: contentOf(at) }))));
    await archive.unpackAhead([...NAMES, 'xl/worksheets/none.xml']);
    expect(partsOf(archive)).toEqual(NAMES.map((_, at) => contentOf(at)));
    expect(partsOf(archive)).toEqual(NAMES.map((_, at) => contentOf(at)));
  });

  it('leave one that unpacks to more than the directory promises to the close look, and the others with it', async () => {
    const archive = new Archive(zipFile(NAMES.map((name, at) => ({ name, content: contentOf(at), ...(at === 30 ? { declared: 20 } : {}) }))));
    await archive.unpackAhead(NAMES);
    expect(NAMES.slice(0, 30).map((name) => archive.part(name)?.toString('utf8'))).toEqual(NAMES.slice(0, 30).map((_, at) => contentOf(at)));
    expect(() => archive.part(NAMES[30] as string)).toThrow('document.lying-archive');
  });

  it('leave one that lies beyond the end of the file to the close look', async () => {
    const whole = zipFile(NAMES.map((name, at) => ({ name, content: contentOf(at) })));
    const end = new DataView(whole.buffer, whole.byteOffset, whole.byteLength);
    const directory = end.getUint32(whole.length - 6, true);
    end.setUint32(directory + 42, whole.length, true);
    const archive = new Archive(whole);
    await archive.unpackAhead(NAMES);
    expect(archive.part(NAMES[1] as string)?.toString('utf8')).toBe(contentOf(1));
    expect(() => archive.part(NAMES[0] as string)).toThrow('document.broken-archive');
  });
});
