using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Nudge.Actors;

namespace Nudge.Bench.Wire;

/// <summary>The receiving process: this program, started again. It ends when its standard input does.</summary>
internal sealed class OtherProcess : IDisposable
{
    internal const string Command = "wire-receiver";
    private readonly Process _process;

    private OtherProcess(Process process, int[] ports)
    {
        _process = process;
        Ports = ports;
    }

    /// <summary>Where it listens, in the order of <see cref="WireComparison"/>.</summary>
    internal int[] Ports { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    internal static OtherProcess Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(OtherProcess).Assembly.Location);
        start.ArgumentList.Add(Command);
        Process process = Process.Start(start)!;
        string line = process.StandardOutput.ReadLine() ?? throw new IOException("the other process has ended");
        return new(process, [.. line.Split(' ').Select(port => int.Parse(port, CultureInfo.InvariantCulture))]);
    }

    /// <summary>What it does.</summary>
    internal static void Run(TextWriter output)
    {
        ActorSystem[] systems = [WireSystems.Nudge(), WireSystems.Bare(false), WireSystems.Bare(true)];
        systems[0].ActorOf(Props.Create(() => new CountingActor(AskActivity.Always)), CountingActor.Name);
        foreach (ActorSystem bare in systems[1..])
            bare.ActorOf(Props.Create(() => new CountingActor(new byte[] { 1 })), CountingActor.Name);
        output.WriteLine(string.Join(' ', systems.Select(WireSystems.Port).Append(PlainReceiver.Start())));
        Console.OpenStandardInput().CopyTo(Stream.Null);
        foreach (ActorSystem system in systems)
            system.Terminate().GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();
        _process.Dispose();
    }
}
