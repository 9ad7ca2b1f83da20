import type { RuleProfilePreview } from '@jiheng/contract';
import { type ComparedScore, type Earned, type RuleProfile, type TableScore, compareScores, scoreTable } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db } from '../platform/database/tx';
import { type AssignmentScope, type DocumentInReach, RuleProfileAssignmentRepository } from './rule-profile-assignment.repository';
import { ScoringInputsReader } from './scoring-inputs.reader';
import { ShippedProfiles } from './shipped-profiles';

/** Somebody waits for the answer: beyond this many documents the rest is counted, not computed. */
const MOST_COMPUTED = 400;
const MOST_NAMED = 20;

/** What another profile would make of the points, on what stands in the database now. Writes nothing. */
@Injectable()
export class PreviewRuleProfile {
  constructor(private readonly assignments: RuleProfileAssignmentRepository, private readonly inputs: ScoringInputsReader, private readonly profiles: ShippedProfiles) {}

  async preview(db: Db, scope: AssignmentScope, fiscalYear: number, to: RuleProfile): Promise<RuleProfilePreview> {
    const documents = await this.assignments.documentsOf(db, scope, fiscalYear);
    const open = documents.filter((document) => !document.isSigned);
    const compared: ComparedScore<DocumentInReach>[] = [];
    const presentOf = new Map<string, RuleProfile>();
    for (const document of open.slice(0, MOST_COMPUTED)) {
      const read = await this.inputs.read(db, document.kind, document.id);
      if (read === null) continue;
      const present = presentOf.get(document.unitPath) ?? (await this.profiles.inForceFor(db, document.unitPath, fiscalYear)).profile;
      presentOf.set(document.unitPath, present);
      compared.push({
        document, rated: document.kind === 'SELF_EVALUATION',
        before: earned(document, scoreTable(read.table, present, read.context)), after: earned(document, scoreTable(read.table, to, read.context)),
      });
    }
    const { changed, ratings, movers } = compareScores(compared, MOST_NAMED);
    return {
      documents: open.length, changed, signedKept: documents.length - open.length, notComputed: Math.max(0, open.length - MOST_COMPUTED), ratings: ratings.map((step) => ({ ...step })),
      movers: movers.map(({ document, before, after, difference }) => ({
        documentKind: document.kind, documentId: document.id, ...titlesOf(document), unitName: document.unitName,
        from: before.points, to: after.points, difference, ratingFrom: before.rating, ratingTo: after.rating,
      })),
    };
  }
}

/** A quarter has points and no rating; only the whole year is rated. */
function earned(document: DocumentInReach, score: TableScore): Earned {
  return document.kind === 'SELF_EVALUATION' ? { points: score.total, rating: score.rating } : { points: score.indicatorPoints, rating: null };
}

function titlesOf(document: DocumentInReach): { title: string; titleEn: string } {
  const [subject, subjectEn] = document.project === null ? ['单位整体', 'The unit as a whole'] : [document.project, document.project];
  return document.ordinal === null ? { title: `${subject} · 年度自评`, titleEn: `${subjectEn} · self-evaluation` }
    : { title: `${subject} · ${document.label ?? ''}`, titleEn: `${subjectEn} · Q${document.ordinal}` };
}
