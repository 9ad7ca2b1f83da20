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
    expect(setUp).toHaveBeenCalledWith({ unitName: '玛纳斯县社会保险中心', displayName: '系统管理员', login: 'guanli', password: '一二三四五六七八九十' });
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
