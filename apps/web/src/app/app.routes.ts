import { Routes } from '@angular/router';
import { askBeforeLeaving } from './target-table/leave-guard';
import { mayEnter, mayLeaveOpen, mustSetUp, onlyAdministrator } from './session/session-guard';

/** Every page is loaded when it is first asked for; the sign-in page comes without the shell and its widgets. Titles: `中文|English`. */
export const routes: Routes = [
  { path: 'sign-in', title: '登录|Sign in', canActivate: [mayLeaveOpen], loadComponent: () => import('./session/sign-in-page').then((m) => m.SignInPage) },
  { path: 'away', title: '服务暂时连接不上|The service is away', loadComponent: () => import('./session/away-page').then((m) => m.AwayPage) },
  { path: 'setup', title: '首次设置|First set-up', canActivate: [mustSetUp], loadComponent: () => import('./setup/setup-page').then((m) => m.SetupPage) },
  { path: 'password', title: '修改密码|Change password', canActivate: [mayEnter], loadComponent: () => import('./session/password-page').then((m) => m.PasswordPage) },
  {
    path: '',
    canActivate: [mayEnter],
    loadComponent: () => import('./shell/shell').then((m) => m.Shell),
    children: [
      { path: '', pathMatch: 'full', redirectTo: 'work' },
      { path: 'work', title: '我的工作|My work', loadComponent: () => import('./my-work/my-work-page').then((m) => m.MyWorkPage) },
      { path: 'tables', title: '绩效目标表|Target tables', loadComponent: () => import('./target-table/target-tables-page').then((m) => m.TargetTablesPage) },
      { path: 'tables/new', title: '新建目标表|New target table', canDeactivate: [askBeforeLeaving], loadComponent: () => import('./target-table/table-editor-page').then((m) => m.TableEditorPage) },
      { path: 'tables/:id/edit', title: '编辑目标表|Edit the target table', canDeactivate: [askBeforeLeaving], loadComponent: () => import('./target-table/table-editor-page').then((m) => m.TableEditorPage) },
      { path: 'tables/:id', title: '绩效目标表|Target table', loadComponent: () => import('./target-table/target-table-page').then((m) => m.TargetTablePage) },
      { path: 'import', title: '导入目标表|Import tables', loadComponent: () => import('./document-import/import-page').then((m) => m.ImportPage) },
      { path: 'import/:id', title: '核对导入|Check an import', loadComponent: () => import('./document-import/staging-page').then((m) => m.StagingPage) },
      { path: 'reports/:id/entry', title: '季度填报|Quarterly entry', loadComponent: () => import('./actual-entry/actual-entry-page').then((m) => m.ActualEntryPage) },
      { path: 'reports/:id/review', title: '审核与签字|Review and sign-off', loadComponent: () => import('./sign-off/review-page').then((m) => m.ReviewPage) },
      { path: 'self-evaluations/:id', title: '单位自评|Self-evaluation', loadComponent: () => import('./self-evaluation/self-evaluation-page').then((m) => m.SelfEvaluationPage) },
      { path: 'roll-up', title: '区域汇总|Regional roll-up', loadComponent: () => import('./roll-up/roll-up-page').then((m) => m.RollUpPage) },
      { path: 'jobs', title: '后台任务|Jobs', loadComponent: () => import('./jobs/jobs-page').then((m) => m.JobsPage) },
      { path: 'sources', title: '取数来源|Pull sources', canDeactivate: [askBeforeLeaving], loadComponent: () => import('./jobs/pull-sources-page').then((m) => m.PullSourcesPage) },
      { path: 'sources/:id', title: '取数来源设置|Source', canDeactivate: [askBeforeLeaving], loadComponent: () => import('./jobs/source-care-page').then((m) => m.SourceCarePage) },
      { path: 'reconciliation', title: '取数核对|Reconciliation', loadComponent: () => import('./reconciliation/reconciliation-page').then((m) => m.ReconciliationPage) },
      { path: 'self-check', title: '规则自检|Rule check', loadComponent: () => import('./self-check/self-check-page').then((m) => m.SelfCheckPage) },
      { path: 'rule-profiles', title: '评分规则|Scoring rules', canDeactivate: [askBeforeLeaving], loadComponent: () => import('./rule-profiles/rule-profiles-page').then((m) => m.RuleProfilesPage) },
      { path: 'people', title: '人员与单位|People and units', canActivate: [onlyAdministrator], loadComponent: () => import('./people/people-page').then((m) => m.PeoplePage) },
      // The server names documents by their resource; these are the pages for them.
      { path: 'target-tables/:id', redirectTo: 'tables/:id' },
      { path: 'monitoring-reports/:id', redirectTo: 'reports/:id/entry' },
      { path: 'pulls', redirectTo: 'sources' },
      { path: '**', title: '没有这个页面|Page not found', loadComponent: () => import('./shell/not-found-page').then((m) => m.NotFoundPage) },
    ],
  },
];
