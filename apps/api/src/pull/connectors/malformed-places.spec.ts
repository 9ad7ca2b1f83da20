import { sayRefusal } from '@jiheng/domain';
import { Egress } from '../egress/egress';
import type { SourceConnector } from '../source-connector';
import { HttpJsonConnector } from './http-json/http-json.connector';
import { SftpFolderConnector } from './sftp-folder/sftp-folder.connector';
import { SqlConnector } from './sql/sql.connector';
import { aSource } from './testing/a-source';

const EGRESS = new Egress(['data.example']);
const SQL = new SqlConnector(EGRESS, { timeoutMs: 1_000, statementMs: 1_000, maxRows: 10, maxBytes: 1_000 });
const SFTP = new SftpFolderConnector(EGRESS, { timeoutMs: 1_000, maxBytes: 1_000, maxRows: 10, maxFiles: 5, settleMs: 0 });
const HTTP = new HttpJsonConnector(EGRESS, { requestMs: 1_000, timeoutMs: 1_000, maxBytes: 1_000, maxRows: 10, maxPages: 2 });

/** Who writes an address wrongly reads what is wrong with it and what to write instead, and no sign of which nobody knows what it is to mean. */
describe('an address that is not written as it has to be', () => {
  const said = (connector: SourceConnector, place: string): readonly string[] => {
    const lawful = connector.check(aSource({ place, settings: { query: 'select k as key, v as value from t' } }), '100001');
    return lawful.ok ? [] : [lawful.refusal.code, sayRefusal(lawful.refusal, 'zh'), sayRefusal(lawful.refusal, 'en')];
  };
  const because = (place: string, zh: string, en: string): readonly string[] => ['pull.place-malformed', `取数地址“${place}”写法有误：${zh}。`, `The place “${place}” is not written correctly: ${en}.`];

  it('of a database: options, user, database, percent signs; and what stands behind the question mark is in no sentence', () => {
    expect(said(SQL, 'postgresql://kz@data.example/tj')).toEqual([]);
    for (const options of ['?password=s3cret', '#s3cret']) {
      const told = said(SQL, `postgresql://kz@data.example/tj${options}`);
      expect(told).toEqual(because('postgresql://kz@data.example/tj?…', '“?”或“#”之后不能写连接选项，请删去它们和后面的内容；加密连接请在来源设置中勾选，库名里确有这两个符号的请写成 %3F、%23',
        'it may hold no options behind “?” or “#”, so take them out; encryption has a box of its own in the settings of the source, and a database with such a sign in its name is written with %3F or %23'));
      expect(told.join()).not.toContain('s3cret');
    }
    expect(said(SQL, 'mysql://data.example/tj')).toEqual(because('mysql://data.example/tj', '没有写用户名，请写成 mysql://用户名@主机:端口/库名', 'it names no user; write it as mysql://user@host:port/database'));
    for (const place of ['postgresql://kz@data.example', 'postgresql://kz@data.example/']) {
      expect(said(SQL, place)).toEqual(because(place, '没有写库名，请写成 postgresql://用户名@主机:端口/库名', 'it names no database; write it as postgresql://user@host:port/database'));
    }
    expect(said(SQL, 'postgresql://kz@data.example/100%25')).toEqual([]);
    expect(said(SQL, 'postgresql://kz@data.example/100%')).toEqual(because('postgresql://kz@data.example/100%', '库名里的“%”不是有效的编码，请把“%”写成“%25”', 'a “%” in the name of the database encodes nothing; write “%” as “%25”'));
    expect(said(SQL, 'postgresql://k%z@data.example/tj')[1]).toContain('用户名里的“%”不是有效的编码');
  });

  it('of a folder over SFTP: user, signs of other addresses, turning back', () => {
    for (const place of ['sftp://kz@data.example/out', 'sftp://kz@data.example/~/out', 'sftp://kz@data.example/out/%232024..Q4']) expect(said(SFTP, place)).toEqual([]);
    expect(said(SFTP, 'sftp://data.example/out')).toEqual(because('sftp://data.example/out', '没有写用户名，请写成 sftp://用户名@主机/文件夹', 'it names no user; write it as sftp://user@host/folder'));
    expect(said(SFTP, 'sftp://kz@data.example/out#2024')).toEqual(because('sftp://kz@data.example/out?…', '不能有“?”或“#”，请删去它们和后面的内容；文件夹名里确有这两个符号的请写成 %3F、%23',
      'it may hold neither “?” nor “#”, so take them out with what follows; a folder with such a sign in its name is written with %3F or %23'));
    expect(said(SFTP, 'sftp://kz@data.example/out/..%2fetc')).toEqual(because('sftp://kz@data.example/out/..%2fetc', '文件夹里不能有“..”，请从“/”或“/~/”（账户的主目录）起，直接写到要读的文件夹',
      'the folder may hold no “..”; write the way to it from “/”, or from “/~/” (the home of the account), without turning back'));
    expect(said(SFTP, 'sftp://kz@data.example/out/100%')[1]).toContain('文件夹里的“%”不是有效的编码，请把“%”写成“%25”。');
    expect(said(SFTP, 'sftp://kz@data.example/out%00')[2]).toContain('the folder holds a sign that no name may have (%00); take it out.');
  });

  it('of any host: one that is not named, or that a period would choose', () => {
    expect(said(SQL, 'postgresql:///tj')).toEqual(because('postgresql:///tj', '没有写明主机，请在“//”之后写上要访问的主机名或地址', 'it names no host; write its name or address behind “//”'));
    expect(said(HTTP, 'http://{period}.example/rows')).toEqual(because('http://{period}.example/rows', '主机名“{period}.example”里有不能用的字符（{、} 或 %），请写明一个固定的主机，报告期的标记只能写在主机之后',
      'its host “{period}.example” holds a sign that no host may have ({, } or %); name one fixed host, for marks of the period stand behind it only'));
  });
});
