import { inPlaces } from './demonstration-places';

describe('the accounts of a demonstration by centre', () => {
  it('puts the offices above a centre beside its own people, under the name of the centre', () => {
    const groups = inPlaces([
      { login: 'kz-reporter', title: '填报人 · 自治州社会保险中心' }, { login: 'kz-finance', title: '财政部门 · 自治州财政局' },
      { login: 'mn-manager', title: '单位负责人 · 玛纳斯县社会保险中心' }, { login: 'admin', title: '系统管理员' },
    ]);
    expect(groups.map(({ place, accounts }) => [place, accounts.map(({ login, post }) => `${login} ${post}`)])).toEqual([
      ['自治州社会保险中心', ['kz-reporter 填报人', 'kz-finance 财政部门']], ['玛纳斯县社会保险中心', ['mn-manager 单位负责人']], ['', ['admin 系统管理员']],
    ]);
  });
});
