using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Nudge.Coordinator.Tests.LongestFirst", "Coordinator.Tests")]

namespace Nudge.Coordinator.Tests;

/// <summary>
/// Begins with the classes that take longest, one test after another: were they the last, the suite would end with one core
/// at rest.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        Watching.BrowserTests.Name, nameof(Plugins.InstalledToolTests), nameof(Hosting.NodeFailureTests), nameof(Hosting.LabRunTests),
        nameof(Hosting.ClusterSweepTests), nameof(Hosting.VirtualNodesTests), nameof(Hosting.NodeFailurePauseTests),
        nameof(Hosting.ClusterRunTests), nameof(Hosting.TlsRunTests), nameof(Running.RunTests), nameof(Hosting.ClusterStatusTests),
        nameof(Sweeps.SweepProcessTests), nameof(Running.SignalTests), nameof(Docs.TutorialTests), nameof(Running.TruthTests),
    ];

    /// <inheritdoc/>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(collection => PlaceOf(collection.DisplayName)).ThenBy(collection => collection.DisplayName, StringComparer.Ordinal);

    private static int PlaceOf(string name)
    {
        int place = Array.FindIndex(Longest, one => name == one || name.EndsWith($".{one}", StringComparison.Ordinal));
        return place < 0 ? Longest.Length : place;
    }
}
