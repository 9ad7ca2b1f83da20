import { answered, ownProblem, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { ownPage, safeNext } from './own-page';
import { SignInModel } from './sign-in-model';
import { aPerson, aSession } from './testing/a-session';

describe('signing in', () => {
  it('asks the server with the account freed of blanks', async () => {
    const enter = jest.fn().mockResolvedValue(answered(aSession({ person: aPerson('reporter') })));
    const model = new SignInModel(enter);
    model.login.set(' tianbao ');
    model.password.set('一句容易记的话 2024');
    expect(await model.submit()).toBe(true);
    expect(enter).toHaveBeenCalledWith({ login: 'tianbao', password: '一句容易记的话 2024' });
  });
  it('says what is missing instead of asking', async () => {
    const enter = jest.fn();
    const model = new SignInModel(enter);
    expect(model.loginMissing()).toBe(false);
    expect(await model.submit()).toBe(false);
    expect([model.loginMissing(), model.passwordMissing()]).toEqual([true, true]);
    expect(enter).not.toHaveBeenCalled();
  });
  it('keeps the account and drops the password when refused', async () => {
    const model = new SignInModel(() => Promise.resolve(refused(aRefusal('house.wrong-password', 401))));
    model.login.set('tianbao');
    model.password.set('wrong');
    expect(await model.submit()).toBe(false);
    expect([model.login(), model.password(), model.problem()?.code, model.passwordMissing()]).toEqual(['tianbao', '', 'house.wrong-password', false]);
  });
  it('keeps both when the server was away: nothing was wrong with them', async () => {
    const model = new SignInModel(() => Promise.resolve(refused(ownProblem('web.unreachable'))));
    model.login.set('tianbao');
    model.password.set('secret');
    await model.submit();
    expect(model.password()).toBe('secret');
  });
});

describe('the page after signing in', () => {
  it.each([
    ['/reports/1/entry', '/reports/1/entry'], [undefined, '/work'], ['//evil.example', '/work'], ['/\\evil.example', '/work'], ['https://evil.example', '/work'], ['/sign-in?next=/', '/work'],
  ])('%s leads to %s', (next, page) => expect(safeNext(next)).toBe(page));
  it('and the page that waits for the service leads to any page of this product, the sign-in page among them, and not to itself', () => {
    expect(['/sign-in?next=%2Fwork', '/reports/1/entry', '/away?next=%2Faway', '/away', '//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', null].map(ownPage)).toEqual([
      '/sign-in?next=%2Fwork', '/reports/1/entry', '/work', '/work', '/work', '/work', '/work', '/work', '/work']);
  });
});
