import { sayRefusal } from './refusal-words';
import { sayCause } from './cause-words';

describe('the cause of a trouble', () => {
  it.each([
    ['ECONNREFUSED', '对方拒绝连接（ECONNREFUSED）', 'the connection was refused (ECONNREFUSED)'],
    ['ERR_INVALID_CHAR', '令牌、前缀或请求头里有不能发送的字符（如中文）（ERR_INVALID_CHAR）', 'the token, its prefix or a header holds characters that cannot be sent (ERR_INVALID_CHAR)'],
    ['EPROTO', '加密连接没有建立：对方用的不是 https，或加密方式不一致（EPROTO）', 'no encrypted connection came about: it does not speak https, or another version of it (EPROTO)'],
    ['timeout 15 s', '等待 15 秒没有应答', 'no answer within 15 s'],
    ['HTTP 503', '对方服务器故障（HTTP 503）', 'its server failed (HTTP 503)'],
    ['HTTP 418', 'HTTP 418', 'HTTP 418'],
    ['SFTP 4', '对方的文件服务报错（SFTP 4）', 'its file service reports a fault (SFTP 4)'],
    ['line 12', '第 12 行', 'line 12'],
    ['Z_BUF_ERROR', '压缩的内容被截断或已损坏（Z_BUF_ERROR）', 'its compressed content is cut off or damaged (Z_BUF_ERROR)'],
    ['ERR__ERROR_FORMAT_PADDING_1', '压缩的内容被截断或已损坏（ERR__ERROR_FORMAT_PADDING_1）', 'its compressed content is cut off or damaged (ERR__ERROR_FORMAT_PADDING_1)'],
    ['Unexpected token \'<\', "<html>" is not valid JSON', '内容不是有效的 JSON', 'it is not valid JSON'],
    ["Can't find end of central directory : is this a zip file ?", '文件已损坏或不完整', 'the file is damaged or incomplete'],
    ['File is password-protected', '文件有密码保护', 'the file is protected by a password'],
    ['EHOSTDOWN', '原文：“EHOSTDOWN”', 'original: “EHOSTDOWN”'],
    ['something very strange happened', '原文：“something very strange happened”', 'original: “something very strange happened”'],
    ['$.rows[*] → key', '$.rows[*] → key', '$.rows[*] → key'],
    ['缺少列“指标”', '缺少列“指标”', '缺少列“指标”'],
  ])('%s is said in words, or quoted where nobody knows it', (cause, zh, en) => {
    expect([sayCause(cause, 'zh'), sayCause(cause, 'en')]).toEqual([zh, en]);
  });

  it('stands in the sentence of a refusal, whoever refused', () => {
    const refusal = { code: 'pull.source-away', params: { source: '业务系统', cause: 'ECONNREFUSED' } } as const;
    expect(sayRefusal(refusal)).toContain('取数来源“业务系统”没有应答：对方拒绝连接（ECONNREFUSED）。');
    expect(sayRefusal(refusal, 'en')).toContain('the connection was refused (ECONNREFUSED)');
  });
});
