using Nudge.Testing;

namespace Nudge.Coordinator.Tests.Architecture;

/// <summary>The folders of the coordinator depend in one direction, and no namespace exists in two projects.</summary>
public sealed class LayerTests
{
    [Fact]
    public void Folders_name_lower_layers_only() => LayerCheck.Hold("Coordinator", """
        Stimuli Recording Statistics Plugins    # data sets; files of a run; statistics of many runs; outside assemblies
        Experiments                             # experiment files and their settings
        Running                                 # one run and pools of runs; interfaces of progress and figures
        Measurements Exports                    # what runs are compared by, variance of the updates; networks for other programs
        Reproductions Sweeps                    # arms, claims and verdicts; grids, rows and tables
        Reproductions/Results Sweeps/Analysis   # what their runs gave, as plain results
        Reports                                 # progress, tables and figures of all results
        Reports/Sweeps Reports/Runs             # the report of a sweep; that of a run
        Watching                                # the page of a run: frames, commands, server
        Commands                                # puts them together
        .
        """);

    [Fact]
    public void A_namespace_belongs_to_one_project() =>
        LayerCheck.HoldNamespacesApart("Neurons", "Analysis", "Cluster", "Coordinator");
}
