import { sayRefusal } from '@jiheng/domain';
import { Egress } from '../egress/egress';
import { readPlace } from './place-url';

describe('the place of a source', () => {
  const said = (place: string, schemes: readonly string[]): readonly string[] => {
    const read = readPlace(place, schemes, new Egress(['data.example']));
    return read.ok ? [] : [sayRefusal(read.refusal, 'zh'), sayRefusal(read.refusal, 'en')];
  };
  it('with another protocol hears which ones are possible, and which one it has', () => {
    expect(said('ftp://data.example/rows?token=s3cret', ['http:', 'https:'])).toEqual([
      '取数地址“ftp://data.example/rows?…”以 ftp:// 开头。这类来源的地址须以 http:// 或 https:// 开头，请改写。',
      'The place “ftp://data.example/rows?…” begins with ftp://. A place of this kind begins with http:// or https://; write it anew.',
    ]);
  });
  it('without any hears that it is no whole address', () => {
    expect(said('data.example/rows', ['sftp:'])).toEqual([
      '取数地址“data.example/rows”没有写明协议，不是完整的地址。这类来源的地址须以 sftp:// 开头，请改写。',
      'The place “data.example/rows” names no protocol and is no whole address. A place of this kind begins with sftp://; write it anew.',
    ]);
  });
});
