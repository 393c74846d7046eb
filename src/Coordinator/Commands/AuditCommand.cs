using Nudge.Audit;
using Nudge.Catalogue;
using Nudge.Experiments;
using Nudge.Reports;
using Nudge.Running;

namespace Nudge.Commands;

/// <summary><c>nudge audit</c>: measures what plasticity rules carry from phase to phase.</summary>
internal static class AuditCommand
{
    internal static int Execute(string? file, IReadOnlyList<string> set, string[] plugins, DataFolder data, bool json)
    {
        IReadOnlyList<CarriedReport> reports = file is null
            ? OfEachRule(PluginOption.Catalogue(plugins))
            : [OfExperiment(file, [.. PluginOption.Assignments(plugins), .. set], data)];
        if (json)
            Console.Out.WriteLine(AuditJson.Of(reports));
        else
            AuditTable.Print(Console.Out, !Console.IsOutputRedirected, reports);
        return ExitCode.Done;
    }

    private static IReadOnlyList<CarriedReport> OfEachRule(DefinitionCatalogue catalogue) =>
    [
        .. AuditNetworks.Of(catalogue).Select(one =>
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
