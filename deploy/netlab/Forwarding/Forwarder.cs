using System.Diagnostics;
using Nudge.Netlab.Devices;
using Nudge.Netlab.Hosts;

namespace Nudge.Netlab.Forwarding;

/// <summary>Carries packets between the devices of the hosts: one thread reads each, one delivers.</summary>
internal sealed class Forwarder : IDisposable
{
    private const int LongestPacket = 65_536;
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private readonly IReadOnlyList<TunDevice> _devices;
    private readonly Dictionary<LinkName, Link> _links;
    private readonly DelayLine _line = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _failed = new();
    private readonly List<Thread> _threads = [];
    private volatile Conditions _conditions = new();
    private volatile Cuts _cuts = Cuts.None;
    private volatile Exception? _failure;

    internal Forwarder(IReadOnlyList<TunDevice> devices, ulong seed)
        : this(devices, devices.Count, seed)
    {
    }

    /// <summary>Hosts without devices carry nothing: for asking what commands do.</summary>
    internal Forwarder(int hosts, ulong seed)
        : this([], hosts, seed)
    {
    }

    private Forwarder(IReadOnlyList<TunDevice> devices, int hosts, ulong seed)
    {
        _devices = devices;
        Hosts = hosts;
        IEnumerable<int> numbers = Enumerable.Range(1, hosts);
        _links = numbers
            .SelectMany(from => numbers.Where(to => to != from).Select(to => new LinkName(from, to)))
            .ToDictionary(name => name, name => new Link(name, seed));
    }

    internal int Hosts { get; }

    internal Conditions Conditions
    {
        get => _conditions;
        set => _conditions = value;
    }

    internal Cuts Cuts
    {
        get => _cuts;
        set => _cuts = value;
    }

    /// <summary>Is cancelled when a thread of this failed.</summary>
    internal CancellationToken Failed => _failed.Token;

    internal void Start()
    {
        for (int host = 1; host <= _devices.Count; host++)
        {
            int from = host;
            Run(() => Read(from));
        }

        Run(Deliver);
    }

    internal void ThrowIfFailed()
    {
        if (_failure is not null)
            throw new LabException($"forwarding failed: {_failure.Message}");
    }

    internal IEnumerable<LinkStatistics> Statistics() => _links.Values.Select(link => link.Statistics());

    public void Dispose()
    {
        _stop.Cancel();
        _line.Close();
        foreach (Thread thread in _threads)
            thread.Join();
        _stop.Dispose();
        _failed.Dispose();
    }

    private void Run(Action loop)
    {
        var thread = new Thread(() =>
        {
            try
            {
                loop();
            }
            catch (Exception error)
            {
                _failure = error;
                _failed.Cancel();
            }
        });
        _threads.Add(thread);
        thread.Start();
    }

    private void Read(int from)
    {
        byte[] buffer = new byte[LongestPacket];
        while (!_stop.IsCancellationRequested)
        {
            int bytes = _devices[from - 1].Read(buffer, PollInterval);
            ReadOnlySpan<byte> packet = buffer.AsSpan(0, bytes);
            // What is for no host in the lab, as a kernel's own router solicitations, is no traffic between hosts.
            if (Ipv4.Destination(packet) is int to && _links.TryGetValue(new(from, to), out Link? link))
                Admit(link, packet);
        }
    }

    private void Admit(Link link, ReadOnlySpan<byte> packet)
    {
        long now = Stopwatch.GetTimestamp();
        if (link.Admit(now, _conditions, _cuts) is long due)
            _line.Add(new(link, packet.ToArray(), now, due));
    }

    private void Deliver()
    {
        while (_line.Next() is Flight flight)
        {
            if (_cuts.Has(flight.Link.Name))
            {
                flight.Link.LoseToCut();
                continue;
            }

            _devices[flight.Link.Name.To - 1].Write(flight.Packet);
            flight.Link.Deliver(flight.Admitted, Stopwatch.GetTimestamp());
        }
    }
}
