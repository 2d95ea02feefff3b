/** @import {InitRoomConfig, PublishConfig, PublishSlot, RecordParam, SourceConfig, SubscribeSlot} from './configs.js' */
/** @import {Route} from '../core/link.js' */

/** Sizes of `video_profile_type`. */
export const TIERS = Object.freeze({
  1: { width: 1280, height: 720 },
  2: { width: 640, height: 480 },
  3: { width: 640, height: 360 },
  4: { width: 720, height: 1280 },
  5: { width: 360, height: 640 },
});
/** kbit/s */
export const BITRATE_DEFAULT = 600;
const TURN_PORT = 3478;

/**
 * What InitRoomConfig said, checked.
 *
 * @typedef {object} RoomPlan
 * @property {boolean} subscribes by itself
 * @property {boolean} publishes by itself
 * @property {SubscribeSlot[]} slots
 * @property {PublishConfig[]} streams to be published
 * @property {string} thirdId
 * @property {boolean} analyser
 * @property {'all' | 'relay'} through
 * @property {string} turnServer
 * @property {string[]} relayIps
 * @property {boolean} isLive
 * @property {{strong: boolean, thirdId: string, filePath: string, param: RecordParam | undefined} | null} record from the start
 */

/** A parameter that cannot be; the message names it. */
export class BadParameter extends Error {}

/**
 * @param {InitRoomConfig} config
 * @param {{bizName: string, subBiz: string, uid: string}} me
 * @returns {RoomPlan}
 * @throws {BadParameter}
 */
export function planOf(config, me) {
  if (config === null || typeof config !== 'object') throw new BadParameter('config_param is missing');
  oneOf(config, 'auto_publish_subscribe', [1, 2, 3, 4], true);
  oneOf(config, 'transport_', ['all', 'relay']);
  oneOf(config, 'publish_type', [2, 3]);
  for (const name of /** @type {const} */ (['bizName', 'subBiz', 'uid'])) {
    const given = config[name];
    if (given !== undefined && given !== '' && String(given) !== me[name]) throw new BadParameter(`${name} is another than at Connect`);
  }
  if (config.publish_type === 3 && !config.liveUrl) throw new BadParameter('publish_type 3 needs liveUrl');
  if (config.filePath && !config.defaultRecord) throw new BadParameter('filePath needs defaultRecord');
  const auto = config.auto_publish_subscribe;
  const subscribes = auto === 1 || auto === 3;
  const publishes = auto === 2 || auto === 3;
  if (subscribes && !Array.isArray(config.initSubscribe)) throw new BadParameter('initSubscribe is missing');
  if (publishes && !(Array.isArray(config.initPublish) && config.initPublish.length > 0)) throw new BadParameter('initPublish is missing');
  return {
    subscribes,
    publishes,
    slots: subscribes ? (config.initSubscribe ?? []).map((slot) => slot ?? {}) : [],
    streams: publishes ? (config.initPublish ?? []).map((slot) => streamOf(config, slot)) : [],
    thirdId: String(config.third_id ?? ''),
    analyser: config.need_volume_analyser === true,
    through: config.transport_ ?? 'all',
    turnServer: config.defaultTurnServer ?? '',
    relayIps: (config.ice_relay_ip_array ?? '').split(';').flatMap((ip) => ip.trim() || []),
    isLive: config.publish_type === 3,
    record: config.defaultRecord
      ? {
          strong: config.recordStrongDepend !== false,
          thirdId: config.record_third_id ?? '',
          filePath: config.filePath ?? '',
          param: config.recordParam,
        }
      : null,
  };
}

/**
 * @param {InitRoomConfig} config
 * @param {PublishSlot} slot
 * @returns {PublishConfig}
 */
function streamOf(config, slot) {
  checkSource(config);
  const { initPublish: _, initSubscribe: __, ...rest } = config;
  return /** @type {PublishConfig} */ ({ ...rest, ...slot });
}

/**
 * @param {Partial<SourceConfig>} config
 * @throws {BadParameter}
 */
export function checkSource(config) {
  oneOf(config, 'media_type', [1, 2, 3], true);
  oneOf(config, 'publish_device', [1, 2, 3, 4], true);
  checkPicture(config);
  if (config.publish_bitrate !== undefined && !(Number(config.publish_bitrate) > 0)) throw new BadParameter('publish_bitrate is not above 0');
}

/**
 * @param {Pick<Partial<SourceConfig>, 'video_profile_type' | 'aspectRatioStrongDepend' | 'aspectRatio'>} config
 * @throws {BadParameter}
 */
export function checkPicture(config) {
  oneOf(config, 'video_profile_type', [1, 2, 3, 4, 5]);
  if (config.aspectRatioStrongDepend) oneOf(config, 'aspectRatio', ['1', '2', 1, 2], true);
}

/**
 * @template {object} T
 * @param {T} config
 * @param {keyof T & string} name
 * @param {unknown[]} values
 * @param {boolean} [needed]
 */
function oneOf(config, name, values, needed = false) {
  const value = config[name];
  if (value === undefined && !needed) return;
  if (!values.includes(value)) throw new BadParameter(`${name} is none of ${values.join(', ')}`);
}

/**
 * How media may travel, by the plan and what the server offers.
 *
 * @param {RoomPlan} plan
 * @param {'all' | 'tcp' | 'udp'} protocol
 * @returns {Route}
 */
export function routeOf(plan, protocol) {
  const servers = [plan.turnServer, ...plan.relayIps].flatMap((address) => (address ? [turnOf(address, plan.turnServer)] : []));
  return { protocol, through: plan.through, iceServers: servers.length > 0 ? servers : undefined };
}

/**
 * @param {string} address `turn:host:port?transport=tcp`, `user:password@host:port`, or an IP address alone: then port and credentials are those of `model`
 * @param {string} model
 * @returns {RTCIceServer}
 */
export function turnOf(address, model) {
  const own = partsOf(address);
  const other = partsOf(model);
  const port = own.port ?? other.port ?? TURN_PORT;
  const scheme = own.scheme ?? other.scheme ?? 'turn';
  return {
    urls: `${scheme}:${own.host}:${port}${own.query || other.query}`,
    username: own.username ?? other.username ?? '',
    credential: own.credential ?? other.credential ?? '',
  };
}

/** @param {string} address */
function partsOf(address) {
  const [, scheme, user, password, host = '', port, query = ''] =
    /^(?:(turns?):)?(?:([^:@]+):([^@]+)@)?(\[[^\]]+]|[^:?]*)(?::(\d+))?(\?.*)?$/.exec(address.trim()) ?? [];
  return { scheme, username: user, credential: password, host, port: port === undefined ? undefined : Number(port), query };
}
