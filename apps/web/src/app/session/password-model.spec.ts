import { answered } from '../api/problem';
import { NewPassword } from './new-password';
import { PasswordModel } from './password-model';
import { aSession } from './testing/a-session';

describe('a new password', () => {
  const chosen = (value: string, repeated = value) => {
    const password = new NewPassword();
    password.value.set(value);
    password.repeated.set(repeated);
    return { password, fits: password.check() };
  };
  it('has at least ten characters: nine are refused, ten are taken', () => {
    expect(chosen('123456789').fits).toBe(false);
    expect(chosen('1234567890').fits).toBe(true);
  });
  it('is typed twice the same', () => {
    const { password, fits } = chosen('1234567890', '1234567891');
    expect([fits, password.notSame(), password.tooShort()]).toEqual([false, true, false]);
  });
  it('scolds nobody while typing', () => {
    const password = new NewPassword();
    password.value.set('1');
    expect(password.tooShort()).toBe(false);
  });
});

describe('changing the password', () => {
  it('needs the present one', async () => {
    const change = jest.fn().mockResolvedValue(answered(aSession()));
    const model = new PasswordModel(change);
    model.next.value.set('一二三四五六七八九十');
    model.next.repeated.set('一二三四五六七八九十');
    expect(await model.submit()).toBe(false);
    expect(model.currentMissing()).toBe(true);
    model.current.set('old');
    expect(await model.submit()).toBe(true);
    expect(change).toHaveBeenCalledWith({ current: 'old', next: '一二三四五六七八九十' });
  });
});
