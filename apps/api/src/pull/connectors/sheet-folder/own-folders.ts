import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Result, ok, refuse } from '@jiheng/domain';

/** 各单位共用: what every unit may read. */
const SHARED = 'shared';

/** Codes of units are free text (`653000-132001`): one that is to be a folder begins with a letter or a digit and holds nothing that a path would take for a way. */
const FOLDER_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_-])?$/u;

/** The folder of a unit below the root, by its code; null where the code can be none, or would be everybody's. */
function folderOfUnit(unitCode: string): string | null {
  return FOLDER_NAME.test(unitCode) && unitCode.toLowerCase() !== SHARED ? unitCode : null;
}

/**
 * Whether a place below the root is one that a unit may read: its own folder or the shared one, and what lies in them. By its spelling
 * when it is given as it was written; where links lead, when it is given as `realpath` found it.
 * @param place relative to the root
 */
export function isOwnPlace(place: string, unitCode: string): Result<void> {
  const own = folderOfUnit(unitCode);
  const first = firstFolder(place);
  if (first !== null && (first === SHARED || first === own)) return ok(undefined);
  return own === null ? refuse('pull.unit-code-no-folder', { place, code: unitCode, shared: SHARED }) : refuse('pull.folder-not-own', { place, own, shared: SHARED });
}

/** The folder directly below the root in which a place lies; null for the root itself, for what climbs out of it and for absolute places. */
function firstFolder(place: string): string | null {
  // A stroke of either kind separates: whoever wrote the place may sit before another system.
  if (isAbsolute(place) || place.includes('\0') || place.split(/[\\/]/u).includes('..')) return null;
  const first = relative('/', resolve('/', place)).split(sep)[0] ?? '';
  return first === '' ? null : first;
}
