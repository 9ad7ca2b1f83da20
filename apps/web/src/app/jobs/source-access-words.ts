import { dictionary } from '../words/dictionary';

export const sourceAccessWords = dictionary(
  {
    access: '访问方式', auth: '身份验证', authNONE: '不需要', authBASIC: '用户名和密码', authHEADER: '访问令牌（请求头）', authOAUTH2: 'OAuth 2.0 客户端凭据', user: '用户名', header: '请求头', prefix: '令牌前缀', prefixHint: '例如 Bearer 加一个空格；没有则留空',
    tokenUrl: '令牌地址', clientId: '客户端编号', scope: '授权范围', scopeHint: '没有则留空', secretPASSWORD: '密码', secretTOKEN: '访问令牌', secretCLIENT_SECRET: '客户端密钥', secretPRIVATE_KEY: '私钥（PEM 或 OpenSSH）',
    secretHint: '加密保存，保存后任何人都看不到；更换主机或账户后须重新填写。', stored: '已于 {since} 保存；留空则不变。', remove: '删除已保存的{name}', removed: '保存后将删除已保存的{name}。', keyHint: '填了私钥时，密码一栏是私钥的口令。',
    headers: '附加请求头', headersHint: '每行一个，如 X-Department: 100001；密钥请用上面的身份验证。', paging: '分页', pagingNONE: '不分页', pagingNEXT_LINK: '下一页链接', pagingPAGE: '按页码', pagingOFFSET: '按偏移量', nextPath: '下一页地址的 JSONPath',
    nextPathHint: '没有下一页时该处为空；写 Link 则读取响应头 Link。', pageParam: '页码参数', sizeParam: '每页行数参数', offsetParam: '偏移参数', limitParam: '行数参数', size: '每页行数', first: '第一页是', query: '查询语句（一条 SELECT）',
    queryHint: '在只读事务中执行。可用参数 :from、:to、:year、:ordinal、:period、:unit（本单位编码），由数据库绑定，不拼接。', tls: '加密连接并核对服务器证书（TLS）', hostKey: '主机密钥指纹', hostKeyHint: '先留空试取一次，页面会显示对方的指纹；与对方核对一致后填入。',
    dataSet: '数据集编号（dataSet）', orgUnit: '机构编号（orgUnit）',
  },
  {
    access: 'Access', auth: 'Who asks', authNONE: 'Nobody needs to say', authBASIC: 'User and password', authHEADER: 'Access token in a header', authOAUTH2: 'OAuth 2.0 client credentials', user: 'User', header: 'Header', prefix: 'Before the token', prefixHint: 'Such as Bearer and a space; empty for none',
    tokenUrl: 'Address of the token', clientId: 'Client id', scope: 'Scope', scopeHint: 'Empty for none', secretPASSWORD: 'Password', secretTOKEN: 'Access token', secretCLIENT_SECRET: 'Client secret', secretPRIVATE_KEY: 'Private key (PEM or OpenSSH)',
    secretHint: 'Kept encrypted and shown to nobody again; enter it anew when host or account change.', stored: 'Stored since {since}; leave empty to keep it.', remove: 'Remove the stored one: {name}', removed: 'The stored one is removed when you save: {name}', keyHint: 'Beside a private key the password is the pass phrase of the key.',
    headers: 'Further headers', headersHint: 'One a line, such as X-Department: 100001; secrets go into the fields above.', paging: 'Pages', pagingNONE: 'One page', pagingNEXT_LINK: 'Link to the next page', pagingPAGE: 'By page number', pagingOFFSET: 'By offset', nextPath: 'JSONPath of the next address',
    nextPathHint: 'Nothing there means the last page; Link reads the header Link.', pageParam: 'Parameter of the page', sizeParam: 'Parameter of the page size', offsetParam: 'Parameter of the offset', limitParam: 'Parameter of the limit', size: 'Rows a page', first: 'The first page is', query: 'Query (one SELECT)',
    queryHint: 'Runs in a read-only transaction. Parameters :from, :to, :year, :ordinal, :period and :unit (code of the unit) are bound by the database, never pasted in.', tls: 'Encrypt the connection and prove the certificate of the server (TLS)', hostKey: 'Fingerprint of the host key',
    hostKeyHint: 'Leave it empty and try once: the page shows the fingerprint of the host. Compare it with what its operators say, then enter it.', dataSet: 'Data set (dataSet)', orgUnit: 'Organisation unit (orgUnit)',
  },
);
