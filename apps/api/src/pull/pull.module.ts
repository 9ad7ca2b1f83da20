import { Module } from '@nestjs/common';
import { BudgetUnitModule } from '../budget-unit/budget-unit.module';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { BindingRules } from './binding/binding-rules';
import { BindingsController } from './binding/bindings.controller';
import { BindingsQuery } from './binding/bindings.query';
import { ChangeBindings } from './binding/change-bindings.service';
import { ObservationOriginQuery } from './binding/observation-origin.query';
import { PreviewBindings } from './binding/preview-bindings.service';
import { AskSource } from './ask-source.service';
import { ChangePullSource } from './change-pull-source.service';
import { Connectors } from './connectors/connectors';
import { CreatePullSource } from './create-pull-source.service';
import { DeletePullSource } from './delete-pull-source.service';
import { AllowedHostsView } from './egress/allowed-hosts-view';
import { PullController } from './pull.controller';
import { PullRepository } from './pull.repository';
import { PullSourceRules } from './pull-source-wish';
import { PullSourcesQuery } from './pull-sources.query';
import { ReconciliationController } from './reconcile/reconciliation.controller';
import { ReconciliationQuery } from './reconcile/reconciliation.query';
import { RunPullHandler } from './run-pull.handler';
import { RunPull } from './run-pull.service';
import { ChangeSchedule } from './schedule/change-schedule.service';
import { RingDueSchedulesHandler } from './schedule/ring-due-schedules.handler';
import { RingDueSchedules } from './schedule/ring-due-schedules.service';
import { ScheduleController } from './schedule/schedule.controller';
import { ScheduleRepository } from './schedule/schedule.repository';
import { ScheduleOfSource } from './schedule/schedule-of-source.service';
import { PullSecretRepository } from './secrets/pull-secret.repository';
import { PullSecrets } from './secrets/pull-secrets';
import { SilenceOfSource } from './silence-of-source.service';
import { SourceRevisions } from './source-revision';
import { BringPullForward } from './bring-pull-forward.service';
import { StartPull } from './start-pull.service';
import { TakeOverSource } from './take-over-source.service';
import { TryPullSource } from './try-pull-source.service';

/** Fetching actuals from elsewhere. */
@Module({
  imports: [BudgetUnitModule, MonitoringModule],
  controllers: [PullController, BindingsController, ScheduleController, ReconciliationController],
  providers: [Connectors, AskSource, PullSecrets, PullSecretRepository, PullRepository, PullSourcesQuery, PullSourceRules, CreatePullSource, ChangePullSource, DeletePullSource, SourceRevisions, TakeOverSource, AllowedHostsView, TryPullSource, BringPullForward, StartPull, RunPull, SilenceOfSource, RunPullHandler, BindingRules, BindingsQuery, ChangeBindings, PreviewBindings, ObservationOriginQuery,
    ScheduleRepository, ScheduleOfSource, ChangeSchedule, RingDueSchedules, RingDueSchedulesHandler, ReconciliationQuery],
})
export class PullModule {}
