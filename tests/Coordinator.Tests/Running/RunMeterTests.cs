using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Nudge.Coordinator.Tests.Hosting;
using Nudge.Links;
using Nudge.Running;
using Nudge.Training;

namespace Nudge.Coordinator.Tests.Running;

/// <summary>What a collector learns about a run.</summary>
public sealed class RunMeterTests
{
    [Fact]
    public void Its_instruments_read_what_the_session_has_published_last()
    {
        using var meter = new RunMeter();
        IRunObserver observer = meter;
        Assert.DoesNotContain(Read(), one => one.Key != "nudge.run.gated");

        observer.Moved(new(120, 260, double.NaN, 6000, 1, 0.5, []));
        Assert.DoesNotContain("nudge.run.running_accuracy", Read().Keys);
        observer.Moved(new(240, 500, 0.5, 12_000, 1, 0.5, [new Evaluation(200, 80, 50, 0)]));
        observer.Sampled(SampleRun.Rows[1]);
        observer.Counted([new LedgerEntry("image-hidden.forward", 100, 90, 7, 1, 0, 2, 5, 3)]);

        Dictionary<string, double> read = Read();
        Assert.Equal(240, read["nudge.run.presentations"]);
        Assert.Equal(500, read["nudge.run.phases"]);
        Assert.Equal(0.625, read["nudge.run.accuracy"]);
        Assert.Equal(0.5, read["nudge.run.running_accuracy"]);
        Assert.Equal(24, read["nudge.run.gated"]);
        Assert.Equal(90, read["nudge.run.messages link=image-hidden.forward outcome=delivered"]);
        Assert.Equal(7, read["nudge.run.messages link=image-hidden.forward outcome=lost"]);
    }

    [Fact]
    public async Task A_run_sends_them_to_the_collector_that_the_environment_names()
    {
        using var folder = new TemporaryFolder();
        using var collector = new HttpListener();
        string address = $"http://127.0.0.1:{Ports.Free()}/";
        collector.Prefixes.Add(address);
        collector.Start();
        Task<string> received = ReceiveAsync(collector);

        Ended run = await NudgeProcess.RunWithAsync(
            new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
            folder.Path,
            ["run", "digits", "--quiet", "--set", "run.presentations=60", "--set", "data.train=100", "--set", "data.test=20"]);

        Assert.True(run.Code == 0, run.Error);
        collector.Stop();
        string text = await received;
        foreach (string expected in new[]
        {
            "nudge.run.name", "nudge.run.seed", "nudge.run.engine", "virtual", "nudge.run.presentations", "nudge.run.phases",
            "nudge.run.accuracy", "nudge.run.running_accuracy", "nudge.run.messages", "hidden-label.forward", "outcome", "nudge.run.gated",
        })
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, double> Read()
    {
        var read = new Dictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == RunMeter.Name)
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => read[NameOf(instrument, tags)] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => read[NameOf(instrument, tags)] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return read;
    }

    private static string NameOf(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string name = instrument.Name;
        foreach ((string key, object? value) in tags)
            name += $" {key}={value}";
        return name;
    }

    // Names are text among the bytes of a message.
    private static async Task<string> ReceiveAsync(HttpListener collector)
    {
        var all = new StringBuilder();
        try
        {
            while (true)
            {
                HttpListenerContext context = await collector.GetContextAsync();
                using (var reader = new StreamReader(context.Request.InputStream, Encoding.Latin1))
                    all.Append(await reader.ReadToEndAsync());
                context.Response.Close();
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            return all.ToString();
        }
    }
}
