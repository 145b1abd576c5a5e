import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Networks that are not public (IANA special-purpose registries); a webhook there would reach into the data centre. */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Of IPv6 only 2000::/3 is public, without the parts that stand for IPv4 addresses or documentation. */
const PUBLIC_IPV6 = ['2000::/3'];
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/**
 * Decides which addresses webhooks may call: public ones, and the networks that the administrator named. It looks at
 * the address that is really connected to, after the name was resolved, so that a name cannot point inside.
 */
export class NetworkGuard {
  private readonly allowed: BlockList;
  private readonly specialIpv4 = listOf('WEBHOOK_ALLOWED_NETWORKS', SPECIAL_IPV4);
  private readonly publicIpv6 = listOf('WEBHOOK_ALLOWED_NETWORKS', PUBLIC_IPV6);
  private readonly specialIpv6 = listOf('WEBHOOK_ALLOWED_NETWORKS', SPECIAL_IPV6);

  /** @param allowedNetworks in CIDR form; @throws Error naming the setting for anything else */
  constructor(allowedNetworks: readonly string[]) {
    this.allowed = listOf('WEBHOOK_ALLOWED_NETWORKS', allowedNetworks);
  }

  permits(address: string): boolean {
    // An IPv4 address in IPv6 clothes is judged as what it is.
    const ip = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(ip);
    if (family === 0) return false;
    if (this.allowed.check(ip, family === 4 ? 'ipv4' : 'ipv6')) return true;
    if (family === 4) return !this.specialIpv4.check(ip, 'ipv4');
    return this.publicIpv6.check(ip, 'ipv6') && !this.specialIpv6.check(ip, 'ipv6');
  }

  /** Resolves a name as the system does, and refuses it when any of its addresses is not permitted. */
  readonly lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const first = addresses[0];
      if (!first || addresses.some(({ address }) => !this.permits(address))) {
        callback(new Error(`${hostname} is not in a network that webhooks may call`), '', 0);
      } else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function listOf(setting: string, networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [, address = '', prefix = ''] = /^(.+)\/(\d{1,3})$/.exec(network) ?? [];
    const family = isIP(address);
    if (family === 0 || Number(prefix) > (family === 4 ? 32 : 128)) {
      throw new Error(`${setting} names "${network}"; networks are written 10.1.0.0/16 or fd00::/8.`);
    }
    list.addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/** Networks of `WEBHOOK_ALLOWED_NETWORKS`, in CIDR form, separated by commas: not public, and callable nevertheless. */
export function readAllowedNetworks(environment: NodeJS.ProcessEnv): string[] {
  return (environment['WEBHOOK_ALLOWED_NETWORKS'] ?? '')
    .split(',')
    .flatMap((network) => network.trim() || []);
}
