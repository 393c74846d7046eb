using System.CommandLine;

namespace Nudge.Netlab.Commands;

internal static class LabCommandLine
{
    internal static RootCommand Create() => new(
        "Several hosts on one machine, with a network between them that is as bad as one wants.\n\n"
        + "  netlab up --hosts 3 --delay 20ms --jitter 10ms --loss 0.05 --seed 1\n"
        + "  netlab run 1 -- nudge node --host 10.77.0.1 --port 4053\n"
        + "  netlab run 2 -- netlab ping 10.77.0.1\n\n"
        + "Needs Linux, root, iproute2 and /dev/net/tun; exit code 3 means that something of this is missing.")
    {
        UpCommand.Create(),
        RunCommand.Create(),
        PingCommand.Create(),
        DownCommand.Create(),
    };

    /// <summary>The name of a lab: it begins the names of its namespaces.</summary>
    internal static Option<string> Name()
    {
        var name = new Option<string>("--name")
        {
            Description = "The name of the lab: its namespaces are NAME-1, NAME-2, …",
            DefaultValueFactory = _ => "nudge",
        };
        name.Validators.Add(result =>
        {
            string text = result.GetValueOrDefault<string>();
            if (text.Length is 0 or > 32 || !text.All(letter => char.IsAsciiLetterOrDigit(letter)))
                result.AddError("--name: expected 1 to 32 letters and digits");
        });
        return name;
    }
}
