// What `npm start -- --empty` says below the address: how one gets in.

const FIRST = '  首次使用：打开上面的地址，按页面提示建立第一个管理员。\n  First visit: open the address above and make the first administrator.\n';
const KNOWN = '  已有账户：打开上面的地址，用已有的账户登录。\n  There are accounts already: open the address above and sign in with one of them.\n';

/** Asks the product itself whether it has to be set up; a database that one has brought along may hold people already. */
export async function firstWords(url) {
  const { setupNeeded } = await fetch(new URL('/api/session', url)).then((answer) => answer.json());
  return setupNeeded ? FIRST : KNOWN;
}
