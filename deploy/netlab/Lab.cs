using Nudge.Netlab.Devices;
using Nudge.Netlab.Forwarding;
using Nudge.Netlab.Hosts;

namespace Nudge.Netlab;

/// <summary>Hosts with a network between them, as long as this object exists.</summary>
internal sealed class Lab : IDisposable
{
    private readonly LabClaim _claim;
    private readonly IReadOnlyList<Host> _hosts;
    private readonly List<TunDevice> _devices = [];
    private Forwarder? _forwarder;

    private Lab(LabClaim claim, IReadOnlyList<Host> hosts)
    {
        _claim = claim;
        _hosts = hosts;
    }

    internal Forwarder Forwarder => _forwarder ?? throw new InvalidOperationException("The lab did not open.");

    internal static Lab Open(IReadOnlyList<Host> hosts, ulong seed, Conditions conditions)
    {
        Requirements.ThrowIfMissing();
        var lab = new Lab(LabClaim.Take(hosts[0].Lab), hosts);
        try
        {
            lab.Build(seed, conditions);
            return lab;
        }
        catch
        {
            lab.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _forwarder?.Dispose();
        foreach (TunDevice device in _devices)
            device.Dispose();
        foreach (Host host in _hosts.Where(Namespaces.Exists))
            Namespaces.Remove(host);
        _claim.Dispose();
    }

    private void Build(ulong seed, Conditions conditions)
    {
        foreach (Host host in _hosts)
        {
            Namespaces.Add(host);
            _devices.Add(TunDevice.Create(host));
            Namespaces.Connect(host);
        }

        _forwarder = new(_devices, seed) { Conditions = conditions };
        _forwarder.Start();
    }
}
