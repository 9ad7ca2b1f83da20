import { answered } from '../api/problem';
import { aSession } from '../session/testing/a-session';
import { SetupModel } from './setup-model';

describe('the first set-up', () => {
  function filled(setUp = jest.fn().mockResolvedValue(answered(aSession()))) {
    const model = new SetupModel(setUp);
    model.unitName.set(' 玛纳斯县社会保险中心 ');
    model.displayName.set('系统管理员');
    model.login.set('guanli');
    model.password.value.set('一二三四五六七八九十');
    model.password.repeated.set('一二三四五六七八九十');
    return { model, setUp };
  }
  it('makes the unit and its administrator', async () => {
    const { model, setUp } = filled();
    expect(await model.submit()).toBe(true);
    expect(setUp).toHaveBeenCalledWith({ unitName: '玛纳斯县社会保险中心', unitKind: 'UNIT', displayName: '系统管理员', login: 'guanli', password: '一二三四五六七八九十' });
  });
  it('says code, kind and region of the topmost unit where the visitor knows them', async () => {
    const { model, setUp } = filled();
    model.unitCode.set('652324000');
    model.unitKind.set('FINANCE');
    model.regionCode.set('6523 24');
    expect(await model.submit()).toBe(false);
    expect(model.regionWrong()).toBe(true);
    model.regionCode.set('652324');
    expect(await model.submit()).toBe(true);
    expect(setUp).toHaveBeenCalledWith(expect.objectContaining({ unitCode: '652324000', unitKind: 'FINANCE', regionCode: '652324' }));
  });
  it('refuses an account with capitals or blanks before asking', async () => {
    const { model, setUp } = filled();
    model.login.set('Guan Li');
    expect(await model.submit()).toBe(false);
    expect(model.loginWrong()).toBe(true);
    expect(setUp).not.toHaveBeenCalled();
  });
  it('wants a name of two characters for the unit', async () => {
    const { model } = filled();
    model.unitName.set('局');
    expect(await model.submit()).toBe(false);
    model.unitName.set('中心');
    expect(await model.submit()).toBe(true);
  });
});
