using System.CommandLine;
using System.Globalization;

namespace Nudge.Commands;

/// <summary>Options of a run that is watched.</summary>
internal sealed class WatchOptions
{
    private const string NoLimit = "max";

    private readonly Option<bool> _watch = new("--watch")
    {
        Description = "Serve a page on which the run is watched and steered: print its address, and begin when it is opened. The result "
            + "is the same to the bit unless something is changed on the page.",
    };

    private readonly Option<int> _port = new("--watch-port")
    {
        Description = "With --watch: the port of the page on 127.0.0.1. Default: any that is free.",
        HelpName = "PORT",
        CustomParser = result => Number.Of<int>(result, "--watch-port", 1, 65535),
    };

    private readonly Option<bool> _record = new("--record")
    {
        Description = "Keep what the page would show at 400 moments of the run, so that nudge watch DIR plays it afterwards.",
    };

    private readonly Option<double?> _speed = new("--speed")
    {
        Description = "The most time of the network, in τ, that may pass in a second, or max for no limit. Default: max, and with --watch "
            + "as much as lets a small run take two minutes. The page can change it.",
        HelpName = "TAU",
        CustomParser = result =>
        {
            string text = result.Tokens[^1].Value;
            if (text == NoLimit)
                return double.PositiveInfinity;
            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double speed) && speed > 0)
                return speed;
            result.AddError($"--speed: found {text}; expected a number greater than 0, or {NoLimit}");
            return null;
        },
    };

    internal void AddTo(Command command)
    {
        command.Add(_watch);
        command.Add(_port);
        command.Add(_speed);
        command.Add(_record);
        command.AddCheck(result =>
        {
            // What is no number is reported as that.
            if (result.GetResult(_port) is { Implicit: false } given && Number.IsOne(given) && !result.GetValue(_watch))
                result.AddError("--watch-port: only with --watch");
        });
    }

    internal bool IsAsked(ParseResult parsed) => parsed.GetValue(_watch);

    internal bool Records(ParseResult parsed) => parsed.GetValue(_record);

    internal int Port(ParseResult parsed) => parsed.GetValue(_port);

    internal double? Speed(ParseResult parsed) => parsed.GetValue(_speed);
}
