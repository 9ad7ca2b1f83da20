import { z } from 'zod';
import { readRedisPlace, RedisPlaceError, speaksTls } from './redis-place';
import { readAuthorities } from './read-authorities';

const truth = z.enum(['0', '1', 'true', 'false', '']).transform((text) => text === '1' || text === 'true');
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter((part) => part !== ''));

/** An address of Redis that can be read; a wrong one says how it is written. */
const redisPlace = z.string().min(1).superRefine((url, context) => {
  try { readRedisPlace(url); } catch (error) {
    if (!(error instanceof RedisPlaceError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
});
const redisPrefix = z.string().regex(/^(?:[a-z0-9-]+|\{[a-z0-9-]+\})$/, '只能由小写字母、数字和连字符组成，可整体置于一对花括号内，如 jiheng 或 {jiheng} · only small letters, digits and hyphens, all of it in one pair of braces or none: jiheng or {jiheng}');

/** A file of certificates that can be read; another one says what is wrong with it. */
const authorities = z.string().superRefine((file, context) => {
  const read = readAuthorities(file);
  if (typeof read !== 'string') context.addIssue({ code: 'custom', message: read.wrong });
});

/**
 * Every setting of the server, with its default and its meaning (`.env.example` is made from this schema).
 * Nothing else reads `process.env`.
 */
export const configSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('监听端口 · port to listen on (0 = any free port)'),
  HOST: z.string().default('127.0.0.1').describe('监听地址 · address to listen on; 0.0.0.0 only behind TLS'),
  DATABASE_URL: z.string().min(1).describe('PostgreSQL 连接串（npm start 自动提供）· PostgreSQL connection; npm start provides its own'),
  REDIS_URL: redisPlace.optional().describe('任务队列用 Redis；不填则用 PostgreSQL。单机 redis://:密码@主机:6379，哨兵 redis+sentinel://:密码@主机:26379,主机:26379,主机:26379/主库名称，集群 redis+cluster://:密码@主机:6379,主机:6379,主机:6379 · Redis for the job queue (one server, sentinels, or a cluster; rediss… for TLS); PostgreSQL when absent'),
  REDIS_PREFIX: redisPrefix.default('jiheng').describe('Redis 键前缀，多套系统共用时区分；写成 {jiheng} 则全部键同槽 · prefix of keys, when several houses share one Redis; in braces it keeps all of them in one slot (a cluster behind a proxy)'),
  REDIS_CA_FILE: authorities.optional().describe('Redis 用 TLS（rediss…）且证书由本单位自己的机构签发时，该机构证书（PEM）的文件 · file with the certificate (PEM) of your own authority that signed those of Redis; only with rediss…'),
  DATA_DIR: z.string().default('.data').describe('上传文件等数据的目录 · folder of uploaded files'),
  JIHENG_TODAY: z.string().regex(/^\d{4}-\d{2}-\d{2}$/).optional().describe('演示用“今天” YYYY-MM-DD · the day of demonstrations'),
  JIHENG_ROLE: z.enum(['all', 'api', 'worker']).default('all').describe('本进程做什么 · what this process does: HTTP and jobs, HTTP only, jobs only'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info').describe('日志级别 · log level'),
  WEB_ROOT: z.string().default('dist/apps/web/browser').describe('前端文件目录 · folder of the built web application'),
  SECURE_COOKIES: truth.default(false).describe('仅在 HTTPS 后设为 1 · 1 behind HTTPS: the session cookie then travels over TLS only'),
  TRUST_PROXY: truth.default(false).describe('位于反向代理之后设为 1 · 1 behind a reverse proxy: the client address is read from X-Forwarded-For'),
  JIHENG_DEMONSTRATION: truth.default(false).describe('演示模式（界面给出标识）· demonstration: the screens say so'),
  PULL_ALLOWED_HOSTS: list.default([]).describe('允许取数的主机，逗号分隔；内网须写明地址或“主机=网段” · hosts that may be pulled from, comma separated: host, host:port, 10.1.0.0/16, host=10.1.2.0/24 (private ranges only if listed)'),
  JIHENG_SECRET_KEY: z.string().min(1).optional().describe('取数密码的加密密钥：32 字节 base64，可写多个（逗号分隔），第一个用于加密 · keys that encrypt the passwords of sources: 32 bytes in base64, several separated by commas, the first encrypts'),
  PULL_FOLDER_ROOT: z.string().optional().describe('允许取数的文件夹根目录；各单位只读其下的“单位编码/”和“shared/” · root folder of sheet sources: a unit reads <its code>/ and shared/ below it'),
  MAX_UPLOAD_MB: z.coerce.number().int().min(1).max(200).default(20).describe('单个上传文件上限（MB）· largest upload in MB'),
});

/** The settings this process runs with. A class, so that it can be asked for by its type. */
export class AppConfig {
  declare readonly PORT: number;
  declare readonly HOST: string;
  declare readonly DATABASE_URL: string;
  declare readonly REDIS_URL: string | undefined;
  declare readonly REDIS_PREFIX: string;
  declare readonly REDIS_CA_FILE: string | undefined;
  declare readonly DATA_DIR: string;
  declare readonly JIHENG_TODAY: string | undefined;
  declare readonly JIHENG_ROLE: 'all' | 'api' | 'worker';
  declare readonly LOG_LEVEL: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  declare readonly WEB_ROOT: string;
  declare readonly SECURE_COOKIES: boolean;
  declare readonly TRUST_PROXY: boolean;
  declare readonly JIHENG_DEMONSTRATION: boolean;
  declare readonly PULL_ALLOWED_HOSTS: readonly string[];
  declare readonly JIHENG_SECRET_KEY: string | undefined;
  declare readonly PULL_FOLDER_ROOT: string | undefined;
  declare readonly MAX_UPLOAD_MB: number;

  constructor(values: z.infer<typeof configSchema>) {
    Object.assign(this, values);
  }
}

/** A setting that cannot be used; the message names it and what is wrong, in words a person can act on. */
export class ConfigError extends Error {}

/** Reads the settings. An empty variable counts as absent. Throws {@link ConfigError}. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): AppConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = configSchema.safeParse(given);
  if (parsed.success) {
    const { REDIS_URL: redis, REDIS_CA_FILE: file } = parsed.data;
    // Whoever names an authority believes that nothing travels in the clear.
    if (file !== undefined && redis !== undefined && !speaksTls(redis)) {
      throw new ConfigError('环境变量有误 · settings are wrong: REDIS_CA_FILE: 只用于 TLS，而 REDIS_URL 不是以 rediss 开头；请改写 REDIS_URL，或去掉 REDIS_CA_FILE · it is for TLS, and REDIS_URL does not begin with rediss; change REDIS_URL or leave REDIS_CA_FILE out');
    }
    return new AppConfig(parsed.data);
  }
  const lines = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  throw new ConfigError(`环境变量有误 · settings are wrong: ${lines}`);
}
