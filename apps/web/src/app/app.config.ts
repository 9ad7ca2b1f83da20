import { ApplicationConfig, provideBrowserGlobalErrorListeners, provideZonelessChangeDetection } from '@angular/core';
import { provideRouter, withComponentInputBinding, withInMemoryScrolling } from '@angular/router';
import { PullCareApi } from './api/pull-care-api';
import { OriginReader } from './ui/candidate/origin-reader';
import { routes } from './app.routes';
import { providePageTitle } from './shell/page-title';

export const appConfig: ApplicationConfig = {
  providers: [
    { provide: OriginReader, useExisting: PullCareApi },
    provideBrowserGlobalErrorListeners(),
    provideZonelessChangeDetection(),
    provideRouter(routes, withComponentInputBinding(), withInMemoryScrolling({ scrollPositionRestoration: 'enabled', anchorScrolling: 'enabled' })),
    providePageTitle(),
  ],
};
