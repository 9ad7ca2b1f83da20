import 'reflect-metadata';
import { AppModule } from './app.module';
import { readConfig } from './platform/config/app-config';
import { makeServer } from './platform/http/make-server';

const config = readConfig(process.env);
const app = await makeServer(AppModule.forRoot(config), config);
await app.listen(config.PORT, config.HOST);
console.log(`JIHENG_READY ${await app.getUrl()}`);
