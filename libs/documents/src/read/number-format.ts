// How a sheet shows a number. The few formats that fill almost every form are done on the digits themselves; the rest is left to the library.

/** A way to show the raw text of a numeric cell; null when this number cannot be shown so. */
type ShowNumber = (raw: string) => string | null;

/** The built-in formats that are done here, by their number in the file format. */
const BUILT_IN: Readonly<Record<number, ShowNumber>> = {
  0: showGeneral,
  1: (raw) => showFixed(raw, 0, false),
  2: (raw) => showFixed(raw, 2, false),
  3: (raw) => showFixed(raw, 0, true),
  4: (raw) => showFixed(raw, 2, true),
  9: (raw) => showPercent(raw, 0),
  10: (raw) => showPercent(raw, 2),
  49: showGeneral,
};
const BY_CODE: Readonly<Record<string, number>> = { general: 0, '0': 1, '0.00': 2, '#,##0': 3, '#,##0.00': 4, '0%': 9, '0.00%': 10, '@': 49 };

/** The quick way to show numbers of a format, by its number or its code; null when only the library knows it. */
export function quickFormat(id: number, code: string | undefined): ShowNumber | null {
  if (code !== undefined) {
    const known = BY_CODE[code.toLowerCase()];
    return known === undefined ? fixedFormat(code) : (BUILT_IN[known] ?? null);
  }
  return BUILT_IN[id] ?? null;
}

/** `0.0`, `0.000`, `#,##0.0000`, `0.0%`, with the brackets and blanks that WPS and Excel put behind them (`0.00_ `, `0.00_);\(0.00\)`). */
function fixedFormat(code: string): ShowNumber | null {
  const found = /^(#,##)?0(?:\.(0{1,10}))?(%)?(?:_[ )])?(?:;\[?[^;]*)?$/u.exec(code);
  if (found === null || code.includes(';')) return null;
  const places = found[2]?.length ?? 0;
  return found[3] === undefined ? (raw) => showFixed(raw, places, found[1] !== undefined) : (raw) => (found[1] === undefined ? showPercent(raw, places) : null);
}

const PLAIN = /^(-?)(\d{1,15})(?:\.(\d{1,15}))?$/u;

/** The digits of a raw number: programs write the binary number, 0.57999999999999996 for 0.58 and 1E-2 for 0.01; the shortest digits that mean it are what was typed. */
function digitsOf(raw: string): RegExpExecArray | null {
  return PLAIN.exec(raw.length <= 15 && !/e/iu.test(raw) ? raw : String(Number(raw)));
}

/** Whether a number of at most eleven characters is written as it is shown: no sign, no needless zero. */
function isShortest(raw: string): boolean {
  const { length } = raw;
  if (length === 0 || length > 11) return false;
  let point = -1;
  for (let at = 0; at < length; at += 1) {
    const code = raw.charCodeAt(at);
    if (code === 0x2e) {
      if (point >= 0 || at === 0) return false;
      point = at;
    } else if (code < 0x30 || code > 0x39) return false;
  }
  if (point >= 0) {
    const last = raw.charCodeAt(length - 1);
    if (last === 0x30 || last === 0x2e) return false;
  }
  return raw.charCodeAt(0) !== 0x30 || length === 1 || point === 1;
}

/** Whole digits with a comma before every third from the right. */
function group(units: string): string {
  let shown = units.slice(-3);
  for (let end = units.length - 3; end > 0; end -= 3) shown = `${units.slice(Math.max(0, end - 3), end)},${shown}`;
  return shown;
}

/** The general format prints at most eleven characters; longer numbers are rounded by the library. */
function showGeneral(raw: string): string | null {
  if (isShortest(raw)) return raw;
  const found = digitsOf(raw);
  if (found === null) return null;
  const [digits, sign = '', whole = '', fraction] = found;
  if ((whole.length > 1 && whole.startsWith('0')) || fraction?.endsWith('0') === true || (sign !== '' && /^0*$/u.test(whole + (fraction ?? '')))) return null;
  return whole.length + (fraction === undefined ? 0 : fraction.length + 1) <= 11 ? digits : null;
}

function showFixed(raw: string, places: number, grouped: boolean): string | null {
  if (places > 0 && isShortest(raw)) {
    const point = raw.indexOf('.');
    const decimals = point < 0 ? 0 : raw.length - point - 1;
    if (decimals <= places) {
      const units = point < 0 ? raw : raw.slice(0, point);
      return `${grouped && units.length > 3 ? group(units) : units}.${point < 0 ? '' : raw.slice(point + 1)}${'0'.repeat(places - decimals)}`;
    }
  }
  const found = digitsOf(raw);
  if (found === null) return null;
  const [, sign = '', whole = '', fraction = ''] = found;
  const rounded = round(whole, fraction, places);
  if (rounded === null) return null;
  const digits = rounded.padStart(places + 1, '0');
  const cut = digits.length - places;
  const units = digits.slice(0, cut).replace(/^0+(?=\d)/u, '');
  const shown = `${grouped ? units.replace(/\B(?=(?:\d{3})+$)/gu, ',') : units}${places === 0 ? '' : `.${digits.slice(cut)}`}`;
  return sign !== '' && /[1-9]/u.test(shown) ? `-${shown}` : shown;
}

function showPercent(raw: string, places: number): string | null {
  const found = digitsOf(raw);
  if (found === null) return null;
  const [, sign = '', whole = '', fraction = ''] = found;
  const moved = fraction.padEnd(2, '0');
  const shown = showFixed(`${sign}${`${whole}${moved.slice(0, 2)}`.replace(/^0+(?=\d)/u, '')}${moved.length > 2 ? `.${moved.slice(2)}` : ''}`, places, false);
  return shown === null ? null : `${shown}%`;
}

/** Whole digits of the number times ten to the power of `places`, rounded half up as spreadsheets do; null beyond their precision. */
function round(whole: string, fraction: string, places: number): string | null {
  if (whole.length + fraction.length > 15) return null;
  if (fraction.length <= places) return whole + fraction.padEnd(places, '0');
  const kept = whole + fraction.slice(0, places);
  return fraction.charCodeAt(places) >= 0x35 ? (BigInt(kept) + 1n).toString().padStart(kept.length, '0') : kept;
}
