using Nudge.Audit;
using Nudge.Experiments;
using Nudge.Reports;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary><c>nudge audit</c>: measures what plasticity rules carry from phase to phase.</summary>
internal static class AuditCommand
{
    internal static int Execute(string? file, IReadOnlyList<string> overrides, DataFolder data, bool json)
    {
        IReadOnlyList<CarriedReport> reports = file is null ? BuiltIn() : [OfExperiment(file, overrides, data)];
        if (json)
            Console.Out.WriteLine(AuditJson.Of(reports));
        else
            AuditTable.Print(Console.Out, !Console.IsOutputRedirected, reports);
        return ExitCode.Done;
    }

    private static IReadOnlyList<CarriedReport> BuiltIn() =>
    [
        .. AuditNetworks.Of(Definitions.All).Select(one =>
            CarriedState.Measure(one.Plan, AuditNetworks.Examples) with { Rule = one.Name }),
    ];

    private static CarriedReport OfExperiment(string file, IReadOnlyList<string> overrides, DataFolder data)
    {
        LoadedExperiment experiment = ExperimentFile.Load(file, overrides, null);
        ExperimentWarnings.Print(experiment);
        PreparedRun run = PreparedRun.Load(experiment, data);
        return CarriedState.Measure(run.Network, run.Data.Train);
    }
}
