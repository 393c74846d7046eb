using System.Net;
using System.Net.Sockets;

namespace Nudge.Hosting;

/// <summary>
/// Turns seeds into the places under which nodes know themselves. A name may stand for several machines, as a headless
/// service does; then each is a seed under its address, in an order that all of them agree on, and the first of them
/// begins the cluster if it finds none.
/// </summary>
internal static class SeedNames
{
    internal delegate Task<IPAddress[]> Lookup(string name);

    /// <summary>The places to try, in order; a place of our own is written as we write it.</summary>
    internal static async Task<IReadOnlyList<HostPort>> ResolveAsync(
        IReadOnlyList<HostPort> seeds, HostPort self, Lookup lookup)
    {
        var places = new List<HostPort>();
        IPAddress[] own = await AddressesAsync(self.Host, lookup);
        foreach (HostPort seed in seeds)
            places.AddRange(await PlacesOfAsync(seed, self, own, lookup));
        return [.. places.Distinct()];
    }

    /// <summary>The system's own way to look up names; nothing for a name that is not known yet.</summary>
    internal static async Task<IPAddress[]> AskSystemAsync(string name)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(name);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private static async Task<HostPort[]> PlacesOfAsync(HostPort seed, HostPort self, IPAddress[] own, Lookup lookup)
    {
        if (seed == self)
            return [self];
        IPAddress[] addresses = await AddressesAsync(seed.Host, lookup);
        HostPort[] places = [.. addresses.Select(address => seed.Port == self.Port && own.Contains(address)
            ? self
            : seed with { Host = HostPort.NameOf(address.ToString()) })];
        if (IPAddress.TryParse(seed.Host, out _))
            return places;
        // One machine is likely to know itself by its name, one of many by its address.
        return places is [var only] && only == self ? places : places.Length > 1 ? [.. places, seed] : [seed, .. places];
    }

    private static async Task<IPAddress[]> AddressesAsync(string host, Lookup lookup) =>
        IPAddress.TryParse(host, out IPAddress? address)
            ? [address]
            : [.. (await lookup(host)).OrderBy(each => Convert.ToHexString(each.GetAddressBytes()), StringComparer.Ordinal)];
}
