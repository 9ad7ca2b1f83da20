import { dictionary } from '../words/dictionary';

export const allowedHostsWords = dictionary(
  {
    title: '允许取数的主机（{n} 项）', lead: '只向下列主机和内网范围取数，其他地址会被拒绝。表格文件夹来源不受此限。', none: '名单是空的：除表格文件夹外，任何来源都会被拒绝。',
    where: '名单由系统管理员写在服务器配置 {setting} 中，修改后重启生效；页面上不能修改。', port: '端口 {port}', portAny: '任意端口', portUsual: '默认端口', thisAddress: '仅这个地址', withinNetwork: '范围内的任一地址', mayLeadTo: '也可指向内网 {networks}', leadsToListed: '须指向公网或本名单所列的地址',
  },
  {
    title: 'Hosts that may be asked ({n})', lead: 'Sources are asked at these hosts and networks only; any other address is refused. Folders of sheets do not depend on it.', none: 'The list is empty: every source but a folder of sheets is refused.',
    where: 'The administrator of the server writes the list in {setting} and restarts; it cannot be changed on a page.', port: 'port {port}', portAny: 'any port', portUsual: 'the usual port', thisAddress: 'this address', withinNetwork: 'any address within', mayLeadTo: 'may also lead into {networks}', leadsToListed: 'has to lead to a public address or to one listed here',
  },
);
